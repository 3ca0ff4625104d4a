import type { BboxOf } from '../../shared/geo/area.ts';
import { geometryBbox } from '../../shared/geo/area.ts';
import { boxAround } from '../map/camera.ts';
import type { Picture } from '../store/picture.svelte.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
/** The box that holds every unit, open alert and threat of the picture; undefined where there is none. */
export function everythingBox({ positions, alerts, threats }: Picture): BboxOf | undefined {
  const points: MapPoint[] = positions.ids.map((_, row) => ({
    lon: positions.lonLat[2 * row] ?? 0,
    lat: positions.lonLat[2 * row + 1] ?? 0,
  }));
  for (const { state, lon, lat } of alerts.values()) {
    if (isOpen(state) && lon !== undefined && lat !== undefined) points.push({ lon, lat });
  }
  for (const { geometry, radiusM } of threats.values()) {
    const [west, south, east, north] = geometryBbox(geometry, radiusM);
    points.push({ lon: west, lat: south }, { lon: east, lat: north });
  }
  return boxAround(points);
}
