import type { Cell } from './island-cells.ts';
import { makeFractalNoise } from './island-noise.ts';
import { findPath } from './island-paths.ts';
import { distanceKm } from './island-plane.ts';
import type { PlacedCell } from './island-places.ts';
import type { SeededRandom } from './seeded-random.ts';

export const roadClasses = ['trunk', 'track'] as const;
export type RoadClass = (typeof roadClasses)[number];

/** Which links between neighbouring cells carry a road: `low-high` cell index → class. */
export type RoadLinks = ReadonlyMap<string, RoadClass>;

/**
 * The road net as links between cells: trunk roads between the towns, tracks from each place to the net, and
 * some tracks across so that there is more than one way. Every path starts or ends on the net, so the net is
 * connected.
 */
export function layRoads(
  seed: number,
  random: SeededRandom,
  cells: readonly Cell[],
  places: readonly PlacedCell[],
): RoadLinks {
  const builder = new RoadBuilder(seed, cells);
  const towns = places.filter(({ isTown }) => isTown);
  layTrunks(builder, towns);
  const served = places.filter(({ isTown, isOnRoad }) => isOnRoad && !isTown);
  for (const { cell } of random.shuffled(served)) builder.joinNet(cell.index);
  layCrossTracks(builder, random, served);
  return builder.links;
}

/** Each town to the nearest town already joined, then one more road to make a ring of it. */
function layTrunks(builder: RoadBuilder, towns: readonly PlacedCell[]): void {
  const [capital, ...others] = towns;
  if (capital === undefined) return;
  for (const town of others) builder.join(town.cell.index, capital.cell.index, 'trunk', 0.25);
  const ring = [...others].sort((a, b) => bearing(a) - bearing(b));
  ring.forEach((town, index) => {
    const next = ring[(index + 1) % ring.length];
    const isFar = next === undefined || distanceKm(town.cell.point, next.cell.point) > 125;
    if (!isFar) builder.join(town.cell.index, next.cell.index, 'trunk', 0.7);
  });
}

function bearing({ cell }: PlacedCell): number {
  return Math.atan2(cell.point[1], cell.point[0]);
}

function layCrossTracks(builder: RoadBuilder, random: SeededRandom, served: readonly PlacedCell[]): void {
  for (const { cell } of random.shuffled(served).slice(0, 70)) {
    const near = served.filter((other) => {
      const gap = distanceKm(other.cell.point, cell.point);
      return gap > 6 && gap < 16;
    });
    if (near.length > 0) builder.join(cell.index, random.pick(near).cell.index, 'track', 0.75);
  }
}

class RoadBuilder {
  readonly links = new Map<string, RoadClass>();
  readonly #onNet = new Set<number>();
  readonly #cells: readonly Cell[];
  readonly #hills: (x: number, y: number) => number;

  constructor(seed: number, cells: readonly Cell[]) {
    this.#cells = cells;
    this.#hills = makeFractalNoise(seed + 503, 3, 0.6);
  }

  /** A road from one cell to another. `reuse` below 1 makes it follow roads that are there. */
  join(from: number, to: number, roadClass: RoadClass, reuse: number): void {
    this.#lay(
      findPath(
        this.#cells,
        from,
        (index) => index === to,
        (cell) => this.#cost(cell, reuse),
      ),
      roadClass,
    );
  }

  /** A track from a cell to the nearest point of the net, in effort. */
  joinNet(from: number): void {
    this.#lay(
      findPath(
        this.#cells,
        from,
        (index) => this.#onNet.has(index),
        (cell) => this.#cost(cell, 1),
      ),
      'track',
    );
  }

  #lay(path: readonly number[], roadClass: RoadClass): void {
    path.forEach((index, at) => {
      this.#onNet.add(index);
      const next = path[at + 1];
      if (next === undefined) return;
      const key = index < next ? `${index}-${next}` : `${next}-${index}`;
      if (this.links.get(key) !== 'trunk') this.links.set(key, roadClass);
    });
  }

  /** Hills, river banks and shores are slow going; that is what bends a road. */
  #cost(cell: Cell, reuse: number): number {
    if (this.#onNet.has(cell.index)) return reuse;
    const hills = Math.max(0, 0.5 + this.#hills(cell.point[0] / 14, cell.point[1] / 14));
    const river = cell.toRiverKm < 1.6 ? 1.5 : 0;
    const shore = cell.toWaterKm < 3 ? 0.6 : 0;
    return 1 + 2.2 * hills + river + shore;
  }
}
