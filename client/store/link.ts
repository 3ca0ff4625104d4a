/** What is known about the link; times without `server` are this browser's monotonic clock in ms. */
export interface LinkFacts {
  readonly connected: boolean;
  /** When the newest picture that is proven by a heartbeat was true; undefined before the first. */
  readonly provedAt: number | undefined;
  /** The same moment on the server's clock, for people. */
  readonly provedServerMs: number | undefined;
  /** Since when the server says that this viewer is behind (server clock), if it does. */
  readonly behindSinceServerMs: number | undefined;
  readonly serverNowMs: number;
  /** When the page began to wait for its first picture. */
  readonly startedAt: number;
}

export type LinkState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly ageS: number }
  | { readonly kind: 'behind'; readonly behindS: number }
  | { readonly kind: 'stale'; readonly sinceMs: number | undefined }
  | { readonly kind: 'offline'; readonly sinceMs: number | undefined };

/** Time given to a page that has just been opened before it calls itself offline. */
const patienceMs = 4_000;

/**
 * How true the picture on screen is. Offline when there is no link; stale when there is one but no heartbeat has
 * come the whole way for `staleAfterMs`; behind when the server says so; otherwise live with the picture's age.
 * "Since" is always when the last proven picture was true, not when the fault was noticed.
 */
export function linkState(facts: LinkFacts, nowMs: number, staleAfterMs: number): LinkState {
  const { provedAt, provedServerMs: sinceMs } = facts;
  if (provedAt === undefined && nowMs - facts.startedAt < patienceMs) return { kind: 'connecting' };
  if (!facts.connected) return { kind: 'offline', sinceMs };
  if (provedAt === undefined || nowMs - provedAt > staleAfterMs) return { kind: 'stale', sinceMs };
  if (facts.behindSinceServerMs !== undefined) {
    return { kind: 'behind', behindS: Math.max(0, (facts.serverNowMs - facts.behindSinceServerMs) / 1000) };
  }
  return { kind: 'live', ageS: Math.max(0, (nowMs - provedAt) / 1000) };
}

/** Whether what the screen shows may be read as now. */
export function isTrue(state: LinkState): boolean {
  return state.kind === 'live' || state.kind === 'behind';
}
