import { makeFractalNoise } from './island-noise.ts';
import { distanceToVertices, isInRing } from './island-plane.ts';
import type { Km } from './island-plane.ts';
import type { IslandShape } from './island-shape.ts';

/** A patch of dry land, two kilometres across, that may hold one place and through which a road may lead. */
export interface Cell {
  readonly index: number;
  readonly point: Km;
  /** Indices of the dry cells that touch this one, six at most. */
  readonly neighbours: readonly number[];
  readonly toWaterKm: number;
  readonly toRiverKm: number;
}

const spacingKm = 2.1;
const rowKm = (spacingKm * Math.sqrt(3)) / 2;
/**
 * Cells keep this far from coast and lake, so that no place or road lies in water after its corners are
 * rounded.
 */
const dryMarginKm = 1.6;

/**
 * Land cut into hexagons, the whole net bent and each middle moved about a little. In a hexagonal net two
 * links never cross, so roads that meet always meet in a junction; bend and play keep the net itself from
 * showing.
 */
export function makeCells(seed: number, shape: IslandShape): Cell[] {
  const dry = new Map<string, { point: Km; column: number; row: number; toWaterKm: number }>();
  const water = [...shape.coast, ...shape.lake];
  const play = makeFractalNoise(seed + 307, 1, 0.5);
  const bend = makeFractalNoise(seed + 311, 2, 0.5);
  for (let row = -82; row <= 82; row += 1) {
    for (let column = -92; column <= 92; column += 1) {
      const x = (column + (row & 1) / 2) * spacingKm;
      const y = row * rowKm;
      const point: Km = [
        x + 0.5 * play(x * 0.7, y * 0.7) + 1.9 * bend(x / 11, y / 11),
        y + 0.5 * play(x * 0.7 + 300, y * 0.7) + 1.9 * bend(x / 11 + 300, y / 11),
      ];
      if (!isInRing(point, shape.coast) || isInRing(point, shape.lake)) continue;
      const toWaterKm = distanceToVertices(point, water);
      if (toWaterKm >= dryMarginKm) dry.set(`${column},${row}`, { point, column, row, toWaterKm });
    }
  }
  return linkCells(dry, shape);
}

function linkCells(
  dry: ReadonlyMap<string, { point: Km; column: number; row: number; toWaterKm: number }>,
  shape: IslandShape,
): Cell[] {
  const indexOf = new Map([...dry.keys()].map((key, index) => [key, index]));
  const rivers = shape.rivers.flatMap(({ line }) => line);
  return [...dry.values()].map(({ point, column, row, toWaterKm }, index) => ({
    index,
    point,
    neighbours: neighbourKeys(column, row).flatMap((key) => indexOf.get(key) ?? []),
    toWaterKm,
    toRiverKm: distanceToVertices(point, rivers),
  }));
}

function neighbourKeys(column: number, row: number): string[] {
  const side = row & 1;
  return [
    `${column - 1},${row}`,
    `${column + 1},${row}`,
    `${column - 1 + side},${row - 1}`,
    `${column + side},${row - 1}`,
    `${column - 1 + side},${row + 1}`,
    `${column + side},${row + 1}`,
  ];
}
