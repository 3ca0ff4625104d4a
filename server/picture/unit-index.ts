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
  }

  /** The slot last given to the id in `bytes` from `start` to `end`; -1 where there was none. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const place = this.#placeOf(bytes, start, end);
    return this.#table[place] === 0 ? -1 : (this.#table[place + 1] ?? -1);
  }

  /** The place of an id in the table, or the free place where it belongs. */
  #placeOf(bytes: Uint8Array, start: number, end: number): number {
    const mask = this.#table.length - 2;
    let place = (hashOf(bytes, start, end) << 1) & mask;
    for (;;) {
      const kept = this.#table[place] ?? 0;
      if (kept === 0 || this.#isAt(kept, bytes, start, end)) return place;
      place = (place + 2) & mask;
    }
  }

  #isAt(kept: number, bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#ids[kept] !== length) return false;
    for (let i = 0; i < length; i++) if (this.#ids[kept + 1 + i] !== bytes[start + i]) return false;
    return true;
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

/** FNV-1a, with a last stir because the table takes the low bits. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
