import { reportText } from '../../../shared/messages/report-text.ts';
import { reportLanguages, type ReportLanguage } from '../../../shared/model/report.ts';
import type { FeedbackState } from '../../../shared/model/source.ts';
import { servicePrincipal } from '../../ingest/heartbeat.ts';
import type { Submit } from '../../ingest/submit.ts';
import type { Alert, Feedback } from '../../picture/picture.ts';
import type { Sources } from '../../sources/sources.ts';
import { sendText, type OutgoingGateway } from './outgoing.ts';

/** Messages that are on their way at the same time: a gateway that hangs must not hold up the others for long. */
const atOnce = 8;

/** A message that waits, with the try that is due now. */
export interface Waiting {
  readonly alert: Alert;
  readonly feedback: Feedback;
  readonly attempt: number;
  readonly isOver: boolean;
}

interface Parts {
  readonly submit: Submit;
  readonly sources: Sources;
  readonly gateways: readonly OutgoingGateway[];
  readonly due: () => readonly Waiting[];
}

/** The standing work of telling callers. The record says what is queued: a leader that dies loses nothing. */
export interface Telling {
  run(signal: AbortSignal): Promise<void>;
}

export function createTelling(parts: Parts): Telling {
  /** The last try of each message that this server has made. */
  const tried = new Map<string, number>();
  const tell = async (waiting: Waiting, signal: AbortSignal): Promise<void> => {
    const { alert, feedback, attempt, isOver } = waiting;
    if (isOver) return await note(parts, waiting, 'failed', 'it could not be sent in time');
    if (parts.sources.state === 'closed' || (tried.get(feedback.id) ?? -1) >= attempt) return;
    tried.set(feedback.id, attempt);
    const to = await numberOf(parts, alert);
    if (to === undefined)
      return await note(parts, waiting, 'failed', 'the caller asked to hear nothing, or is gone');
    const gateway = gatewayFor(parts, alert);
    if (gateway === undefined) return await note(parts, waiting, 'failed', 'there is no gateway that sends');
    // The gateway learns nothing from the id.
    const id = parts.sources.digest('feedback', feedback.id);
    const sent = await sendText(gateway, { id, to, text: wordsOf(feedback) }, signal);
    if (sent.state === 'sent') await note(parts, waiting, 'sent');
    else if (sent.state === 'refused') await note(parts, waiting, 'failed', sent.reason);
  };
  return {
    async run(signal) {
      // SMSSync asks for its messages (smssync-tasks.ts); what it never asked for is given up here.
      const waiting = parts.due().filter(({ alert, isOver }) => isOver || alert.gateway !== 'smssync');
      for (let at = 0; at < waiting.length && !signal.aborted; at += atOnce)
        await Promise.all(waiting.slice(at, at + atOnce).map((one) => tell(one, signal)));
      const still = new Set(waiting.map(({ feedback }) => feedback.id));
      for (const id of tried.keys()) if (!still.has(id)) tried.delete(id);
    },
  };
}

/** Undefined where the caller asked to hear nothing more meanwhile, or was withdrawn. */
export async function numberOf(
  { sources }: Pick<Parts, 'sources'>,
  { source }: Alert,
): Promise<string | undefined> {
  const number = source === undefined ? undefined : await sources.numberOf(source);
  return number === undefined || (await sources.hasStopped(number)) ? undefined : number;
}

/** Neutral words of the catalogue and how to stop them; nothing of the alert. */
export function wordsOf({ template, language }: Feedback): string {
  const lang: ReportLanguage = reportLanguages.find((one) => one === language) ?? 'en';
  return `${reportText(lang, `callerText.${template}`)} ${reportText(lang, 'callerText.stop')}`;
}

/** The one it came by; an alert of before gateways were noted goes by the first there is. */
function gatewayFor({ gateways }: Parts, { gateway }: Alert): OutgoingGateway | undefined {
  return gateway === undefined ? gateways[0] : gateways.find(({ kind }) => kind === gateway);
}

/** Puts on record how far a message has come. */
export async function note(
  { submit }: Pick<Parts, 'submit'>,
  { alert, feedback }: Pick<Waiting, 'alert' | 'feedback'>,
  state: FeedbackState,
  reason?: string,
): Promise<void> {
  const { id, template, language } = feedback;
  const entry = { kind: 'alert.feedback', alertId: alert.id, id, template, language, state } as const;
  await submit.event(servicePrincipal, { ...entry, ...(reason === undefined ? {} : { reason }) });
}
