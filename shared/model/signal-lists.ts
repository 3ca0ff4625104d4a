// No schema library here: pages import this list.

/** Alarms of those who have no telephone. */
export const signalKinds = ['bell', 'whistle', 'flare', 'shots', 'other'] as const;
export type SignalKind = (typeof signalKinds)[number];
