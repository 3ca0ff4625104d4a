import type { AlertOut } from '../../shared/model/alert.ts';
import type { Principal } from '../../shared/role.ts';
import { suggestedInfoGrade } from '../../shared/rules/same-alert.ts';
import type { Alert } from '../picture/picture.ts';
import { alertSight } from './alert-sight.ts';
import type { ViewContext } from './view-context.ts';

/** Who weighs how many callers there were: the desk, and the liaison who called them back. */
const weighCallers: ReadonlyArray<Principal['role']> = ['admin', 'watch', 'chief', 'liaison'];

/**
 * The alerts that may be the same as this one or were merged into it, as far as this principal sees them in full, and
 * what their callers together speak for. Of restricted alerts advisers alone are told, and of those only.
 */
export function sameAlerts(alert: Alert, principal: Principal, context: ViewContext): Partial<AlertOut> {
  if (alert.restricted && principal.role !== 'adviser') return {};
  const possible = seen(alert, alert.possibleDuplicates, principal, context);
  const merged = seen(alert, alert.mergedFrom, principal, context);
  return {
    ...(possible.length > 0 ? { possibleDuplicates: possible.map(({ id }) => id) } : {}),
    ...(merged.length > 0 ? { mergedFrom: merged.map(({ id }) => id) } : {}),
    ...(weighCallers.includes(principal.role) ? weighed(alert, [...merged, ...possible]) : {}),
  };
}

/** Both restricted, or neither: one kind never tells of the other. */
function seen(
  alert: Alert,
  ids: readonly string[] = [],
  principal: Principal,
  { picture }: ViewContext,
): Alert[] {
  const isRestricted = alert.restricted !== undefined;
  return ids.flatMap((id) => {
    const other = picture.alerts.get(id);
    const isOfKind = other && (other.restricted !== undefined) === isRestricted;
    return isOfKind && alertSight(other, principal) === 'full' ? [other] : [];
  });
}

/** One caller counts once, by pseudonym; what came without one counts by the account that brought it. */
function weighed(alert: Alert, others: readonly Alert[]): Partial<AlertOut> {
  const callers = new Map<string, string | undefined>();
  for (const { source, raisedBy, report } of [alert, ...others]) {
    const key = source ?? `by ${raisedBy}`;
    const [before, grade] = [callers.get(key) ?? 'F', report.sourceGrade ?? 'F'];
    callers.set(key, grade < before ? grade : before);
  }
  if (callers.size < 2) return {};
  const grades = [...callers.values()].map((sourceGrade) => ({ sourceGrade }));
  const grade = suggestedInfoGrade(alert.report.infoGrade ?? undefined, grades);
  return { callers: callers.size, ...(grade === undefined ? {} : { suggestedInfoGrade: grade }) };
}
