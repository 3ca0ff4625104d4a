import { distanceM } from '../../shared/geo/distance.ts';
import type { PhoneFix } from '../net/phone-fix.ts';

/** A fix after such a move is reported at once. */
const movedM = 200;
/** Sensors come a little early as well as late; a report must not wait for the next one because of that. */
const early = 0.9;

/** Whether a fix is worth sending: as often as the unit is asked to report, or when it has come far since. */
export function isDue(fix: PhoneFix, last: PhoneFix | undefined, reportEveryS: number): boolean {
  if (!last || last.unit !== fix.unit) return true;
  if (fix.timeMs - last.timeMs >= reportEveryS * 1_000 * early) return true;
  return fix.timeMs > last.timeMs && distanceM(last.lon, last.lat, fix.lon, fix.lat) > movedM;
}
