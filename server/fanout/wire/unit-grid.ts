import type { BboxOf } from '../../../shared/geo/area.ts';
import { cellAt, cellBounds, cellsTouching, finestLevel, nowhereCell } from '../../../shared/wire/cells.ts';
import { fromE5, toE5 } from '../../../shared/wire/motion.ts';
import type { Picture, Unit } from '../../picture/picture.ts';

/** Looking through this many small cells costs more than looking at every unit. */
const mostCells = 4_000;

/** Which units (by slot) are in which of the finest cells, whoever may see them: answers "what is around here". */
export class UnitGrid {
  readonly #cells = new Map<number, Set<number>>();
  readonly #keys: number[] = [];

  /** Takes all units of a picture in place of what is held. */
  fill(picture: Picture): void {
    this.#cells.clear();
    this.#keys.length = 0;
    for (const unit of picture.units.values()) this.note(unit);
  }

  /** The unit is new or has moved. */
  note({ slot, live }: Unit): void {
    const key = live ? cellAt(finestLevel, fromE5(toE5(live.lon)), fromE5(toE5(live.lat))) : nowhereCell;
    const before = this.#keys[slot];
    if (before === key) return;
    if (before !== undefined) this.#cells.get(before)?.delete(slot);
    // Slots come in order; holes would turn the array into a dictionary.
    while (this.#keys.length <= slot) this.#keys.push(-1);
    this.#keys[slot] = key;
    const cell = this.#cells.get(key);
    if (cell) cell.add(slot);
    else this.#cells.set(key, new Set([slot]));
  }

  drop(slot: number): void {
    const key = this.#keys[slot];
    if (key === undefined) return;
    this.#cells.get(key)?.delete(slot);
    this.#keys[slot] = -1;
  }

  /** Slots of every fine cell that the box touches: more than the box holds, never fewer. */
  *around(bbox: BboxOf): Generator<number> {
    for (const cell of this.#cellsAround(bbox)) yield* cell;
  }

  nowhere(): Iterable<number> {
    return this.#cells.get(nowhereCell) ?? [];
  }

  /** About how many units are in the box. */
  countAround(bbox: BboxOf): number {
    let count = 0;
    for (const cell of this.#cellsAround(bbox)) count += cell.size;
    return count;
  }

  *#cellsAround(bbox: BboxOf): Generator<Set<number>> {
    const keys = cellsTouching(finestLevel, bbox, mostCells);
    if (keys) {
      for (const key of keys) {
        const cell = this.#cells.get(key);
        if (cell) yield cell;
      }
    } else for (const [key, cell] of this.#cells) if (touches(bbox, key)) yield cell;
  }
}

function touches([west, south, east, north]: BboxOf, key: number): boolean {
  const cell = cellBounds(key);
  if (!cell || cell[3] < south || cell[1] > north) return false;
  return west <= east ? cell[0] <= east && cell[2] >= west : cell[0] <= east || cell[2] >= west;
}
