import { wrapLon, type BboxOf } from '../geo/area.ts';

/**
 * Cells of the picture. A view subscribes to cells; what moves in a cell is encoded once for all its viewers.
 *
 *     key 0             the whole picture, every tick
 *     key 1             units that have no position
 *     key 2             the whole picture, at a slower rate
 *     from 3            4° cells, then 1° cells, then 0.25° cells, row by row from the south-west
 */
export const wholeCell = 0;
export const nowhereCell = 1;
export const slowWholeCell = 2;

/** One size of cell. `everyTicks`: how often its news go out; what is seen from afar moves slowly on screen. */
export interface CellLevel {
  readonly sizeDeg: number;
  readonly columns: number;
  readonly firstKey: number;
  readonly everyTicks: number;
}

function level(sizeDeg: number, firstKey: number, everyTicks: number): CellLevel {
  return { sizeDeg, columns: 360 / sizeDeg, firstKey, everyTicks };
}

const coarse = level(4, 3, 5);
const middle = level(1, coarse.firstKey + (360 / 4) * (180 / 4), 2);
const fine = level(0.25, middle.firstKey + 360 * 180, 1);
/** From the finest to the coarsest. */
export const cellLevels: readonly CellLevel[] = [fine, middle, coarse];
export const finestLevel = fine;
export const cellKeys = fine.firstKey + (360 / 0.25) * (180 / 0.25);

/** The cell of a position (degrees); the poles and the antimeridian belong to the cells beside them. */
export function cellAt({ sizeDeg, columns, firstKey }: CellLevel, lon: number, lat: number): number {
  const column = Math.min(columns - 1, Math.max(0, Math.floor((lon + 180) / sizeDeg)));
  const row = Math.min(columns / 2 - 1, Math.max(0, Math.floor((lat + 90) / sizeDeg)));
  return firstKey + row * columns + column;
}

/** Every cell that a box touches; undefined when there are more than `most`. */
export function cellsTouching(
  cells: CellLevel,
  [west, south, east, north]: BboxOf,
  most: number,
): number[] | undefined {
  const { sizeDeg, columns, firstKey } = cells;
  const rowOf = (lat: number): number =>
    Math.min(columns / 2 - 1, Math.max(0, Math.floor((lat + 90) / sizeDeg)));
  const columnOf = (lon: number): number => Math.min(columns - 1, Math.floor((wrapLon(lon) + 180) / sizeDeg));
  const span = east >= west ? east - west : east - west + 360;
  const first = columnOf(west);
  const across = span >= 360 - sizeDeg ? columns : ((columnOf(east) - first + columns) % columns) + 1;
  const [bottom, top] = [rowOf(south), rowOf(north)];
  if (across * (top - bottom + 1) > most) return undefined;
  const keys: number[] = [];
  for (let row = bottom; row <= top; row++) {
    for (let step = 0; step < across; step++)
      keys.push(firstKey + row * columns + ((first + step) % columns));
  }
  return keys;
}

/** `[west, south, east, north]` of a cell; undefined for the cells without an area. */
export function cellBounds(key: number): BboxOf | undefined {
  const cells = cellLevels.find(({ firstKey }) => key >= firstKey);
  if (!cells) return undefined;
  const index = key - cells.firstKey;
  const west = (index % cells.columns) * cells.sizeDeg - 180;
  const south = Math.floor(index / cells.columns) * cells.sizeDeg - 90;
  return [west, south, west + cells.sizeDeg, south + cells.sizeDeg];
}

/** A box with a margin of a share of its own size on every side, so that a small pan needs nothing new. */
export function withMargin([west, south, east, north]: BboxOf, share: number): BboxOf {
  const width = east >= west ? east - west : east - west + 360;
  const [x, y] = [width * share, (north - south) * share];
  const [bottom, top] = [Math.max(-90, south - y), Math.min(90, north + y)];
  return width + 2 * x >= 360
    ? [-180, bottom, 180, top]
    : [wrapLon(west - x), bottom, wrapLon(east + x), top];
}
