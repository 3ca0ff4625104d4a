import { zoneHours } from '../../shared/messages/format.ts';

const dayMinutes = 24 * 60;

/** Minutes since midnight in the time zone of a military letter; Zulu without one. */
export function minutesOfDay(ms: number, letter = 'Z'): number {
  const minutes = Math.floor(ms / 60_000) + zoneHours(letter) * 60;
  return ((minutes % dayMinutes) + dayMinutes) % dayMinutes;
}

/** Whether a time of the day lies from one `HH:MM` on until before another, over midnight too. */
export function isInTimes(minutes: number, from: string | undefined, to: string | undefined): boolean {
  if (!from || !to) return false;
  const [begin, end] = [minutesFrom(from), minutesFrom(to)];
  return begin <= end ? minutes >= begin && minutes < end : minutes >= begin || minutes < end;
}

function minutesFrom(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
