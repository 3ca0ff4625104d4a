import { BoardOrder, type BoardNames, type BoardSort } from './board-order.ts';
import { filterText, type UnitFilter } from './unit-filter.ts';
import type { Units } from './units.ts';

/** So long after a key was pressed in the rows somebody is still taken to be at them. */
const keyHoldMs = 10_000;

/** Rows of the unit board as they stand on screen: ordered anew every second, but never under a hand. */
export class BoardRows {
  readonly #units: Units;
  readonly #order: BoardOrder;
  /** Rows of the unit columns. */
  shown = $state.raw<readonly number[]>([]);
  /** Where in `shown` the keys are. */
  active = $state(0);
  /** Whether the pointer is in the rows. */
  pointed = $state(false);
  #keyedMs = $state(-Infinity);
  #orderedFor = '';
  #orderedAtMs = NaN;

  constructor(units: Units, names: BoardNames) {
    this.#units = units;
    this.#order = new BoardOrder(names);
  }

  /** Kinds and sectors that there are, to choose from. */
  get choices(): { readonly kinds: readonly string[]; readonly sectors: readonly string[] } {
    void this.shown;
    return { kinds: this.#order.kinds, sectors: this.#order.sectors };
  }

  get ids(): readonly string[] {
    return this.shown.map((row) => this.#units.idAt(row) ?? '');
  }

  idAt(index: number): string | undefined {
    const row = this.shown[index];
    return row === undefined ? undefined : this.#units.idAt(row);
  }

  /** Whether the order is kept because somebody points at a row or moves in them by key. Server time. */
  isHeld(nowMs: number): boolean {
    return this.pointed || nowMs - this.#keyedMs < keyHoldMs;
  }

  keyed(nowMs: number): void {
    this.#keyedMs = nowMs;
  }

  left(): void {
    this.#keyedMs = -Infinity;
  }

  /** Puts the rows in order: at once where another order is wanted, else once a second and when nobody holds them. */
  orderAt(nowMs: number, sort: BoardSort, filter: UnitFilter): void {
    const wish = `${sort.column} ${sort.descending} ${filterText(filter)}`;
    const isSame = wish === this.#orderedFor;
    if (isSame && (nowMs === this.#orderedAtMs || (this.isHeld(nowMs) && this.#areAllThere()))) return;
    this.#orderedFor = wish;
    this.#orderedAtMs = nowMs;
    const activeRow = this.shown[this.active];
    this.shown = this.#order.rows(this.#units, sort, filter);
    this.active = activeRow === undefined ? 0 : Math.max(0, this.shown.indexOf(activeRow));
  }

  #areAllThere(): boolean {
    return this.shown.every((row) => this.#units.idAt(row) !== undefined);
  }
}

/** The row that a key leads to from another, within the rows there are; undefined for a key that leads nowhere. */
export function rowByKey(key: string, from: number, rows: number, rowsOnScreen: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + rowsOnScreen,
    PageUp: from - rowsOnScreen,
    Home: 0,
    End: rows - 1,
  };
  const to = steps[key];
  return to === undefined ? undefined : Math.max(0, Math.min(rows - 1, to));
}
