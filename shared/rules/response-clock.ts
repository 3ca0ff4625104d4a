import type { Priority, SegmentName } from '../model/alert-lists.ts';
import type { SegmentOut } from '../model/alert.ts';

/** Targets in seconds per priority and segment; a segment without a number has no fixed target. */
export type ClockTargets = Readonly<Record<Priority, Readonly<Partial<Record<SegmentName, number>>>>>;

const min = 60;
const hour = 3600;
/** Start values of domain.md 2.2; the mission file sets a mission's own. */
export const defaultClockTargets: ClockTargets = {
  P1: {
    acknowledge: min,
    triage: 5 * min,
    decide: 10 * min,
    turnout: 30 * min,
    diversion: 5 * min,
    report: 30 * min,
    feedback: 15 * min,
    referral: hour,
  },
  P2: {
    acknowledge: 5 * min,
    triage: 15 * min,
    decide: 30 * min,
    turnout: hour,
    diversion: 15 * min,
    feedback: 15 * min,
    referral: hour,
  },
  P3: {
    acknowledge: 15 * min,
    triage: hour,
    decide: 4 * hour,
    diversion: hour,
    feedback: 15 * min,
    referral: hour,
  },
  P4: { feedback: 15 * min, referral: hour },
};

/** One run of a segment as the picture keeps it, times in ms since 1970. */
export interface SegmentRun {
  readonly segment: SegmentName;
  readonly startedAtMs: number;
  readonly endedAtMs?: number;
  /** Seconds that this run has, where they follow from the case: travel, from when the unit was expected. */
  readonly targetS?: number;
}

/** A run seen at a time, with its target; the clock of a running segment cannot be paused. */
export function segmentAt(
  run: SegmentRun,
  priority: Priority,
  targets: ClockTargets,
  atMs: number,
): SegmentOut {
  const elapsedS = Math.max(0, ((run.endedAtMs ?? atMs) - run.startedAtMs) / 1000);
  const targetS = run.targetS ?? targets[priority][run.segment];
  return {
    segment: run.segment,
    startedAt: new Date(run.startedAtMs).toISOString(),
    ...(run.endedAtMs === undefined ? {} : { endedAt: new Date(run.endedAtMs).toISOString() }),
    ...(targetS === undefined ? {} : { targetS }),
    elapsedS: Math.round(elapsedS * 10) / 10,
    over: targetS !== undefined && elapsedS > targetS,
  };
}

/** The segment that must be ended next, seconds left of its target (negative: over), or undefined when none runs. */
export function runningSegment(
  segments: readonly SegmentOut[],
  atMs: number,
): { segment: SegmentName; leftS: number | undefined; elapsedS: number } | undefined {
  const running = segments
    .filter((segment) => segment.endedAt === undefined)
    .map((segment) => {
      const elapsedS = Math.max(0, (atMs - Date.parse(segment.startedAt)) / 1000);
      const leftS = segment.targetS === undefined ? undefined : segment.targetS - elapsedS;
      return { segment: segment.segment, elapsedS, leftS };
    });
  return running.sort((a, b) => (a.leftS ?? Infinity) - (b.leftS ?? Infinity))[0];
}
