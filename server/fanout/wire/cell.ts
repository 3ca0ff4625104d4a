import type { UnitDetail } from '../../../shared/model/unit-wire.ts';
import { blockFlag, writeBlock, writeEnters, writeRows } from '../../../shared/wire/block.ts';
import { ByteWriter } from '../../../shared/wire/bytes.ts';
import { goesOnAs, writeMove } from '../../../shared/wire/move.ts';
import { noFix, Rows, type WireFix } from '../../../shared/wire/rows.ts';
import type { Unit } from '../../picture/picture.ts';
import { ToldDetails } from './told-details.ts';

/** What a cell asks about a unit when it is time to write it down: always the newest, as its audience may see it. */
export interface UnitSource {
  readFix(unit: Unit, fix: WireFix): boolean;
  aboutText(unit: Unit): string;
  detail(unit: Unit): UnitDetail | undefined;
}

const body = new ByteWriter(64 * 1024);
const moves = new ByteWriter(64 * 1024);
const fix = noFix();

/**
 * One cell of one audience on its way to viewers: which unit stands in which row, and what the viewers hold of it.
 * All viewers of the cell hold the same, so its news are written once. Rows of units that left are used again.
 */
export class Cell {
  readonly key: number;
  readonly #source: UnitSource;
  readonly #rows = new Rows();
  readonly #units: Array<Unit | undefined> = [];
  /** Descriptions as they were told, so that a keyframe need not ask for each anew. */
  readonly #abouts: string[] = [];
  readonly #free: number[] = [];
  #changed = new Uint8Array(8);
  #firstChanged = Infinity;
  #lastChanged = -1;
  #left: number[] = [];
  readonly #entered = new Set<number>();
  /** Rows that no viewer has heard of yet. */
  readonly #unheard = new Set<number>();
  readonly #details = new ToldDetails();
  #number = 0;
  #keyframe: { readonly number: number; readonly tickDs: number; readonly bytes: Uint8Array } | undefined;
  /** Units that the last block told of. */
  toldUnits = 0;
  /** Viewer groups that have this cell; without any it is given up. */
  users = 0;

  constructor(key: number, source: UnitSource) {
    this.key = key;
    this.#source = source;
  }

