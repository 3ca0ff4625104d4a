import type { BboxOf } from '../../shared/geo/area.ts';
import type { Units } from '../store/units.ts';

/** More units than this in view are not all named: names go to the selected one and to those that are old. */
export const mostNamed = 250;
/** More units than this in view are not kept clear of words: they are everywhere. */
export const mostKeptClear = 1_000;
/** Parts of the view's size by which it is taken wider: a unit is drawn a little beside its last fix. */
const margin = 0.05;

/** The units that stand in a view, as far as labels and movement need to know. */
export interface UnitsInView {
  /** How many there are in all. */
  readonly count: number;
  /** Their rows; the first `mostKeptClear` of them. */
  readonly rows: readonly number[];
  /** Rows of those that are stale or lost; the first `mostNamed` of them. */
  readonly oldRows: readonly number[];
  /** Speed of the fastest one that is drawn along its course now, m/s; 0 where none is. */
  readonly fastestMps: number;
  /** Server time in ms from which all stand where their courses ended, unless something is heard of them. */
  readonly movesUntilMs: number;
}

export const nothingInView: UnitsInView = {
  count: 0,
  rows: [],
  oldRows: [],
  fastestMps: 0,
  movesUntilMs: -Infinity,
};

/** Reads the columns once. `view` may reach over the antimeridian, with an east beyond 180° or less than its west. */
export function unitsInView(units: Units, view: BboxOf, nowMs: number): UnitsInView {
  const { lonLat, state, timeMs, speed } = units;
  const rows: number[] = [];
  const oldRows: number[] = [];
  let count = 0;
  let fastestMps = 0;
  let movesUntilMs = -Infinity;
  const { left, across, bottom, top } = widened(view);
  for (let row = 0; row < units.rows; row += 1) {
    const lat = lonLat[2 * row + 1] ?? 0;
    if (lat < bottom || lat > top) continue;
    let beside = (lonLat[2 * row] ?? 0) - left;
    if (beside < 0) beside += 360;
    if (beside >= 360) beside -= 360;
    if (beside > across || !units.hasFix(row)) continue;
    count += 1;
    if (rows.length < mostKeptClear) rows.push(row);
    if ((state[row] ?? 0) >= 2 && oldRows.length < mostNamed) oldRows.push(row);
    if (!units.isReckoned(row)) continue;
    const endsMs = (timeMs[row] ?? 0) + units.reckonForS(row) * 1000;
    if (endsMs > movesUntilMs) movesUntilMs = endsMs;
    const mps = speed[row] ?? 0;
    if (endsMs > nowMs && mps > fastestMps) fastestMps = mps;
  }
  return { count, rows, oldRows, fastestMps, movesUntilMs };
}

interface Wider {
  /** Western edge, -180 to 180, and degrees from there to the eastern one. */
  readonly left: number;
  readonly across: number;
  readonly bottom: number;
  readonly top: number;
}

function widened([west, south, east, north]: BboxOf): Wider {
  const width = Math.min(360, east >= west ? east - west : east - west + 360);
  const [lonRoom, latRoom] = [width * margin, (north - south) * margin];
  const left = (((west - lonRoom + 180) % 360) + 360) % 360;
  return { left: left - 180, across: width + 2 * lonRoom, bottom: south - latRoom, top: north + latRoom };
}
