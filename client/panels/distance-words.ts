import { distanceText } from '../../shared/messages/format.ts';
import type { Desk } from '../store/desk.ts';
import { language } from '../store/language.svelte.ts';

/** A distance in the language of this screen and in the measures of its account. */
export function distanceWords(metres: number, { preferences }: Pick<Desk, 'preferences'>): string {
  return distanceText(metres, language.code, preferences.now.measures);
}
