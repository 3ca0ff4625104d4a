/**
 * Finds the slot of a unit by the UTF-8 bytes of its id, so that a batch of fixes names units without a text being
 * made of each. A hash table with open addressing; ids are never taken out, only given another slot.
 */
export class UnitIndex {
  #count = 0;
  /** Two numbers a place: where the id begins in `#ids` (0: free place), and its slot. */
  #table = new Int32Array(2 * 1024);
  #ids = new Uint8Array(16 * 1024);
  #idsEnd = 1;
  /** By slot: where its id begins in `#ids`; 0 where it has none. */
  #keptOf = new Int32Array(1024);

  /** Sets the slot of an id, in place of the one it had. */
  set(id: string, slot: number): void {
    const bytes = encoder.encode(id);
    // Only a text that comes back from its bytes as it was may be found by them.
    if (bytes.length === 0 || bytes.length > 255 || decoder.decode(bytes) !== id) return;
    if (this.#count * 2 >= this.#table.length / 2) this.#grow();
    const place = this.#placeOf(bytes, 0, bytes.length);
    if (this.#table[place] === 0) {
      this.#table[place] = this.#keep(bytes);
      this.#count++;
    }
    this.#table[place + 1] = slot;
    this.#noteKept(slot, this.#table[place] ?? 0);
  }

  /**
   * The slot last given to the id in `bytes` from `start` to `end`; -1 where there was none. Feeders name their units
   * in the same order every time, so a good guess (the slot after the last) saves the search.
   */
  find(bytes: Uint8Array, start: number, end: number, guess = -1): number {
    const guessed = this.#keptOf[guess] ?? 0;
    if (guessed !== 0 && isSame(this.#ids, guessed, bytes, start, end)) return guess;
    const place = this.#placeOf(bytes, start, end);
    return this.#table[place] === 0 ? -1 : (this.#table[place + 1] ?? -1);
  }

  /** The place of an id in the table, or the free place where it belongs. */
  #placeOf(bytes: Uint8Array, start: number, end: number): number {
    const table = this.#table;
    const ids = this.#ids;
    const mask = table.length - 2;
    let place = (hashOf(bytes, start, end) << 1) & mask;
    for (;;) {
      const kept = table[place] ?? 0;
      if (kept === 0 || isSame(ids, kept, bytes, start, end)) return place;
      place = (place + 2) & mask;
    }
  }

  #noteKept(slot: number, kept: number): void {
    if (slot >= this.#keptOf.length) {
      const larger = new Int32Array(slot * 2);
      larger.set(this.#keptOf);
      this.#keptOf = larger;
    }
    this.#keptOf[slot] = kept;
  }

  /** Keeps an id as its length and its bytes; answers where. */
  #keep(bytes: Uint8Array): number {
    const start = this.#idsEnd;
    this.#idsEnd += 1 + bytes.length;
    if (this.#idsEnd > this.#ids.length) {
      const larger = new Uint8Array(this.#ids.length * 2);
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids[start] = bytes.length;
    this.#ids.set(bytes, start + 1);
    return start;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Int32Array(old.length * 2);
    for (let place = 0; place < old.length; place += 2) {
      const kept = old[place] ?? 0;
      if (kept === 0) continue;
      const start = kept + 1;
      const to = this.#placeOf(this.#ids, start, start + (this.#ids[kept] ?? 0));
      this.#table[to] = kept;
      this.#table[to + 1] = old[place + 1] ?? -1;
    }
  }
}

/** Whether the id kept at `kept` is the one in `bytes` from `start` to `end`. */
function isSame(ids: Uint8Array, kept: number, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (ids[kept] !== length) return false;
  // From the end: ids of one feeder differ there.
  for (let i = length; i > 0; i--) if (ids[kept + i] !== bytes[start + i - 1]) return false;
  return true;
}

/** FNV-1a, with a last stir because the table takes the low bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