  /** Gives the unit a row; viewers hear of it with the next block. */
  enter(unit: Unit): number {
    // A row that was left in this tick stays free until the leave has been told.
    const row = this.#free.pop() ?? this.#units.length;
    this.#units[row] = unit;
    this.#rows.makeRoom(row + 1);
    if (row >= this.#changed.length) {
      const wider = new Uint8Array(this.#rows.room);
      wider.set(this.#changed);
      this.#changed = wider;
    }
    this.#entered.add(row);
    this.#unheard.add(row);
    return row;
  }

  leave(row: number): void {
    this.#units[row] = undefined;
    this.#changed[row] = 0;
    this.#details.forget(row);
    this.#entered.delete(row);
    if (this.#unheard.delete(row)) this.#free.push(row);
    else this.#left.push(row);
  }

  /** The unit in this row has a newer fix. */
  note(row: number): void {
    this.#changed[row] = 1;
    if (row < this.#firstChanged) this.#firstChanged = row;
    if (row > this.#lastChanged) this.#lastChanged = row;
  }

  /** The description of the unit in this row is another one: it enters anew. */
  describe(row: number, unit: Unit): void {
    this.#units[row] = unit;
    this.#entered.add(row);
  }

  /** Slots of the units in the cell. */
  *slots(): Generator<number> {
    for (const unit of this.#units) if (unit) yield unit.slot;
  }

  get hasNews(): boolean {
    return this.#lastChanged >= 0 || this.#entered.size > 0 || this.#left.length > 0;
  }

  /** Everything since the last block, or undefined where there is nothing. */
  takeBlock(tickDs: number): Uint8Array | undefined {
    if (!this.hasNews) return undefined;
    body.clear();
    moves.clear();
    this.toldUnits = this.#entered.size;
    let flags = 0;
    if (this.#left.length > 0) {
      flags |= blockFlag.leaves;
      this.#writeLeaves();
    }
    if (this.#entered.size > 0) {
      flags |= blockFlag.enters;
      this.#writeEnters(tickDs);
    }
    this.#writeMoves(tickDs);
    if (this.#details.write(body)) flags |= blockFlag.details;
    if (flags === 0 && moves.length === 0) return undefined;
    body.raw(moves.bytes.subarray(0, moves.length));
    this.#number++;
    return blockOf(this.key, this.#number, flags);
  }

  /** The whole cell as its viewers hold it. To be asked when all news have been taken. */
  keyframe(tickDs: number): Uint8Array {
    const kept = this.#keyframe;
    if (kept?.number === this.#number && kept.tickDs === tickDs) return kept.bytes;
    body.clear();
    const rows = this.#rowsInUse();
    writeEnters(body, this.#rows, rows, this.#aboutsOf(rows), tickDs);
    const hasDetails = this.#details.writeAll(body);
    const flags = blockFlag.keyframe | blockFlag.enters | (hasDetails ? blockFlag.details : 0);
    const bytes = blockOf(this.key, this.#number, flags);
    this.#keyframe = { number: this.#number, tickDs, bytes };
    return bytes;
  }

  /** Takes what has entered as told, without a block: for a cell that nobody has yet. */
  settle(tickDs: number): void {
    for (const row of this.#entered) {
      this.#readIntoRow(row, tickDs);
      this.#details.note(row, this.#source.detail(this.#unitIn(row)));
    }
    this.#entered.clear();
    this.#unheard.clear();
    this.#details.settle();
  }

  /** The clock was put forward or back: takes all fixes anew. Every viewer must have a keyframe then. */
  reread(tickDs: number): void {
    for (const row of this.#rowsInUse()) this.#readIntoRow(row, tickDs);
    this.#keyframe = undefined;
  }

  #rowsInUse(): number[] {
    const rows: number[] = [];
    this.#units.forEach((unit, row) => {
      if (unit) rows.push(row);
    });
    return rows;
  }

  #writeLeaves(): void {
    writeRows(
      body,
      this.#left.sort((a, b) => a - b),
    );
    this.#free.push(...this.#left);
    this.#left = [];
  }

  #writeEnters(tickDs: number): void {
    const entered = [...this.#entered].sort((a, b) => a - b);
    this.#entered.clear();
    this.#unheard.clear();
    for (const row of entered) {
      this.#readIntoRow(row, tickDs);
      this.#details.forget(row);
      this.#details.note(row, this.#source.detail(this.#unitIn(row)));
    }
    writeEnters(body, this.#rows, entered, this.#aboutsOf(entered), tickDs);
    for (const row of entered) this.#changed[row] = 0;
  }

  #writeMoves(tickDs: number): void {
    let next = 0;
    for (let row = this.#firstChanged; row <= this.#lastChanged; row++) {
      if (this.#changed[row] !== 1) continue;
      this.#changed[row] = 0;
      const unit = this.#units[row];
      if (!unit || !this.#source.readFix(unit, fix)) continue;
      if (isAsTold(this.#rows, row, fix)) continue;
      // Neither before what was sent nor after now, whatever the clocks of devices and servers say.
      fix.timeDs = Math.max(this.#rows.timeDs[row] ?? 0, Math.min(fix.timeDs, tickDs));
      writeMove(moves, this.#rows, row, row - next, fix, tickDs);
      next = row + 1;
      this.toldUnits++;
      this.#details.note(row, this.#source.detail(unit));
    }
    this.#firstChanged = Infinity;
    this.#lastChanged = -1;
  }

  /** Takes fix and description of the unit in a row as they are now. */
  #readIntoRow(row: number, tickDs: number): void {
    const known = this.#source.readFix(this.#unitIn(row), fix);
    fix.timeDs = Math.min(fix.timeDs, tickDs);
    this.#rows.set(row, known ? fix : noFix());
    this.#abouts[row] = this.#source.aboutText(this.#unitIn(row));
  }

  #aboutsOf(rows: readonly number[]): string[] {
    return rows.map((row) => this.#abouts[row] ?? '');
  }

  #unitIn(row: number): Unit {
    const unit = this.#units[row];
    if (!unit) throw new Error(`row ${row} of cell ${this.key} is empty`);
    return unit;
  }
}

/**
 * Whether the very fix has been told already: who is looked at again and again has mostly not moved. Two fixes within
 * the same tenth of a second can stand at one place and head elsewhere.
 */
function isAsTold(rows: Rows, row: number, fix: WireFix): boolean {
  return (
    rows.timeDs[row] === fix.timeDs &&
    rows.lonE5[row] === fix.lonE5 &&
    rows.latE5[row] === fix.latE5 &&
    goesOnAs(rows, row, fix)
  );
}

function blockOf(key: number, number: number, flags: number): Uint8Array {
  const block = new ByteWriter(body.length + 16);
  writeBlock(block, key, number, flags, body);
  return block.bytes.subarray(0, block.length);
}
