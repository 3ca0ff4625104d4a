import type { EscalationLevel, Priority, SegmentName } from '../model/alert-lists.ts';
import type { Role } from '../role.ts';
import { segmentAt, type ClockTargets, type SegmentRun } from './response-clock.ts';

/** After how many targets of a running segment each level is called. */
export type EscalationLadder = Readonly<Record<EscalationLevel, number>>;

/** Contract: watch, then chief, sector, command. P1 acknowledgment: after 60, 90, 120 and 180 s. */
export const defaultLadder: EscalationLadder = { watch: 1, chief: 1.5, sector: 2, command: 3, adviser: 2 };

/** Who answers for a level, by name. The administrator stands in for the watch, as everywhere. */
export const answeringRoles: Readonly<Record<EscalationLevel, readonly Role[]>> = {
  watch: ['watch', 'chief', 'admin'],
  chief: ['chief'],
  sector: ['sector'],
  command: ['command'],
  adviser: ['adviser'],
};

/**
 * Segments that somebody on the ladder can bring to an end. Travel that takes longer than was expected, and a caller who
 * was not told, are the watch's concern only; holding has no target.
 */
const laddered: readonly SegmentName[] = [
  'acknowledge',
  'triage',
  'decide',
  'turnout',
  'diversion',
  'report',
  'referral',
];

export interface Escalatable {
  readonly id: string;
  readonly priority: Priority;
  readonly sector?: string;
  readonly isRestricted: boolean;
  readonly segments: readonly SegmentRun[];
}

/** One call to one level. `id` follows from what it is about, so that two who see it due make one. */
export interface Escalation {
  readonly id: string;
  readonly alertId: string;
  readonly segment: SegmentName;
  readonly level: EscalationLevel;
  /** When the segment began, ms since 1970. */
  readonly startedAtMs: number;
  /** When the call was due. */
  readonly dueAtMs: number;
}

/** Every call that is due at a time for the segments that run, the lowest level first. */
export function dueEscalations(
  alert: Escalatable,
  targets: ClockTargets,
  ladder: EscalationLadder,
  atMs: number,
): Escalation[] {
  return alert.segments.flatMap((run) => {
    const { targetS, over } = segmentAt(run, alert.priority, targets, atMs);
    if (run.endedAtMs !== undefined || !over || targetS === undefined) return [];
    return levelsFor(alert, run.segment)
      .map((level) => ({ level, dueAtMs: run.startedAtMs + targetS * ladder[level] * 1000 }))
      .filter(({ dueAtMs }) => dueAtMs <= atMs)
      .map(({ level, dueAtMs }) => ({
        id: escalationId(alert.id, run, level),
        alertId: alert.id,
        segment: run.segment,
        level,
        startedAtMs: run.startedAtMs,
        dueAtMs,
      }));
  });
}

/** House rule: alert, segment, level and start make the id. */
function escalationId(alertId: string, run: SegmentRun, level: EscalationLevel): string {
  return `${alertId}/${run.segment}/${level}/${run.startedAtMs}`;
}

/** A restricted record is never called out beyond the desk and the adviser; one in no sector has no sector to call. */
function levelsFor({ isRestricted, sector }: Escalatable, segment: SegmentName): readonly EscalationLevel[] {
  if (!laddered.includes(segment)) return ['watch'];
  if (isRestricted) return ['watch', 'chief', 'adviser'];
  return sector === undefined ? ['watch', 'chief', 'command'] : ['watch', 'chief', 'sector', 'command'];
}
