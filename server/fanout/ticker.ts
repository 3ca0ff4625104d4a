import { performance } from 'node:perf_hooks';

/** Length of a round while the server keeps up, and the longest it is stretched to under load. */
const shortestMs = 100;
const longestMs = 1_000;
/** A round that takes more than this share of its length leaves too little for those who report. */
const tooLongShare = 0.6;
const shortShare = 0.2;

export interface Ticker {
  /** Length of a round now, ms. */
  readonly lengthMs: number;
  /** What the last round took, ms. */
  readonly tookMs: number;
  stop(): void;
}

/** Runs rounds one after another, longer apart under load: fewer rounds carry the same newest values. */
export function startTicking(round: (lengthMs: number) => void): Ticker {
  let lengthMs = shortestMs;
  let tookMs = 0;
  let dueAt = performance.now() + lengthMs;
  let timer = setTimeout(run, lengthMs);
  function run(): void {
    const begun = performance.now();
    round(lengthMs);
    tookMs = performance.now() - begun;
    lengthMs = nextLength(lengthMs, tookMs);
    // Rounds that were missed are not caught up with: their news are in the next one.
    dueAt = Math.max(dueAt + lengthMs, performance.now() + 1);
    timer = setTimeout(run, dueAt - performance.now());
  }
  return {
    get lengthMs() {
      return lengthMs;
    },
    get tookMs() {
      return tookMs;
    },
    stop: () => clearTimeout(timer),
  };
}

/** The length of the next round after one of `lengthMs` that took `tookMs`. */
export function nextLength(lengthMs: number, tookMs: number): number {
  if (tookMs > lengthMs * tooLongShare) return Math.min(longestMs, lengthMs * 2);
  if (tookMs < lengthMs * shortShare) return Math.max(shortestMs, lengthMs / 2);
  return lengthMs;
}
