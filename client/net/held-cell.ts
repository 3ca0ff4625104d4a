import type { UnitAbout, UnitDetail } from '../../shared/model/unit-wire.ts';
import type { BlockSink } from '../../shared/wire/block.ts';
import { courseOfCode, fromE5, speedOfCode } from '../../shared/wire/motion.ts';
import { Rows } from '../../shared/wire/rows.ts';

/** Who holds the units, in rows of its own; see client/store/units.ts. */
export interface UnitSink {
  put(about: UnitAbout): number;
  move(row: number, lon: number, lat: number, timeMs: number, courseDeg: number, speedMps: number): void;
  detail(row: number, detail: UnitDetail): void;
  remove(row: number): void;
}

/** Which cell answers for each row of the store: a unit may enter its new cell before it leaves the old one. */
export class Owners {
  readonly #owners: Array<HeldCell | undefined> = [];
  readonly #leaving = new Map<number, HeldCell>();

  take(row: number, cell: HeldCell): void {
    this.#owners[row] = cell;
    this.#leaving.delete(row);
  }

  /** The cell does not have the unit any more; it is gone unless another cell takes it within this frame. */
  leave(row: number, cell: HeldCell): void {
    if (this.#owners[row] === cell) this.#leaving.set(row, cell);
  }

  /** Ends a frame: removes what has left and was taken by no other cell. */
  settle(units: UnitSink): void {
    for (const row of this.#leaving.keys()) {
      this.#owners[row] = undefined;
      units.remove(row);
    }
    this.#leaving.clear();
  }
}

const nobody = -1;

/** One cell as this viewer holds it: the rows of the wire, and where each stands in the store. */
export class HeldCell implements BlockSink {
  readonly rows = new Rows();
  /** Number of the block that it stands at; undefined while a keyframe is awaited. */
  number: number | undefined;
  readonly #units: UnitSink;
  readonly #owners: Owners;
  #storeRows = new Int32Array(8).fill(nobody);
  /** Store rows that were held when a keyframe began and have not been named by it yet. */
  #unnamed: Set<number> | undefined;

  constructor(units: UnitSink, owners: Owners) {
    this.#units = units;
    this.#owners = owners;
  }

  begin(): void {
    this.#unnamed = new Set(this.#storeRows.filter((row) => row !== nobody));
    this.#storeRows.fill(nobody);
  }

  /** Ends a block; what a keyframe did not name has left. */
  end(): void {
    for (const row of this.#unnamed ?? []) this.#owners.leave(row, this);
    this.#unnamed = undefined;
  }

  /** The cell is given up with everything in it. */
  drop(): void {
    for (const row of this.#storeRows) if (row !== nobody) this.#owners.leave(row, this);
    this.#storeRows.fill(nobody);
  }

  has(row: number): boolean {
    return (this.#storeRows[row] ?? nobody) !== nobody;
  }

  left(row: number): void {
    this.#owners.leave(this.#storeRows[row] ?? nobody, this);
    this.#storeRows[row] = nobody;
  }

  entered(row: number, about: UnitAbout): void {
    if (row >= this.#storeRows.length) {
      const wider = new Int32Array(this.rows.room).fill(nobody);
      wider.set(this.#storeRows);
      this.#storeRows = wider;
    }
    const storeRow = this.#units.put(about);
    this.#storeRows[row] = storeRow;
    this.#owners.take(storeRow, this);
    // What the device says follows, where anything is known.
    this.#units.detail(storeRow, {});
    this.#unnamed?.delete(storeRow);
  }

  detail(row: number, detail: UnitDetail): void {
    this.#units.detail(this.#storeRows[row] ?? nobody, detail);
  }

  moved(row: number): void {
    const { lonE5, latE5, timeDs, speedCode, courseCode } = this.rows;
    const time = timeDs[row] ?? 0;
    this.#units.move(
      this.#storeRows[row] ?? nobody,
      fromE5(lonE5[row] ?? 0),
      fromE5(latE5[row] ?? 0),
      time === 0 ? NaN : time * 100,
      courseOfCode(courseCode[row] ?? 0),
      speedOfCode(speedCode[row] ?? 0),
    );
  }
}
