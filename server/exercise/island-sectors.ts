import { makeFractalNoise } from './island-noise.ts';
import { between, distanceKm, isInRing } from './island-plane.ts';
import type { Km } from './island-plane.ts';

/**
 * A sector on the plane; its ring ends on its first point. Neighbours share their border vertex by vertex.
 */
export interface SectorShape {
  readonly id: string;
  readonly name: string;
  readonly ring: readonly Km[];
}

export interface SectorPlan {
  readonly sectors: readonly SectorShape[];
  /** The inner borders from the common corner to the sea, each once: for drawing. */
  readonly borders: readonly (readonly Km[])[];
}

const coastalWatersKm = 22;
const corner: Km = [-6, 4];
/**
 * Where the borders leave the corner, degrees anticlockwise from east; sector i lies between border i and i +
 * 1.
 */
const borderDegrees = [28, 148, 262] as const;
const sectorNames = ['Sector North', 'Sector West', 'Sector East'] as const;

/**
 * Three sectors that tile the island and the waters off its coast: no gap and no overlap, as they are cut
 * from one rim and share their borders.
 */
export function makeSectors(seed: number, coast: readonly Km[]): SectorPlan {
  const rim = coastalRim(coast);
  const borders = borderDegrees.map((degrees, index) => makeBorder(seed + 211 + index, degrees, rim));
  const sectors = sectorNames.map((name, index) => {
    const border = borders[index] ?? [];
    const nextIndex = (index + 1) % borders.length;
    const shore = rimBetween(rim, borderDegrees[index] ?? 0, borderDegrees[nextIndex] ?? 0);
    const back = (borders[nextIndex] ?? []).toReversed();
    return { id: `S${index + 1}`, name, ring: [...border, ...shore, ...back] };
  });
  return { sectors, borders };
}

/** Distance from the corner to the outer limit for each whole degree. */
type Rim = readonly number[];

/** The furthest coast in each direction, widened and smoothed: a limit at sea that a chart could show. */
function coastalRim(coast: readonly Km[]): Rim {
  const reach = new Array<number>(360).fill(0);
  for (const point of coast) {
    const degree =
      Math.floor((Math.atan2(point[1] - corner[1], point[0] - corner[0]) * 180) / Math.PI + 360) % 360;
    reach[degree] = Math.max(reach[degree] ?? 0, distanceKm(corner, point));
  }
  const around = (values: readonly number[], degree: number, width: number): number[] =>
    Array.from({ length: 2 * width + 1 }, (_, index) => values[(degree + index - width + 360) % 360] ?? 0);
  const widest = reach.map((_, degree) => Math.max(...around(reach, degree, 10)));
  return widest.map((_, degree) => {
    const near = around(widest, degree, 10);
    return near.reduce((sum, value) => sum + value, 0) / near.length + coastalWatersKm;
  });
}

function rimPoint(rim: Rim, degree: number): Km {
  const angle = (degree * Math.PI) / 180;
  const distance = rim[degree % 360] ?? 0;
  return [corner[0] + distance * Math.cos(angle), corner[1] + distance * Math.sin(angle)];
}

/**
 * Rim vertices strictly between two directions, anticlockwise: the borders bring the end points themselves.
 */
function rimBetween(rim: Rim, from: number, to: number): Km[] {
  const end = to > from ? to : to + 360;
  return Array.from({ length: end - from - 1 }, (_, index) => rimPoint(rim, from + 1 + index));
}

/** A border that wanders as watersheds do and comes back to its line at both ends. */
function makeBorder(seed: number, degrees: number, rim: Rim): Km[] {
  const end = rimPoint(rim, degrees);
  const wander = makeFractalNoise(seed, 4, 0.42);
  const length = distanceKm(corner, end);
  const count = Math.round(length / 2);
  const [acrossX, acrossY] = [(corner[1] - end[1]) / length, (end[0] - corner[0]) / length];
  return Array.from({ length: count + 1 }, (_, index): Km => {
    const part = index / count;
    const [x, y] = between(corner, end, part);
    const aside = 16 * Math.sin(Math.PI * part) * wander(x / 40, y / 40);
    return [x + aside * acrossX, y + aside * acrossY];
  });
}

/** The sector a point lies in, or none on the high seas. */
export function sectorAt(point: Km, sectors: readonly SectorShape[]): SectorShape | undefined {
  return sectors.find(({ ring }) => isInRing(point, ring));
}
