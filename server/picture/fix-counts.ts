/** The step in which fixes are counted. */
export const quarterMs = 15 * 60_000;

/** The quarter that runs now, and 24 hours of those before it. */
const quarters = 97;

/** The counts as snapshots keep them: of the newest quarter and of those before it, oldest first. */
export interface SavedFixCounts {
  readonly newest: number;
  readonly counts: readonly number[];
}

/**
 * How many fixes were taken in each quarter of an hour of the last day, of all units together, bases and removed
 * units with them. A fix counts where it belongs by the time that counts for its age (the earlier of its own and that
 * of its receipt), so a phone that sends a night's backlog fills the night. Duplicates and conflicts are not counted,
 * nor is what comes more than a day late.
 *
 * A ring: the count of quarter `n` since 1970 stands at `n % quarters`.
 */
export class FixCounts {
  readonly #counts = new Float64Array(quarters);
  #newest = -1;

  /** Called for every fix that is folded: nothing is made here. */
  add(liveMs: number): void {
    const quarter = Math.floor(liveMs / quarterMs);
    if (quarter > this.#newest) this.#advance(quarter);
    if (quarter <= this.#newest - quarters) return;
    const at = quarter % quarters;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** The count of the quarter that began at `quarter * quarterMs`; 0 for one that is not held. */
  of(quarter: number): number {
    if (quarter > this.#newest || quarter <= this.#newest - quarters || quarter < 0) return 0;
    return this.#counts[quarter % quarters] ?? 0;
  }

  save(): SavedFixCounts {
    const first = Math.max(0, this.#newest - quarters + 1);
    const counts: number[] = [];
    for (let quarter = first; quarter <= this.#newest; quarter++) counts.push(this.of(quarter));
    return { newest: this.#newest, counts };
  }

  /** Puts back what `save` gave. */
  restore({ newest, counts }: SavedFixCounts): void {
    this.#counts.fill(0);
    this.#newest = newest;
    counts.forEach((count, index) => {
      this.#counts[(newest - counts.length + 1 + index) % quarters] = count;
    });
  }

  #advance(quarter: number): void {
    const fresh = Math.min(quarters, quarter - this.#newest);
    for (let back = 0; back < fresh; back++) this.#counts[(quarter - back) % quarters] = 0;
    this.#newest = quarter;
  }
}
