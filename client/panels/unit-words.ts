import { isMessageKey } from '../../shared/messages/text.ts';
import { text } from '../store/language.svelte.ts';

/** The name of a unit's kind; a kind the catalogue does not know is shown as it was entered. */
export function unitKindWords(kind: string): string {
  const key = `unitKind.${kind}`;
  return isMessageKey(key) ? text(key) : kind;
}
