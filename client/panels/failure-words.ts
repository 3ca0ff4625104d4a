import { dtg } from '../../shared/messages/format.ts';
import { isMessageKey } from '../../shared/messages/text.ts';
import type { AlertState } from '../../shared/model/alert-steps.ts';
import type { CallFailure } from '../store/actions.ts';
import { text } from '../store/language.svelte.ts';

/** A failure in the words of this screen; a code this build does not know is shown in the server's own. */
export function failureWords({
  code,
  message,
  details,
}: Omit<CallFailure, 'code'> & { readonly code: string }): string {
  const key = `failure.${code}`;
  if (!isMessageKey(key)) return message;
  const state = String(details?.['state'] ?? '');
  const stateKey = `alertState.${state as AlertState}` as const; // checked in the next line
  const words = text(key, { state: isMessageKey(stateKey) ? text(stateKey) : state });
  return [words, lastWords(details?.['last'])].filter((part) => part !== '').join(' ');
}

/** Who was quicker, where the server says so. */
function lastWords(last: unknown): string {
  if (typeof last !== 'object' || last === null) return '';
  const { what, by, at }: { what?: unknown; by?: unknown; at?: unknown } = last;
  const key = `event.${String(what)}`;
  if (!isMessageKey(key) || typeof by !== 'string' || typeof at !== 'string') return '';
  return text('card.lastDeed', { what: text(key), name: by, time: dtg(Date.parse(at)).slice(0, 7) });
}
