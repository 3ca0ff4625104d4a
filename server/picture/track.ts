import { largestBlock, rowInts, RowPool } from './row-pool.ts';

/**
 * A row of a track, as six whole numbers: time in ms (low 32 bits; the rest × 256 + device), lon and lat in 1e-7°,
 * course 0.01° and speed 0.01 m/s as 16 bits each, and a hash of everything else the fix said.
 */
export interface TrackRow {
  timeMs: number;
  device: number;
  lonE7: number;
  latE7: number;
  /** 0.01°, or `noMotion`. */
  courseCentideg: number;
  /** 0.01 m/s, or `noMotion`. */
  speedCmps: number;
  restHash: number;
}

export const noMotion = 0xffff;

/** A stretch of a track: up to `largestBlock` rows one after another in the pool. */
interface Block {
  readonly slab: Int32Array;
  /** Where in the slab the rows begin. */
  readonly at: number;
  readonly place: number;
  /** Rows that it has room for. */
  readonly room: number;
  length: number;
}

/**
 * One unit's fixes in order of time; of the same time, the latest arrival first. Blocks keep an insertion cheap
 * wherever it goes: a phone that sends a week of backlog in reverse moves a block at a time, not the week.
 */
export class Track {
  readonly devices: string[] = [];
  length = 0;
  readonly #pool: RowPool;
  #blocks: Block[];
  /** The last of the blocks. */
  #tail: Block;

  constructor(pool: RowPool) {
    this.#pool = pool;
    this.#tail = this.#newBlock(1);
    this.#blocks = [this.#tail];
  }

