import { isMessageKey } from '../../shared/messages/text.ts';
import { text } from '../store/language.svelte.ts';
import type { Units } from '../store/units.ts';

/** The name of a unit's kind; a kind the catalogue does not know is shown as it was entered. */
export function unitKindWords(kind: string): string {
  const key = `unitKind.${kind}`;
  return isMessageKey(key) ? text(key) : kind;
}

/** What a unit is called; its id where its call sign is not known here. */
export function callsignOf(units: Units, id: string): string {
  const row = units.rowOf(id);
  return (row === undefined ? undefined : units.aboutAt(row)?.callsign) ?? id;
}
