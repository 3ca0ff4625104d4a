import { geometryCentre } from '../../shared/geo/area.ts';
import type { Picture } from './picture.svelte.ts';
import type { MapPoint, ThingRef } from './selection.svelte.ts';

/** Where a thing is at a server time, ms; undefined for one that is gone or has no position. */
export function thingPoint(picture: Picture, { kind, id }: ThingRef, nowMs: number): MapPoint | undefined {
  if (kind === 'unit') {
    const row = picture.units.rowOf(id);
    return row === undefined ? undefined : picture.units.drawnAt(row, nowMs);
  }
  if (kind === 'threat') {
    const threat = picture.threats.get(id);
    if (!threat) return undefined;
    const [lon, lat] = geometryCentre(threat.geometry);
    return { lon, lat };
  }
  const thing = kind === 'alert' ? picture.alerts.get(id) : picture.places.get(id);
  return typeof thing?.lon === 'number' && typeof thing.lat === 'number'
    ? { lon: thing.lon, lat: thing.lat }
    : undefined;
}