  /** Whether every row is older. */
  endsBefore(timeMs: number): boolean {
    const { length } = this.#tail;
    return length === 0 || timeOf(this.#tail, length - 1) < timeMs;
  }

  /** Adds a row that is newer than all others, or as new. */
  append(row: Readonly<TrackRow>): void {
    if (this.#tail.length === this.#tail.room) this.#extend();
    writeRow(this.#tail, this.#tail.length++, row);
    this.length++;
  }

  /** Puts a row before the first that is not older. */
  insert(row: Readonly<TrackRow>): void {
    if (this.endsBefore(row.timeMs)) {
      this.append(row);
      return;
    }
    let index = this.#blockFrom(row.timeMs);
    let block = this.#blocks[index] ?? this.#tail;
    if (block.length === block.room) {
      this.#widen(index);
      index = this.#blockFrom(row.timeMs);
      block = this.#blocks[index] ?? this.#tail;
    }
    const at = firstFrom(block, row.timeMs);
    const start = block.at + at * rowInts;
    block.slab.copyWithin(start + rowInts, start, block.at + block.length * rowInts);
    writeRow(block, at, row);
    block.length++;
    this.length++;
  }

  /** Reads the row of this device and time into `row`; false where there is none. */
  find(timeMs: number, device: number, row: TrackRow): boolean {
    let found = false;
    this.forEachFrom(timeMs, row, () => {
      if (row.timeMs !== timeMs) return false;
      found = row.device === device;
      return !found;
    });
    return found;
  }

  /** Reads rows into `row`, oldest first from `fromMs` on, and calls `each` until it answers false. */
  forEachFrom(fromMs: number, row: TrackRow, each: () => boolean): void {
    let index = this.#blockFrom(fromMs);
    const first = this.#blocks[index];
    let at = first ? firstFrom(first, fromMs) : 0;
    for (; index < this.#blocks.length; index++, at = 0) {
      const block = this.#blocks[index] ?? this.#tail;
      for (; at < block.length; at++) {
        readRow(block, at, row);
        if (!each()) return;
      }
    }
  }

  /** Reads the newest row not after a time; false where there is none. */
  lastBefore(timeMs: number, row: TrackRow): boolean {
    let index = this.#blockFrom(timeMs + 1);
    let block = this.#blocks[index];
    let at = block ? firstFrom(block, timeMs + 1) - 1 : -1;
    if (at < 0) {
      block = this.#blocks[--index];
      at = (block?.length ?? 0) - 1;
    }
    if (!block || at < 0) return false;
    readRow(block, at, row);
    return true;
  }

  /** Drops the blocks that are all older; the last block stays. */
  dropBefore(timeMs: number): void {
    let gone = 0;
    for (const block of this.#blocks) {
      if (block === this.#tail || timeOf(block, block.length - 1) >= timeMs) break;
      this.#pool.giveBack(block.place, block.room);
      this.length -= block.length;
      gone++;
    }
    if (gone > 0) this.#blocks = this.#blocks.slice(gone);
  }

  /** All rows, one after another; numbers of 32 bits as this machine has them. */
  toBytes(): Uint8Array {
    const ints = new Int32Array(this.length * rowInts);
    let end = 0;
    for (const { slab, at, length } of this.#blocks) {
      ints.set(slab.subarray(at, at + length * rowInts), end);
      end += length * rowInts;
    }
    return new Uint8Array(ints.buffer);
  }

  /** Puts the rows of `toBytes` into a track that is empty. */
  fill(bytes: Uint8Array): void {
    this.end();
    this.#blocks = [];
    const rowBytes = rowInts * Int32Array.BYTES_PER_ELEMENT;
    for (let from = 0; from < bytes.length; from += largestBlock * rowBytes) {
      const rows = bytes.subarray(from, from + largestBlock * rowBytes);
      const block = this.#newBlock(rows.length / rowBytes);
      const { buffer, byteOffset } = block.slab;
      new Uint8Array(buffer, byteOffset + block.at * Int32Array.BYTES_PER_ELEMENT, rows.length).set(rows);
      block.length = rows.length / rowBytes;
      this.#blocks.push(block);
    }
    this.length = bytes.length / rowBytes;
    this.#tail = this.#blocks.at(-1) ?? this.#newBlock(1);
    if (this.#blocks.length === 0) this.#blocks.push(this.#tail);
  }

  /** Gives its memory back; nothing may be asked of it afterwards. */
  end(): void {
    for (const { place, room } of this.#blocks) this.#pool.giveBack(place, room);
  }

  /** The first block that ends not before a time; past the last where none does. */
  #blockFrom(timeMs: number): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const block = this.#blocks[middle] ?? this.#tail;
      if (block.length === 0 || timeOf(block, block.length - 1) < timeMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Room for one more row at the end. */
  #extend(): void {
    if (this.#tail.room < largestBlock) this.#widen(this.#blocks.length - 1);
    else {
      this.#tail = this.#newBlock(largestBlock / 4);
      this.#blocks.push(this.#tail);
    }
  }

  /** Gives a full block more room, or makes two of it. */
  #widen(index: number): void {
    const block = this.#blocks[index] ?? this.#tail;
    const isLargest = block.room === largestBlock;
    const split = isLargest ? block.length / 2 : block.length;
    const parts = [this.#copyOf(block, 0, split)];
    if (isLargest) parts.push(this.#copyOf(block, split, block.length));
    this.#blocks.splice(index, 1, ...parts);
    this.#pool.giveBack(block.place, block.room);
    this.#tail = this.#blocks.at(-1) ?? this.#tail;
  }

  #copyOf(block: Block, from: number, to: number): Block {
    const copy = this.#newBlock(to - from + 1);
    const rows = block.slab.subarray(block.at + from * rowInts, block.at + to * rowInts);
    copy.slab.set(rows, copy.at);
    copy.length = to - from;
    return copy;
  }

  #newBlock(rows: number): Block {
    const room = RowPool.sizeFor(rows);
    const place = this.#pool.take(room);
    return { slab: this.#pool.slab(place), at: this.#pool.offset(place), place, room, length: 0 };
  }
}

function timeOf({ slab, at }: Block, row: number): number {
  const start = at + row * rowInts;
  return ((slab[start + 1] ?? 0) >> 8) * 2 ** 32 + ((slab[start] ?? 0) >>> 0);
}

function firstFrom(block: Block, timeMs: number): number {
  let low = 0;
  let high = block.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeOf(block, middle) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function writeRow({ slab, at }: Block, index: number, row: Readonly<TrackRow>): void {
  const start = at + index * rowInts;
  slab[start] = row.timeMs;
  slab[start + 1] = (Math.floor(row.timeMs / 2 ** 32) << 8) | row.device;
  slab[start + 2] = row.lonE7;
  slab[start + 3] = row.latE7;
  slab[start + 4] = (row.courseCentideg << 16) | row.speedCmps;
  slab[start + 5] = row.restHash;
}

function readRow(block: Block, index: number, row: TrackRow): void {
  const { slab } = block;
  const start = block.at + index * rowInts;
  const motion = slab[start + 4] ?? 0;
  row.timeMs = timeOf(block, index);
  row.device = (slab[start + 1] ?? 0) & 0xff;
  row.lonE7 = slab[start + 2] ?? 0;
  row.latE7 = slab[start + 3] ?? 0;
  row.courseCentideg = motion >>> 16;
  row.speedCmps = motion & 0xffff;
  row.restHash = slab[start + 5] ?? 0;
}
