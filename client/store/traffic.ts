const spanMs = 60_000;

/** How many bytes came in the last minute, to the second. */
export class Traffic {
  /** Bytes by second since the clock began; a minute of them. */
  readonly #seconds = new Map<number, number>();

  note(bytes: number, nowMs: number): void {
    const second = Math.floor(nowMs / 1_000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + bytes);
  }

  lastMinute(nowMs: number): number {
    const first = Math.floor((nowMs - spanMs) / 1_000);
    let sum = 0;
    for (const [second, bytes] of this.#seconds) {
      if (second <= first) this.#seconds.delete(second);
      else sum += bytes;
    }
    return sum;
  }
}
