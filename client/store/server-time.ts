/** How long a best sample counts: clocks drift, so an estimate from an hour ago is worth less than one of today. */
const windowMs = 120_000;
/** A link on which messages were this late has been cut long before: a sample so low means that the clock was set. */
const lateAtMostMs = 120_000;

/**
 * The server's clock as this browser can know it. A message says the server's time when it left, so a sample is
 * late by the way it took: the largest offset among recent samples is the one with the shortest way.
 * Built on the monotonic clock: a wrong or corrected clock of the computer changes nothing.
 */
export class ServerTime {
  readonly #monotonic: () => number;
  #offset: number | undefined;
  #windowStart = 0;
  #windowBest = -Infinity;
  readonly #fallbackOffset: number;

  constructor(monotonic: () => number, wallMs: number) {
    this.#monotonic = monotonic;
    this.#fallbackOffset = wallMs - monotonic();
  }

  /** Takes a time the server said just now; `fresh` forgets earlier samples (new link, perhaps after a sleep). */
  sample(serverMs: number, fresh: boolean): void {
    const now = this.#monotonic();
    const offset = serverMs - now;
    const held = this.#offset;
    if (fresh || held === undefined || offset > held || offset < held - lateAtMostMs) {
      this.#offset = offset;
      this.#windowStart = now;
      this.#windowBest = -Infinity;
      return;
    }
    this.#windowBest = Math.max(this.#windowBest, offset);
    if (now - this.#windowStart < windowMs) return;
    this.#offset = this.#windowBest;
    this.#windowStart = now;
    this.#windowBest = -Infinity;
  }

  /** Server time now, ms since 1970; the computer's own until the server has said its time. */
  now(): number {
    return this.#monotonic() + (this.#offset ?? this.#fallbackOffset);
  }
}
