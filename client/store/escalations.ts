import type { EscalationLevel } from '../../shared/model/alert-lists.ts';
import type { AlertOut, EscalationOut } from '../../shared/model/alert.ts';
import type { Role } from '../../shared/role.ts';
import { answeringRoles } from '../../shared/rules/escalation.ts';

/** A call that waits for somebody to answer. */
export interface OpenCall {
  readonly alert: AlertOut;
  readonly call: EscalationOut;
}

/** Calls about what still runs: once somebody has acted, nobody need answer any more. */
export function openCalls(alert: AlertOut): readonly EscalationOut[] {
  const runs = new Set(
    alert.clock.segments.filter(({ endedAt }) => endedAt === undefined).map(({ segment }) => segment),
  );
  return (alert.escalations ?? []).filter(
    ({ answeredAt, segment }) => answeredAt === undefined && runs.has(segment),
  );
}

/** What this role is called for now, one row an alert with its highest call, longest waiting first. */
export function callsTo(role: Role, alerts: Iterable<AlertOut>): OpenCall[] {
  const calls: OpenCall[] = [];
  for (const alert of alerts) {
    const mine = openCalls(alert).filter(({ level }) => answeringRoles[level].includes(role));
    const last = mine.at(-1);
    if (last) calls.push({ alert, call: last });
  }
  return calls.sort((a, b) => Date.parse(a.call.at) - Date.parse(b.call.at));
}

/** The highest level that was called about what still runs. */
export function calledLevel(alert: AlertOut): EscalationLevel | undefined {
  const runs = new Set(
    alert.clock.segments.filter(({ endedAt }) => endedAt === undefined).map(({ segment }) => segment),
  );
  return alert.escalations?.findLast(({ segment }) => runs.has(segment))?.level;
}
