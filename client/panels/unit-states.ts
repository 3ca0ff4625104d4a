import type { UnitState } from '../../shared/model/unit.ts';

/** States of age from the best to the worst, as the legend lists them. */
export const unitStates: readonly UnitState[] = ['fresh', 'ageing', 'stale', 'lost'];
