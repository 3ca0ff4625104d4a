import type { Step } from '../../shared/model/alert-steps.ts';
import type { Alert } from '../picture/picture.ts';
import type { Audience } from './audience.ts';
import type { ViewContext } from './view-context.ts';

/** Counts below this are not given out: a small number points at people (domain.md 4). */
export const smallestCount = 5;

const hourMs = 3_600_000;
const closingSteps: readonly string[] = [
  'merge',
  'no-response',
  'close',
  'false',
  'report',
] satisfies readonly Step[];

/**
 * What command and analysts are told of restricted alerts: how many were open when the hour began, in steps of five,
 * none below k = 5. Whoever asks every minute must not see one woman's report come in: a count that is exact, or as
 * of now, would tell it by the difference of two answers.
 */
export function restrictedCount(
  audience: Audience,
  { picture, atMs }: Pick<ViewContext, 'picture' | 'atMs'>,
): { restrictedOpen?: number | null } {
  const { role } = audience.principal;
  if (role !== 'command' && role !== 'analyst') return {};
  const hour = Math.floor(atMs / hourMs) * hourMs;
  let count = 0;
  for (const alert of picture.alerts.values()) {
    if (alert.restricted && wasRestricted(alert, hour) && wasOpen(alert, hour)) count++;
  }
  return { restrictedOpen: count < smallestCount ? null : count - (count % smallestCount) };
}

/** The referral clock runs from the moment a record is restricted. */
function wasRestricted({ segments }: Alert, atMs: number): boolean {
  return segments.some(({ segment, startedAtMs }) => segment === 'referral' && startedAtMs < atMs);
}

function wasOpen({ history }: Alert, atMs: number): boolean {
  let isOpen = false;
  for (const event of history) {
    if (event.atMs >= atMs) break;
    if (event.what === 'received' || event.what === 'reopen') isOpen = true;
    else if (closingSteps.includes(event.what)) isOpen = false;
  }
  return isOpen;
}
