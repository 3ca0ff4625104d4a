import type { BboxOf } from '../../shared/geo/area.ts';
import { geometryBbox } from '../../shared/geo/area.ts';
import { boxAround } from '../map/camera.ts';
import type { Picture } from '../store/picture.svelte.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import type { Units } from '../store/units.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
/** The box that holds every unit, open alert and threat of the picture; undefined where there is none. */
export function everythingBox({ units, alerts, threats }: Picture): BboxOf | undefined {
  const points: MapPoint[] = unitCorners(units);
  for (const { state, lon, lat } of alerts.values()) {
    if (isOpen(state) && lon !== undefined && lat !== undefined) points.push({ lon, lat });
  }
  for (const { geometry, radiusM } of threats.values()) {
    const [west, south, east, north] = geometryBbox(geometry, radiusM);
    points.push({ lon: west, lat: south }, { lon: east, lat: north });
  }
  return boxAround(points);
}

/** The south-western and north-eastern corner of all units; nothing where none has reported. */
function unitCorners(units: Units): MapPoint[] {
  const { lonLat } = units;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let row = 0; row < units.rows; row += 1) {
    if (!units.hasFix(row)) continue;
    const lon = lonLat[2 * row] ?? 0;
    const lat = lonLat[2 * row + 1] ?? 0;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  return east < west
    ? []
    : [
        { lon: west, lat: south },
        { lon: east, lat: north },
      ];
}
