import type { MultiPolygon, Polygon, Position } from 'geojson';

/**
 * Areas that cross 180° E, made fit for a flat map. The atlas joins them across that line, so that a ring
 * jumps from 180 to -180, which a tile cutter takes for an edge right round the world. Here longitudes run on
 * beyond 180 instead (the cutter wraps those), and a ring round a pole is closed over the pole.
 */
export function unstitch<T extends Polygon | MultiPolygon>(geometry: T): T {
  const coordinates =
    geometry.type === 'Polygon'
      ? geometry.coordinates.map(unwrapRing)
      : geometry.coordinates.map((polygon) => polygon.map(unwrapRing));
  return { ...geometry, coordinates };
}

function unwrapRing(ring: readonly Position[]): Position[] {
  let turns = 0;
  let lastLon = ring[0]?.[0] ?? 0;
  const unwrapped = ring.map(([lon = 0, lat = 0]): Position => {
    if (lon - lastLon > 180) turns -= 1;
    if (lon - lastLon < -180) turns += 1;
    lastLon = lon;
    return [lon + 360 * turns, lat];
  });
  const [firstLon = 0, firstLat = 0] = unwrapped[0] ?? [];
  if (turns === 0) return unwrapped;
  const pole = firstLat < 0 ? -90 : 90;
  return [...unwrapped, [firstLon + 360 * turns, pole], [firstLon, pole], [firstLon, firstLat]];
}

/**
 * The shores of an area as lines, without the edges along 180° E that only cut it for the map: filled from
 * both sides they do not show, drawn as a coast they would be a wall across Chukotka.
 */
export function shoresOf({ type, coordinates }: Polygon | MultiPolygon): Position[][] {
  const rings = type === 'Polygon' ? coordinates : coordinates.flat();
  return rings.flatMap((ring) => {
    const lines: Position[][] = [];
    let line: Position[] = [];
    ring.forEach((position, index) => {
      const last = ring[index - 1];
      if (last !== undefined && isOnDateLine(last) && isOnDateLine(position)) {
        lines.push(line);
        line = [];
      }
      line.push(position);
    });
    return [...lines, line].filter(({ length }) => length > 1);
  });
}

function isOnDateLine([lon = 0]: Position): boolean {
  return Math.abs(Math.abs(lon) - 180) < 0.001;
}
