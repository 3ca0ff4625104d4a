import {
  cellAt,
  cellLevels,
  nowhereCell,
  slowWholeCell,
  wholeCell,
  type CellLevel,
} from '../../../shared/wire/cells.ts';
import { fromE5 } from '../../../shared/wire/motion.ts';
import type { WireFix } from '../../../shared/wire/rows.ts';
import type { Unit } from '../../picture/picture.ts';
import type { Cell } from './cell.ts';
import { DensePlaces, SparsePlaces, type PlacesInCells } from './places-in-cells.ts';

/** One way to divide the world into cells: not at all, by a size of cell, or only what has no position. */
export type PlaneName = 'whole' | 'slow' | 'nowhere' | 'level 0' | 'level 1' | 'level 2';

/** The whole picture, seen from afar, once a second. */
const slowEveryTicks = 10;

export function planeOfKey(key: number): PlaneName {
  if (key === wholeCell) return 'whole';
  if (key === nowhereCell) return 'nowhere';
  if (key === slowWholeCell) return 'slow';
  const level = cellLevels.findIndex(({ firstKey }) => key >= firstKey);
  return level === 0 ? 'level 0' : level === 1 ? 'level 1' : 'level 2';
}

/** The watched cells of one plane, and which unit stands in which of them: in one at most. */
export class Plane {
  readonly cells = new Map<number, Cell>();
  readonly places: PlacesInCells;
  readonly everyTicks: number;
  readonly #level: CellLevel | undefined;
  readonly #name: PlaneName;

  constructor(name: PlaneName, isSparse: boolean) {
    this.#name = name;
    this.#level = name.startsWith('level') ? cellLevels[Number(name.at(-1))] : undefined;
    this.everyTicks = name === 'slow' ? slowEveryTicks : (this.#level?.everyTicks ?? 1);
    this.places = isSparse ? new SparsePlaces() : new DensePlaces();
  }

  /** Whether it matters on this plane where a unit is. */
  get isDivided(): boolean {
    return this.#level !== undefined;
  }

  /**
   * The cell of a unit on this plane, watched or not; undefined where it has none. `fix` is looked at on divided
   * planes only.
   */
  keyOf(hasFix: boolean, fix: WireFix): number | undefined {
    if (this.#name === 'nowhere') return hasFix ? undefined : nowhereCell;
    if (!hasFix) return undefined;
    if (this.#level) return cellAt(this.#level, fromE5(fix.lonE5), fromE5(fix.latE5));
    return this.#name === 'whole' ? wholeCell : slowWholeCell;
  }

  /** Puts the unit into a watched cell, or into none. */
  put(unit: Unit, cell: Cell | undefined, isDescribed: boolean): void {
    const { slot } = unit;
    const before = this.places.cellOf(slot);
    if (before === cell) {
      if (!cell) return;
      if (isDescribed) cell.describe(this.places.rowOf(slot), unit);
      else cell.note(this.places.rowOf(slot));
      return;
    }
    if (before) before.leave(this.places.rowOf(slot));
    if (cell) this.places.put(slot, cell, cell.enter(unit));
    else this.places.delete(slot);
  }

  /** Takes the unit out of its cell. */
  take(slot: number): void {
    this.places.cellOf(slot)?.leave(this.places.rowOf(slot));
    this.places.delete(slot);
  }

  close(cell: Cell): void {
    for (const slot of cell.slots()) this.places.delete(slot);
    this.cells.delete(cell.key);
  }
}
