import { isMessageKey, type MessageKey } from '../../shared/messages/text.ts';
import { text } from '../store/language.svelte.ts';
import { usualThreats } from '../store/threat-draft.ts';

/** What threatens, in the language of this screen where it is one of the usual kinds; any other as it was written. */
export function threatKindWords(kind: string): string {
  const key = keyOf(kind);
  return key === undefined ? kind : text(key);
}

/** The usual kind that these words name in the language of this screen; other words stay what they are. */
export function threatKindOf(words: string): string {
  const wanted = words.trim().toLowerCase();
  return usualThreats.find((kind) => threatKindWords(kind).toLowerCase() === wanted) ?? words.trim();
}

function keyOf(kind: string): MessageKey | undefined {
  const key = `threatKind.${kind.trim().toLowerCase().replaceAll(' ', '-')}`;
  return isMessageKey(key) ? key : undefined;
}
