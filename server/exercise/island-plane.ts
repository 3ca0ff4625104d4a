/**
 * The island is drawn on a plane in kilometres whose origin is 18° W on the equator (x east, y north) and
 * turned into degrees at the end. So near the equator a degree of longitude and one of latitude are nearly
 * equal, and the flat picture is right to a part in a thousand.
 */
export type Km = readonly [x: number, y: number];
export type LonLat = [lon: number, lat: number];

export const originLon = -18;
const kmPerDegreeLon = 111.32;
const kmPerDegreeLat = 110.574;

/** Degrees, kept to 1e-5 (one metre): finer would be invention. */
export function toLonLat([x, y]: Km): LonLat {
  return [round5(originLon + x / kmPerDegreeLon), round5(y / kmPerDegreeLat)];
}

function round5(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}

export function distanceKm(a: Km, b: Km): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** The point `part` of the way from a to b. */
export function between(a: Km, b: Km, part: number): Km {
  return [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
}

/** True for a point inside a ring (even-odd rule; first and last point may be the same). */
export function isInRing([x, y]: Km, ring: readonly Km[]): boolean {
  let inside = false;
  let last = ring.at(-1);
  for (const point of ring) {
    if (last !== undefined && point[1] > y !== last[1] > y) {
      const crossing = point[0] + ((last[0] - point[0]) * (y - point[1])) / (last[1] - point[1]);
      if (x < crossing) inside = !inside;
    }
    last = point;
  }
  return inside;
}

/** Kilometres to the nearest vertex of a line: exact enough where vertices are half a kilometre apart. */
export function distanceToVertices(point: Km, line: readonly Km[]): number {
  let best = Infinity;
  for (const vertex of line) {
    const square = (vertex[0] - point[0]) ** 2 + (vertex[1] - point[1]) ** 2;
    if (square < best) best = square;
  }
  return Math.sqrt(best);
}

/** Area of a ring in km², positive when it runs anticlockwise. */
export function ringArea(ring: readonly Km[]): number {
  let twice = 0;
  ring.forEach((point, index) => {
    const next = ring[(index + 1) % ring.length] ?? point;
    twice += point[0] * next[1] - next[0] * point[1];
  });
  return twice / 2;
}
