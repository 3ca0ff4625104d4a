import { text } from '../store/language.svelte.ts';

/** Lengths of the trails that one may choose, in minutes. */
export const trailChoices = [0, 10, 30, 60, 180, 1_440] as const;

export function trailWords(minutes: number): string {
  if (minutes === 0) return text('time.trailsNone');
  return minutes < 60
    ? text('time.minutes', { count: minutes })
    : text('time.hours', { count: Math.round(minutes / 60) });
}
