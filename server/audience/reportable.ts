import { isOpen } from '../../shared/model/alert-steps.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { alertSight } from './alert-sight.ts';
import { alertView } from './alert-view.ts';
import { withoutContactHints } from './lowered.ts';
import { smallestCount } from './restricted-count.ts';
import type { ViewContext } from './view-context.ts';

/** The alerts that a report for this principal may be about: those seen in full, and never a restricted one. */
export function reportableAlerts(principal: Principal, { picture }: ViewContext): Alert[] {
  return [...picture.alerts.values()].filter((alert) => mayReport(alert, principal));
}

export function mayReport(alert: Alert, principal: Principal): boolean {
  return !alert.restricted && alertSight(alert, principal) === 'full';
}

const pseudonym = /\bFP-[A-Z0-9-]{2,}\b/giu;

/** A text of a person as it may stand in a report, which travels: no contact hints, no pseudonym of a source. */
export function reportableText(text: string): string {
  return withoutContactHints(text).replace(pseudonym, '[…]');
}

/** For those who see alerts without contact hints, their logs come without them as well. */
export function textFor({ role }: Principal, text: string): string {
  return role === 'command' || role === 'analyst' ? reportableText(text) : text;
}

/**
 * Restricted incidents by the calendar month (UTC) in which they were received, `2026-11`: complete months only, so
 * that no two questions differ by one incident; null below k = 5. Months with none are not told apart from small ones.
 */
export function restrictedByMonth(
  picture: Picture,
  { fromMs, toMs, atMs }: { readonly fromMs: number; readonly toMs: number; readonly atMs: number },
): Array<{ readonly month: string; readonly count: number | null }> {
  const counts = new Map<string, number>();
  for (const { restricted, receivedAtMs } of picture.alerts.values()) {
    if (restricted) counts.set(monthOf(receivedAtMs), (counts.get(monthOf(receivedAtMs)) ?? 0) + 1);
  }
  return completeMonths(fromMs, Math.min(toMs, atMs)).map((month) => {
    const count = counts.get(month) ?? 0;
    return { month, count: count >= smallestCount ? count : null };
  });
}

function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}

/** Months that begin and end within the span; at most the last hundred and twenty. */
function completeMonths(fromMs: number, toMs: number): string[] {
  const months: string[] = [];
  const end = new Date(toMs);
  let endMs = Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 1);
  while (months.length < 120) {
    const before = new Date(endMs - 1);
    const beginMs = Date.UTC(before.getUTCFullYear(), before.getUTCMonth(), 1);
    if (beginMs < fromMs) break;
    months.unshift(monthOf(beginMs));
    endMs = beginMs;
  }
  return months;
}

/** Open alerts that this principal may see at all, for briefs and for paper. */
export function openAlertsSeen(principal: Principal, context: ViewContext): Alert[] {
  return [...context.picture.alerts.values()].filter(
    (alert) => isOpen(alert.state) && alertView(alert, principal, context) !== undefined,
  );
}
