import type { ClockTargets } from '../../shared/rules/response-clock.ts';
import { crisisNow } from '../picture/watch.ts';
import type { ViewContext } from './view-context.ts';

/** The targets that clocks are held to: the mission's own, or, while a crisis is on, those that it sets for one. */
export function targetsNow({ mission, picture }: Pick<ViewContext, 'mission' | 'picture'>): ClockTargets {
  return crisisNow(picture.watch) ? mission.crisisClockTargets : mission.clockTargets;
}
