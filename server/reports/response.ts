import type { Alert } from '../picture/picture.ts';

const closings = ['merge', 'no-response', 'close', 'false'] as const;
type Closing = (typeof closings)[number];

/** How an alert stood closed just before a time; undefined where it was open. */
export function closingBefore({ history }: Alert, beforeMs = Infinity): Closing | undefined {
  const last = history.findLast(
    ({ what, atMs }) =>
      atMs < beforeMs && (what === 'reopen' || closings.some((closing) => closing === what)),
  );
  return closings.find((closing) => closing === last?.what);
}

/** Whether somebody was on scene before a time: what "answered" and "responded" mean in every figure. */
export function wasOnScene({ history }: Alert, beforeMs = Infinity): boolean {
  return history.some(({ what, atMs }) => what === 'on-scene' && atMs < beforeMs);
}

/**
 * Whether an alert counts among those that could be acted on: not merged, not false, not closed as not credible, and
 * more than information (P4). Open ones count: what is not answered yet is not answered.
 */
export function isActionable(alert: Alert, beforeMs = Infinity): boolean {
  const closing = closingBefore(alert, beforeMs);
  if (closing === 'merge' || closing === 'false' || alert.priority === 'P4') return false;
  return !(closing === 'no-response' && alert.reason === 'not-credible');
}
