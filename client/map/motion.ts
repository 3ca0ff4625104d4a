/**
 * How units under way are drawn between their fixes: *glide* along their course, go on in *steps* for those who do not
 * want movement, or stand *still* where the picture itself has stopped.
 */
export type Motion = 'glide' | 'steps' | 'still';

const stepsEveryMs = 5_000;
/** A symbol is drawn anew when the fastest one has gone about this far, but not more often than the eye needs. */
const stepPx = 0.25;
const leastStepMs = 80;
const mostStepMs = 1_000;

/**
 * The server time for which units are drawn. Where the picture has stopped they stand where they were drawn last; where
 * all have stood since `movesUntilMs` the time stands as well, because another time would be another picture to draw.
 */
export function reckonedMs(motion: Motion, nowMs: number, beforeMs: number, movesUntilMs: number): number {
  if (motion === 'still') return beforeMs;
  if (beforeMs >= movesUntilMs && beforeMs <= nowMs) return beforeMs;
  return motion === 'glide' ? nowMs : Math.floor(nowMs / stepsEveryMs) * stepsEveryMs;
}

/** Milliseconds until units must be drawn again though nothing was heard of them; Infinity where nothing moves. */
export function nextStepMs(motion: Motion, nowMs: number, fastestMps: number, metresPerPx: number): number {
  if (motion === 'still' || fastestMps <= 0) return Infinity;
  if (motion === 'steps') return stepsEveryMs - (nowMs % stepsEveryMs);
  return Math.min(mostStepMs, Math.max(leastStepMs, (stepPx * metresPerPx * 1000) / fastestMps));
}
