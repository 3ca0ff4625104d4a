import type { Posted } from './post-positions.ts';

/** What became of everything that was sent. */
export class Summary {
  sent = 0;
  accepted = 0;
  duplicates = 0;
  retries = 0;
  readonly rejectedByCode = new Map<string, number>();
  readonly #tookMs: number[] = [];

  add(count: number, { accepted, duplicates, rejected, tookMs }: Posted): void {
    this.sent += count;
    this.accepted += accepted;
    this.duplicates += duplicates;
    this.#tookMs.push(tookMs);
    for (const { code } of rejected) this.rejectedByCode.set(code, (this.rejectedByCode.get(code) ?? 0) + 1);
  }

  get posts(): number {
    return this.#tookMs.length;
  }

  /** The time that so large a part of the POSTs stayed within, ms. */
  tookMs(part: number): number {
    const sorted = [...this.#tookMs].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
  }

  lines(lastedMs: number): string[] {
    const perS = lastedMs > 0 ? Math.round(this.sent / (lastedMs / 1_000)) : 0;
    const codes = [...this.rejectedByCode].map(([code, count]) => `${code} ${count}`).join(', ');
    const rejected = [...this.rejectedByCode.values()].reduce((sum, count) => sum + count, 0);
    return [
      `sent ${this.sent} in ${(lastedMs / 1_000).toFixed(1)} s (${perS}/s), ${this.posts} POSTs, ${this.retries} retries`,
      `accepted ${this.accepted}, duplicates ${this.duplicates}, rejected ${rejected}${codes === '' ? '' : ` (${codes})`}`,
      `POST p50 ${this.tookMs(0.5).toFixed(1)} ms, p99 ${this.tookMs(0.99).toFixed(1)} ms`,
    ];
  }
}
