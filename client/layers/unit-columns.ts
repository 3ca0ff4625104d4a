import { unitStates } from '../../shared/model/unit.ts';
import type { Units } from '../store/units.ts';
import { unitIcon } from './icon-names.ts';
import type { IconAtlas, IconFrame } from './icons.ts';

/** What an icon layer takes as data when its rows are columns. A changed column is a new wrapper round the same array. */
export interface UnitData {
  readonly length: number;
  readonly attributes: {
    readonly getPosition: Column;
    readonly getAngle: Column;
    readonly instanceIconDefs: Column;
    readonly unitMotions: Column;
  };
}
interface Column {
  readonly value: Float32Array | Float64Array;
  readonly size: number;
}

/** Columns are handed over in whole steps of this many rows, so that a buffer on the card is seldom made anew. */
const headRows = 1_024;
/** Numbers of an icon in the layer's own attribute: offset x y, frame x y width height, mask. */
const iconSize = 7;
/** Fix times are told against a base no older than this: in Float32 they are then exact to some milliseconds. */
const rebaseAfterMs = 3_600_000;
/** Not drawn: a free row, or a unit that has never reported. Beside it 2 × state + whether under way. */
const hidden = 255;
const unseen = 254;
const lost = unitStates.indexOf('lost');

/**
 * The columns of the units' symbols that are not in the store: which icon, turned by how much, moving how. `sync`
 * writes the rows that changed since it was last called and nothing else.
 */
export class UnitColumns {
  #units: Units | undefined;
  #icons: readonly Float32Array[] = [];
  #seen = 0;
  #looks = new Uint8Array(0);
  #angles = new Float32Array(0);
  #iconDefs = new Float32Array(0);
  #motions = new Float32Array(0);
  #data: UnitData | undefined;
  /** Server time in ms against which fix times of the motions are told. */
  baseMs = 0;

  /** The same object as long as nothing changed. */
  sync(units: Units, icons: IconAtlas, nowMs: number): UnitData {
    const isOther = units !== this.#units;
    if (isOther) this.#icons = iconDefs(icons.mapping);
    this.#units = units;
    const isAnew = isOther || Math.abs(nowMs - this.baseMs) > rebaseAfterMs;
    if (!isAnew && this.#data && units.revision === this.#seen && this.#data.length === units.rows) {
      return this.#data;
    }
    const grown = this.#makeRoom(units.rows);
    if (isAnew) this.baseMs = nowMs;
    if (isAnew || grown) this.#looks.fill(unseen);
    const iconsChanged = this.#write(units, isAnew || grown ? -1 : this.#seen);
    this.#seen = units.revision;
    return (this.#data = this.#wrap(units, iconsChanged));
  }

  #write(units: Units, seen: number): boolean {
    const { changedAt, course, speed, state, timeMs } = units;
    const { baseMs } = this;
    const angles = this.#angles;
    const motions = this.#motions;
    let iconsChanged = false;
    for (let row = 0; row < units.rows; row += 1) {
      if ((changedAt[row] ?? 0) <= seen) continue;
      const isMoving = units.isMoving(row);
      const stateNow = state[row] ?? lost;
      const turn = isMoving && stateNow !== lost ? (course[row] ?? 0) : 0;
      const sinceBaseMs = (timeMs[row] ?? NaN) - baseMs;
      // Screen angles turn against the clock, courses with it. A dot and a lost unit stand upright.
      angles[row] = -turn;
      motions[4 * row] = turn;
      motions[4 * row + 1] = isMoving && units.isReckoned(row) ? (speed[row] ?? 0) : 0;
      motions[4 * row + 2] = sinceBaseMs / 1000;
      motions[4 * row + 3] = units.reckonForS(row);
      const look = Number.isNaN(sinceBaseMs) ? hidden : 2 * stateNow + (isMoving ? 1 : 0);
      if (look === this.#looks[row]) continue;
      this.#looks[row] = look;
      this.#setIcon(row, look);
      iconsChanged = true;
    }
    return iconsChanged;
  }

  #setIcon(row: number, look: number): void {
    const icon = this.#icons[look];
    if (icon) this.#iconDefs.set(icon, iconSize * row);
    else this.#iconDefs.fill(0, iconSize * row, iconSize * (row + 1)); // no size: nothing to draw or pick
  }

  #makeRoom(rows: number): boolean {
    if (rows <= this.#looks.length && this.#looks.length > 0) return false;
    const room = headRows * Math.max(1, Math.ceil((rows * 1.25) / headRows));
    this.#looks = new Uint8Array(room);
    this.#angles = new Float32Array(room);
    this.#iconDefs = new Float32Array(iconSize * room);
    this.#motions = new Float32Array(4 * room);
    return true;
  }

  #wrap(units: Units, iconsChanged: boolean): UnitData {
    const rows = Math.min(
      this.#looks.length,
      units.state.length,
      headRows * Math.ceil((units.rows + 1) / headRows),
    );
    const before = this.#data?.attributes.instanceIconDefs;
    const icons = this.#iconDefs.subarray(0, iconSize * rows);
    const keep = before && !iconsChanged && before.value.length === icons.length;
    return {
      length: units.rows,
      attributes: {
        getPosition: { value: units.lonLat.subarray(0, 2 * rows), size: 2 },
        getAngle: { value: this.#angles.subarray(0, rows), size: 1 },
        instanceIconDefs: keep ? before : { value: icons, size: iconSize },
        unitMotions: { value: this.#motions.subarray(0, 4 * rows), size: 4 },
      },
    };
  }
}

/** The icon of each look, as the layer's attribute wants it. */
function iconDefs(mapping: IconAtlas['mapping']): Float32Array[] {
  return unitStates.flatMap((state) =>
    [false, true].map((isMoving) => iconDef(mapping[unitIcon(state, isMoving)])),
  );
}

function iconDef(frame: IconFrame | undefined): Float32Array {
  if (!frame) return new Float32Array(iconSize);
  const { x, y, width, height, mask } = frame;
  return Float32Array.of(0, 0, x, y, width, height, mask ? 1 : 0);
}
