import type { AlertState } from '../../shared/model/alert-steps.ts';
import type { Priority } from '../../shared/model/alert.ts';

/**
 * Facts of shared/model that the pages need at run time. They are said again here because those files build zod
 * schemas when they load: 60 kB, and zod's probe for `eval` is reported by our own CSP. A test holds them equal.
 */
export const priorityOrder: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];
const closed: ReadonlySet<AlertState> = new Set(['merged', 'no-response', 'closed', 'false', 'reported']);
export const staleAfterMs = 3_500;

export function isClosed(state: AlertState): boolean {
  return closed.has(state);
}
