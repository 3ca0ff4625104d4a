import type { PositionIn } from '../../../shared/model/position.ts';
import type { TrackFix } from './track-fix.ts';

/** Time as a replay needs it; tests give their own. */
export interface Clock {
  nowMs(): number;
  /** Waits, at the longest until `signal` is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export interface PaceOptions {
  readonly firstMs: number;
  readonly speed: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const mostPerBatch = 4_000;
const waitMs = 250;

/**
 * Gives the fixes out in batches when they are due: the first one now, the others so much later as they were
 * recorded, divided by the speed. Each gets the time at which it is due, which is the present but never the same for
 * two fixes of one unit. When whoever takes the batches is slow, the next is the larger.
 */
export async function* inPace(
  fixes: AsyncIterable<TrackFix>,
  options: PaceOptions,
): AsyncIterable<PositionIn[]> {
  const { firstMs, speed, clock, signal } = options;
  const startMs = clock.nowMs();
  const lastOfUnit = new Map<string, number>();
  let batch: PositionIn[] = [];
  for await (const { atMs, ...fix } of fixes) {
    if (signal.aborted) return;
    const paceMs = Math.floor(startMs + (atMs - firstMs) / speed);
    const dueMs = Math.max(paceMs, (lastOfUnit.get(fix.unit) ?? -Infinity) + 1);
    lastOfUnit.set(fix.unit, dueMs);
    if (batch.length >= mostPerBatch || (batch.length > 0 && dueMs > clock.nowMs())) {
      yield batch;
      batch = [];
    }
    const aheadMs = (): number => dueMs - clock.nowMs();
    while (aheadMs() > 0 && !signal.aborted) await clock.wait(Math.max(aheadMs(), waitMs), signal);
    batch.push({ ...fix, time: new Date(dueMs).toISOString() });
  }
  if (batch.length > 0 && !signal.aborted) yield batch;
}
