import type { PhoneFix } from './phone-fix.ts';

/** Puts a fix into a queue that is oldest first. False: one of this unit and time is in it already. */
export function insertInTime(queue: PhoneFix[], fix: PhoneFix): boolean {
  let place = queue.length;
  // Nearly always the newest: looked for from the end.
  while (place > 0 && (queue[place - 1]?.timeMs ?? 0) >= fix.timeMs) {
    place -= 1;
    const other = queue[place];
    if (other?.timeMs === fix.timeMs && other.unit === fix.unit) return false;
  }
  queue.splice(place, 0, fix);
  return true;
}

/**
 * What to send next, in time order: the oldest, and beside them the newest while the server has nothing as new, so
 * that after hours without a link the first batch already moves the unit to where it is.
 */
export function nextBatch(
  queue: readonly PhoneFix[],
  size: number,
  confirmedMs = -Infinity,
): readonly PhoneFix[] {
  const newest = queue.at(-1);
  if (size < 2 || queue.length <= size || !newest || newest.timeMs <= confirmedMs)
    return queue.slice(0, size);
  return [...queue.slice(0, size - 1), newest];
}

/**
 * What to give up of a queue that has grown too long: every second fix between the first and the newest quarter.
 * The way stays whole, only coarser, and coarser the longer it is ago.
 */
export function thinned(queue: readonly PhoneFix[]): readonly PhoneFix[] {
  const until = Math.floor(queue.length * 0.75);
  return queue.filter((_, place) => place < until && place % 2 === 1);
}
