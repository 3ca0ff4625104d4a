import type { Role } from '../../shared/role.ts';
import type { Alert } from './picture.ts';

/** Those whose own picture of an alert names who did what; a patrol is told the state alone. */
const told: readonly Role[] = ['admin', 'watch', 'chief', 'sector', 'liaison', 'adviser', 'command'];

/** What was done last, by whom and when, for somebody whose step came too late. */
export function lastDeed(
  { history }: Pick<Alert, 'history'>,
  role: Role,
): { last?: { what: string; by: string; at: string } } {
  const last = history.at(-1);
  if (!last || !told.includes(role)) return {};
  return { last: { what: last.what, by: last.by.name, at: new Date(last.atMs).toISOString() } };
}
