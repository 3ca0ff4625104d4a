import { isMessageKey } from '../../shared/messages/text.ts';
import type { ResponderReason } from '../../shared/model/responder.ts';
import { text } from '../store/language.svelte.ts';
import type { Picture } from '../store/picture.svelte.ts';

type Alerts = Pick<Picture, 'alerts'>;

/** Why a unit stands where it does, in one line; what a reason names is put into words where there are any. */
export function reasonWords(reasons: readonly ResponderReason[], picture: Alerts): string {
  return reasons
    .map(({ code, of = '', count = 0 }) =>
      text(`responderReason.${code}`, { of: named(code, of, picture), count }),
    )
    .map((words) => words.trim())
    .join(' · ');
}

function named(code: ResponderReason['code'], of: string, { alerts }: Alerts): string {
  const refusal = `refusal.${of}`;
  if (code === 'refused' && isMessageKey(refusal)) return text(refusal);
  return code === 'busy' ? (alerts.get(of)?.number ?? '') : of;
}

/** How long it takes, as people say it on the radio: to the minute, for nobody knows the seconds of a road. */
export function etaText(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
