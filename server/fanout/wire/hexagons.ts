import { cellToLatLng, latLngToCell } from 'h3-js';
import { bboxContains, type BboxOf } from '../../../shared/geo/area.ts';
import type { HexagonRow, Totals } from '../../../shared/wire/wire.ts';
import { fromE5 } from '../../../shared/wire/motion.ts';
import type { UnitBoard } from './unit-board.ts';

/** Side of the squares for which the hexagon is worked out once, 1e-5 degree: about 500 m. */
const squareE5 = 500;
/** Squares remembered; more than this and the oldest knowledge is dropped whole. */
const mostSquares = 500_000;

/** Remembers which hexagon a place is in: working it out costs more than everything else about a unit. */
export class HexagonIndex {
  readonly #known = new Map<number, string>();
  readonly #resolution: number;

  constructor(resolution: number) {
    this.#resolution = resolution;
  }

  at(lonE5: number, latE5: number): string {
    const [x, y] = [Math.floor(lonE5 / squareE5), Math.floor(latE5 / squareE5)];
    const square = (y + 18_000) * 72_001 + x + 36_000;
    const known = this.#known.get(square);
    if (known !== undefined) return known;
    if (this.#known.size >= mostSquares) this.#known.clear();
    const hexagon = latLngToCell(
      fromE5((y + 0.5) * squareE5),
      fromE5((x + 0.5) * squareE5),
      this.#resolution,
    );
    this.#known.set(square, hexagon);
    return hexagon;
  }
}

export interface Counted {
  readonly rows: readonly HexagonRow[];
  readonly totals: Totals;
}

/** The counted hexagons whose middle is in a box. */
export function within(rows: readonly HexagonRow[], bbox: BboxOf): HexagonRow[] {
  return rows.filter(([h3]) => {
    const [lat, lon] = cellToLatLng(h3);
    return bboxContains(bbox, lon, lat);
  });
}

/** Counts an audience's units by hexagon, and all of them in sum. */
export function countHexagons(
  board: UnitBoard,
  index: HexagonIndex | undefined,
  isOld: (staleAfterS: number | undefined, timeDs: number) => boolean,
): Counted {
  const counts = new Map<string, { count: number; old: number }>();
  const totals = { units: 0, old: 0 };
  for (const [{ staleAfterS, kind }, fix] of board.seen()) {
    if (kind === 'base') continue;
    const old = !fix || isOld(staleAfterS, fix.timeDs) ? 1 : 0;
    totals.units++;
    totals.old += old;
    if (!index || !fix) continue;
    const hexagon = index.at(fix.lonE5, fix.latE5);
    const counted = counts.get(hexagon) ?? { count: 0, old: 0 };
    counted.count++;
    counted.old += old;
    counts.set(hexagon, counted);
  }
  return { rows: [...counts].map(([h3, { count, old }]) => [h3, count, old] as const), totals };
}
