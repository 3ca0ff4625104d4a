import type { Sector } from '../model/mission.ts';
import type { Geometry } from '../model/threat.ts';
import { degreesOf } from './distance.ts';

/** Any geometry of a thing on the map: a threat's, or a sector's, which may have several parts. */
export type AnyGeometry = Geometry | Sector['geometry'];

/** `[west, south, east, north]` in degrees; west > east crosses the antimeridian. */
export type BboxOf = readonly [west: number, south: number, east: number, north: number];

/** Whether a position lies in the box, edges included. */
export function bboxContains(bbox: BboxOf, lon: number, lat: number): boolean {
  const [west, south, east, north] = bbox;
  if (lat < south || lat > north) return false;
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** Whether two boxes share any point, edges included. */
export function bboxTouches(bbox: BboxOf, other: BboxOf): boolean {
  if (bbox[1] > other[3] || other[1] > bbox[3]) return false;
  return lonSpans(bbox).some(([west, east]) =>
    lonSpans(other).some(([otherWest, otherEast]) => west <= otherEast && otherWest <= east),
  );
}

/**
 * The smallest box around a geometry, widened by `radiusM` where one is given. Longitudes are taken as they are
 * written: a geometry across the antimeridian gets a box that goes round the other way unless it is widened there.
 */
export function geometryBbox(geometry: AnyGeometry, radiusM = 0): BboxOf {
  const points = geometryPoints(geometry);
  const lons = points.map((point) => point[0]);
  const lats = points.map((point) => point[1]);
  const south = lowest(lats);
  const north = highest(lats);
  const margin = degreesOf(radiusM, Math.max(Math.abs(south), Math.abs(north)));
  const top = Math.min(90, north + margin.lat);
  const bottom = Math.max(-90, south - margin.lat);
  if (highest(lons) - lowest(lons) + 2 * margin.lon >= 360) return [-180, bottom, 180, top];
  return [wrapLon(lowest(lons) - margin.lon), bottom, wrapLon(highest(lons) + margin.lon), top];
}

/** The box of everything within a distance of a point, metres. */
export function boxAround(lon: number, lat: number, radiusM: number): BboxOf {
  return geometryBbox({ type: 'Point', coordinates: [lon, lat] }, radiusM);
}

/** A point to speak of for a geometry: the point itself, or the middle of its box. */
export function geometryCentre(geometry: AnyGeometry): readonly [lon: number, lat: number] {
  if (geometry.type === 'Point') return [geometry.coordinates[0], geometry.coordinates[1]];
  const [west, south, east, north] = geometryBbox(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

/** Every vertex of a geometry, rings one after another. */
export function geometryPoints(geometry: AnyGeometry): ReadonlyArray<readonly [number, number, ...number[]]> {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'LineString':
      return geometry.coordinates;
    case 'Polygon':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
  }
}

/** Longitude brought into -180 to 180. */
export function wrapLon(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}

function lonSpans([west, , east]: BboxOf): ReadonlyArray<readonly [number, number]> {
  return west <= east
    ? [[west, east]]
    : [
        [west, 180],
        [-180, east],
      ];
}

// Not Math.min(...values): a ring of 500,000 numbers would overflow the stack.
function lowest(values: readonly number[]): number {
  return values.reduce((least, value) => Math.min(least, value), Infinity);
}

function highest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity);
}
