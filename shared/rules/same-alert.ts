import type { Priority } from '../model/alert-lists.ts';
import type { AlertState } from '../model/alert-steps.ts';
import { distanceM } from '../geo/distance.ts';

/** Two reports further apart in time than this are not offered as one. */
export const sameWithinMs = 2 * 3_600_000;
/** How far from its position an alert may be meant, metres, by its precision; a radius that is given counts up to the largest. */
const reachM = { exact: 1_000, village: 2_500, area: 5_000, unknown: 5_000 } as const;
/** Two alerts further apart than this are never offered as one, metres. */
export const sameWithinM = 2 * reachM.area;

/** Where and when an alert says that something is. Degrees, metres, ms since 1970. */
export interface Spot {
  readonly id: string;
  readonly atMs: number;
  readonly placeId: string | undefined;
  /** Restricted alerts are compared among themselves: no other can tell of one. */
  readonly isRestricted: boolean;
  readonly at: { readonly lon: number; readonly lat: number; readonly reachM: number } | undefined;
}

/** How far from its position an alert may be meant, metres. */
export function reachOf(precision: keyof typeof reachM | undefined, radiusM: number | undefined): number {
  return Math.min(reachM.area, Math.max(reachM[precision ?? 'exact'], radiusM ?? 0));
}

/**
 * Whether two alerts may be about the same: within two hours, and of one place or no further apart than their
 * precision leaves open. Whether they are is for a person to say.
 */
export function mayBeSame(a: Spot, b: Spot): boolean {
  if (a.id === b.id || a.isRestricted !== b.isRestricted) return false;
  if (Math.abs(a.atMs - b.atMs) > sameWithinMs) return false;
  if (a.placeId !== undefined && a.placeId === b.placeId) return true;
  if (!a.at || !b.at) return false;
  return distanceM(a.at.lon, a.at.lat, b.at.lon, b.at.lat) <= a.at.reachM + b.at.reachM;
}

interface Moved {
  readonly id: string;
  readonly state: AlertState;
  readonly priority: Priority;
  readonly receivedAt: string;
}

/** How far an alert has come: of two that are one, the further one goes on, so that no task is lost by a merge. */
const progress: Partial<Record<AlertState, number>> = {
  ...{ acknowledged: 1, triaged: 2, monitoring: 3, referred: 3, tasked: 4, accepted: 5 },
  ...{ 'en-route': 6, 'on-scene': 7, stabilised: 8 },
};

/** Which of two alerts goes on when they are merged: the further one, the graver one, the older one. */
export function goesOn<A extends Moved>(a: A, b: A): A {
  const further = (progress[b.state] ?? 0) - (progress[a.state] ?? 0);
  if (further !== 0) return further > 0 ? b : a;
  if (a.priority !== b.priority) return a.priority < b.priority ? a : b;
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? a : b;
  return a.id < b.id ? a : b;
}

/**
 * The information grade that several independent callers speak for, where it is better than the one in force (6: cannot
 * be judged). Two callers: possibly true; three, or two of whom one has been reliable (A to C): probably true; three of
 * whom two are reliable (A, B): confirmed by others. A suggestion: a person takes it, or does not.
 */
export function suggestedInfoGrade(
  inForce: number | undefined,
  callers: ReadonlyArray<{ readonly sourceGrade: string | undefined }>,
): 1 | 2 | 3 | undefined {
  if (callers.length < 2) return undefined;
  const known = (grades: string): number =>
    callers.filter(({ sourceGrade }) => sourceGrade !== undefined && grades.includes(sourceGrade)).length;
  const several = callers.length >= 3;
  const grade = several && known('AB') >= 2 ? 1 : several || known('ABC') >= 1 ? 2 : 3;
  return grade < (inForce ?? 6) ? grade : undefined;
}
