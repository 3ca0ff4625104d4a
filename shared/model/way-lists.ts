// No schema library here: pages import this list.

/**
 * Why somebody who was sent seems not to come: stands still, moves and comes no nearer, is not heard of; or has left
 * the place that is to be held.
 */
export const offWayReasons = ['halted', 'no-nearer', 'silent', 'left-scene'] as const;
export type OffWayReason = (typeof offWayReasons)[number];
