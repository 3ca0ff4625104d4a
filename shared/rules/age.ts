import type { UnitState } from '../model/unit.ts';

/** A unit counts as lost when its last fix is older than this many times `staleAfterS`. */
export const lostAfterFactor = 4;

/**
 * The time that decides which fix is the newest and how old it is: the earlier of what the device said and when we
 * got it, so that a phone whose clock runs ahead can neither freeze its marker nor look fresher than it is.
 */
export function liveAtMs(timeMs: number, receivedAtMs: number): number {
  return Math.min(timeMs, receivedAtMs);
}

/** Age in seconds at a time; never negative. */
export function ageS(liveAt: number, atMs: number): number {
  return Math.max(0, (atMs - liveAt) / 1000);
}

/**
 * How much a position of this age may be trusted: *fresh* within the reporting interval, *ageing* until
 * `staleAfterS`, *stale* until four times that, then *lost*.
 */
export function unitState(age: number, reportEveryS: number, staleAfterS: number): UnitState {
  if (age <= Math.min(reportEveryS, staleAfterS)) return 'fresh';
  if (age <= staleAfterS) return 'ageing';
  return age <= staleAfterS * lostAfterFactor ? 'stale' : 'lost';
}
