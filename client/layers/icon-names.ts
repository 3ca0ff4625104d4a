import type { UnitState } from '../../shared/model/unit.ts';

/** Frames of the ring that fills as the running segment's target time is used. */
export const ringFrames = 24;

/** Name of a unit's icon: state of age, and whether it is under way (a lost unit's course means nothing). */
export function unitIcon(state: UnitState, moving: boolean): string {
  return state === 'lost' ? 'unit-lost' : `unit-${state}-${moving ? 'moving' : 'halted'}`;
}

/** Name of the ring that shows which share of the target is used; full when it is over. */
export function ringIcon(share: number): string {
  return `ring-${Math.min(ringFrames, Math.max(0, Math.round(share * ringFrames)))}`;
}
