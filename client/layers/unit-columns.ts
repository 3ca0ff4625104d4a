import { unitKinds, unitStates } from '../../shared/model/unit-lists.ts';
import type { Units } from '../store/units.ts';
import { unitIcon } from './icon-names.ts';
import type { SymbolAtlas } from './app6-atlas.ts';
import type { IconAtlas, IconFrame } from './icons.ts';
import { symbolKind, symbolName, type UnitKind } from './unit-symbols.ts';

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
/**
 * Not drawn: a free row, or a unit that has never reported. Beside it 2 × state + whether under way, or with symbols
 * 4 × kind + state.
 */
const hidden = 255;
const unseen = 254;
const lost = unitStates.indexOf('lost');
/** Course of a symbol that has no tick. */
const noTick = -1;

/** What the columns need of the atlas of symbols. */
export type Symbols = Pick<SymbolAtlas, 'mapping' | 'need'>;

/**
 * The columns of the units' symbols that are not in the store: which icon, turned by how much, moving how. `sync`
 * writes the rows that changed since it was last called and nothing else.
 */
export class UnitColumns {
  #units: Units | undefined;
  #atlas: Pick<IconAtlas, 'mapping'> | undefined;
  #symbols: Symbols | undefined;
  #icons: readonly Float32Array[] = [];
  #seen = 0;
  #seenAbouts = -1;
  /** Index into unitKinds by row; filled only while symbols are drawn. */
  #kinds = new Uint8Array(0);
  readonly #usedKinds = new Set<UnitKind>();
  #looks = new Uint8Array(0);
  #angles = new Float32Array(0);
  #iconDefs = new Float32Array(0);
  #motions = new Float32Array(0);
  #data: UnitData | undefined;
  /** Server time in ms against which fix times of the motions are told. */
  baseMs = 0;

  /** The same object as long as nothing changed. */
  sync(units: Units, icons: IconAtlas, nowMs: number, symbols?: Symbols): UnitData {
    const atlas = symbols ?? icons;
    const isOther = units !== this.#units || atlas !== this.#atlas;
    if (isOther) {
      this.#icons = symbols ? symbolDefs(symbols.mapping) : iconDefs(icons.mapping);
      this.#seenAbouts = -1;
    }
    this.#units = units;
    this.#atlas = atlas;
    this.#symbols = symbols;
    const isAnew = isOther || Math.abs(nowMs - this.baseMs) > rebaseAfterMs;
    if (!isAnew && this.#data && units.revision === this.#seen && this.#data.length === units.rows) {
      return this.#data;
    }
    const grown = this.#makeRoom(units.rows);
    if (isAnew) this.baseMs = nowMs;
    if (isAnew || grown) this.#looks.fill(unseen);
    const seen = isAnew || grown ? -1 : this.#seen;
    if (symbols && (units.aboutRevision !== this.#seenAbouts || seen < 0))
      this.#readKinds(units, seen, symbols);
    const iconsChanged = this.#write(units, seen);
    this.#seen = units.revision;
    return (this.#data = this.#wrap(units, iconsChanged));
  }

  #write(units: Units, seen: number): boolean {
    const { changedAt, course, speed, state, timeMs } = units;
    const { baseMs } = this;
    const hasSymbols = this.#symbols !== undefined;
    const kinds = this.#kinds;
    const angles = this.#angles;
    const motions = this.#motions;
    let iconsChanged = false;
    for (let row = 0; row < units.rows; row += 1) {
      if ((changedAt[row] ?? 0) <= seen) continue;
      const isMoving = units.isMoving(row);
      const stateNow = state[row] ?? lost;
      const turn = isMoving && stateNow !== lost ? (course[row] ?? 0) : 0;
      const sinceBaseMs = (timeMs[row] ?? NaN) - baseMs;
      // Screen angles turn against the clock, courses with it. A dot, a lost unit and every symbol stand upright.
      angles[row] = hasSymbols ? 0 : -turn;
      motions[4 * row] = hasSymbols && (!isMoving || stateNow === lost) ? noTick : turn;
      motions[4 * row + 1] = isMoving && units.isReckoned(row) ? (speed[row] ?? 0) : 0;
      motions[4 * row + 2] = sinceBaseMs / 1000;
      motions[4 * row + 3] = units.reckonForS(row);
      const shown = hasSymbols ? 4 * (kinds[row] ?? 0) + stateNow : 2 * stateNow + (isMoving ? 1 : 0);
      const look = Number.isNaN(sinceBaseMs) ? hidden : shown;
      if (look === this.#looks[row]) continue;
      this.#looks[row] = look;
      this.#setIcon(row, look);
      iconsChanged = true;
    }
    return iconsChanged;
  }

  /** What kind each row is; read only when a unit is described otherwise. */
  #readKinds(units: Units, seen: number, symbols: Symbols): void {
    for (let row = 0; row < units.rows; row += 1) {
      if ((units.changedAt[row] ?? 0) <= seen) continue;
      const about = units.aboutAt(row);
      if (!about) continue;
      const kind = symbolKind(about.kind);
      this.#kinds[row] = unitKinds.indexOf(kind);
      this.#usedKinds.add(kind);
    }
    this.#seenAbouts = units.aboutRevision;
    symbols.need(this.#usedKinds);
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
    this.#kinds = new Uint8Array(room);
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

/** The symbol of each look: every kind in its four ages. */
function symbolDefs(mapping: IconAtlas['mapping']): Float32Array[] {
  return unitKinds.flatMap((kind) => unitStates.map((_, state) => iconDef(mapping[symbolName(kind, state)])));
}

function iconDef(frame: IconFrame | undefined): Float32Array {
  if (!frame) return new Float32Array(iconSize);
  const { x, y, width, height, mask } = frame;
  return Float32Array.of(0, 0, x, y, width, height, mask ? 1 : 0);
}
