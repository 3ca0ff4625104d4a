import type { Cell } from './cell.ts';

/** Where each unit stands on one level of a board: its cell and its row there, by the unit's slot. */
export interface PlacesInCells {
  cellOf(slot: number): Cell | undefined;
  rowOf(slot: number): number;
  put(slot: number, cell: Cell, row: number): void;
  delete(slot: number): void;
}

/** For audiences that see all or nearly all: arrays, which cost memory for every unit there is. */
export class DensePlaces implements PlacesInCells {
  readonly #cells: Array<Cell | undefined> = [];
  #rows = new Int32Array(64);

  cellOf(slot: number): Cell | undefined {
    return this.#cells[slot];
  }

  rowOf(slot: number): number {
    return this.#rows[slot] ?? 0;
  }

  put(slot: number, cell: Cell, row: number): void {
    if (slot >= this.#rows.length) {
      const wider = new Int32Array(Math.max(slot + 1, this.#rows.length * 2));
      wider.set(this.#rows);
      this.#rows = wider;
    }
    // Slots come in order; holes would turn the array into a dictionary.
    while (this.#cells.length <= slot) this.#cells.push(undefined);
    this.#cells[slot] = cell;
    this.#rows[slot] = row;
  }

  delete(slot: number): void {
    if (slot < this.#cells.length) this.#cells[slot] = undefined;
  }
}

/** For the hundreds of patrols that see a handful of units each. */
export class SparsePlaces implements PlacesInCells {
  readonly #places = new Map<number, { readonly cell: Cell; readonly row: number }>();

  cellOf(slot: number): Cell | undefined {
    return this.#places.get(slot)?.cell;
  }

  rowOf(slot: number): number {
    return this.#places.get(slot)?.row ?? 0;
  }

  put(slot: number, cell: Cell, row: number): void {
    this.#places.set(slot, { cell, row });
  }

  delete(slot: number): void {
    this.#places.delete(slot);
  }
}
