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
  return text(key, { state: isMessageKey(stateKey) ? text(stateKey) : state });
}
