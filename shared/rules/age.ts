import type { UnitState } from '../model/unit.ts';

/** A unit counts as lost when its last fix is older than this many times `staleAfterS`. */
export const lostAfterFactor = 4;

/** Age of a fix in seconds at a time; never negative (a device clock that runs ahead reads 0). */
export function ageS(timeMs: number, atMs: number): number {
  return Math.max(0, (atMs - timeMs) / 1000);
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
