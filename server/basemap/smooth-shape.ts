import type { Feature, Position } from 'geojson';

/**
 * A lake or river with its corners cut twice (Chaikin). The files of inland water are rounded to a kilometre
 * and more; at the last zoom their steps would show, and steps look like a survey that was never made.
 */
export function smoothShape(shape: Feature): Feature {
  const { geometry } = shape;
  if (geometry.type === 'LineString')
    return { ...shape, geometry: { ...geometry, coordinates: smoothLine(geometry.coordinates) } };
  if (geometry.type === 'MultiLineString') {
    return { ...shape, geometry: { ...geometry, coordinates: geometry.coordinates.map(smoothLine) } };
  }
  if (geometry.type === 'Polygon') {
    return { ...shape, geometry: { ...geometry, coordinates: geometry.coordinates.map(smoothRing) } };
  }
  if (geometry.type !== 'MultiPolygon') return shape;
  return {
    ...shape,
    geometry: { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.map(smoothRing)) },
  };
}

function smoothLine(line: Position[]): Position[] {
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined || line.length < 3) return line;
  return [first, ...cutCorners(cutCorners(line)), last];
}

function smoothRing(ring: Position[]): Position[] {
  return closed(cutCorners(closed(cutCorners(ring))));
}

function closed(ring: Position[]): Position[] {
  const first = ring[0];
  return first === undefined ? ring : [...ring, first];
}

function cutCorners(line: readonly Position[]): Position[] {
  return line.slice(1).flatMap(([toX = 0, toY = 0], index) => {
    const [fromX = 0, fromY = 0] = line[index] ?? [];
    const at = (part: number): Position => [fromX + (toX - fromX) * part, fromY + (toY - fromY) * part];
    return [at(0.25), at(0.75)];
  });
}
