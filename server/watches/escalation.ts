import { isOpen } from '../../shared/model/alert-steps.ts';
import type { EventBody } from '../../shared/model/entry.ts';
import { dueEscalations } from '../../shared/rules/escalation.ts';
import type { Mission } from '../mission/mission.ts';
import type { Alert, Picture } from '../picture/picture.ts';

export type Escalated = Extract<EventBody, { kind: 'alert.escalated' }>;

/**
 * The calls that are due and not yet in the picture. Runs on for a closed alert whose flash report is still owed.
 * Quiet hours and absence do not come into it: a level that does not answer is followed by the next.
 */
export function escalationsDue(
  picture: Picture,
  { clockTargets, escalationLadder }: Pick<Mission, 'clockTargets' | 'escalationLadder'>,
  atMs: number,
): Escalated[] {
  const due: Escalated[] = [];
  for (const alert of picture.alerts.values()) {
    if (!runs(alert)) continue;
    const made = new Set(alert.escalations.map(({ id }) => id));
    const calls = dueEscalations(
      { ...alert, isRestricted: alert.restricted !== undefined },
      clockTargets,
      escalationLadder,
      atMs,
    );
    for (const { id, segment, level, startedAtMs } of calls) {
      if (!made.has(id))
        due.push({ kind: 'alert.escalated', alertId: alert.id, id, segment, level, startedAtMs });
    }
  }
  return due;
}

function runs({ state, segments }: Alert): boolean {
  return isOpen(state) || segments.some(({ endedAtMs }) => endedAtMs === undefined);
}
