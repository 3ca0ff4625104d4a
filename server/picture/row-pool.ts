/** Whole numbers that one row of a track takes. */
export const rowInts = 6;

const slabBits = 18;
const slabInts = 1 << slabBits;
/** Sizes of block, in rows; the largest is what one insertion moves at most. */
const sizes = [4, 16, 64, 256] as const;
export const largestBlock = 256;

/**
 * Memory for the rows of tracks, in blocks of a few sizes out of large slabs. Hundreds of thousands of typed arrays
 * of their own would keep the garbage collector busy.
 */
export class RowPool {
  readonly #slabs: Int32Array[] = [];
  readonly #free: number[][] = sizes.map(() => []);
  #end = slabInts;

  /** The smallest size of block that holds so many rows. */
  static sizeFor(rows: number): number {
    return sizes.find((size) => size >= rows) ?? largestBlock;
  }

  /** Place of a new block of one of the sizes. */
  take(size: number): number {
    const again = this.#free[sizes.indexOf(size as 4)]?.pop();
    if (again !== undefined) return again;
    const ints = size * rowInts;
    if (this.#end + ints > slabInts) {
      this.#slabs.push(new Int32Array(slabInts));
      this.#end = 0;
    }
    const place = (this.#slabs.length - 1) * slabInts + this.#end;
    this.#end += ints;
    return place;
  }

  giveBack(place: number, size: number): void {
    this.#free[sizes.indexOf(size as 4)]?.push(place);
  }

  /** The slab that a block lies in. */
  slab(place: number): Int32Array {
    return this.#slabs[place >>> slabBits] ?? nothing;
  }

  /** Where in its slab a block begins. */
  offset(place: number): number {
    return place & (slabInts - 1);
  }
}

const nothing = new Int32Array();
