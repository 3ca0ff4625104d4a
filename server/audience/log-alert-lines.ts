import { reportText, wordText } from '../../shared/messages/report-text.ts';
import type { LogLink } from '../../shared/model/watch-log.ts';
import type { Alert, AlertEvent, EscalationCall } from '../picture/picture.ts';
import { alertEventText } from './log-text.ts';
import { textFor } from './reportable.ts';
import type { Candidate, LogReader } from './watch-log-view.ts';

/** Everything that an alert went through. Ids of its lines say the alert and the place in its history. */
export function* alertLines(alert: Alert, reader: LogReader): Generator<Candidate> {
  const link: LogLink = { kind: 'alert', id: alert.id };
  for (const [index, event] of alert.history.entries()) {
    const units = unitsOf(event).map((id) => ({ kind: 'unit', id }) as const);
    yield {
      id: `alert:${alert.id}:${index}`,
      atMs: event.atMs,
      by: event.by,
      links: [link, ...units],
      line: () => eventLine(alert, event, reader),
    };
  }
  yield* feedbackLines(alert, link, reader);
  for (const call of alert.escalations) yield* escalationLines(alert, call, link, reader);
}

function unitsOf({ detail }: AlertEvent): string[] {
  const many = detail?.['units'];
  const one = detail?.['unit'];
  const named: unknown[] = Array.isArray(many) ? many : [one];
  return named.filter((id) => typeof id === 'string');
}

function whatOf({ what }: AlertEvent): string {
  return what === 'received' || what === 'changed' ? `alert.${what}` : 'alert.step';
}

function eventLine(alert: Alert, event: AlertEvent, reader: LogReader): ReturnType<Candidate['line']> {
  const { lang, principal, picture } = reader;
  const sight = reader.sight(alert.id);
  if (!sight) return undefined;
  // When a unit is expected says where it is now, which an analyst learns an hour later.
  if (event.what === 'expected' && principal.role === 'analyst') return undefined;
  const text =
    sight === 'full'
      ? alertEventText(alert, event, { lang, picture, clean: (words) => textFor(principal, words) })
      : protectionText(alert, wordText(lang, 'event', event.what), reader);
  return { source: 'drafted', what: whatOf(event), text };
}

function protectionText({ number }: Alert, what: string, { lang }: LogReader): string {
  return reportText(lang, 'log.protection', { number, what: what.toLocaleLowerCase(lang) });
}

/** What the caller was told: the desk's to know, as it is on the alert. */
function* feedbackLines(alert: Alert, link: LogLink, reader: LogReader): Generator<Candidate> {
  const { lang, principal } = reader;
  if (!['admin', 'watch', 'chief'].includes(principal.role)) return;
  for (const [index, { atMs, by, state }] of (alert.feedback ?? []).entries()) {
    const text = reportText(lang, 'log.feedback', {
      number: alert.number,
      state: wordText(lang, 'feedback', state),
    });
    const line = (): ReturnType<Candidate['line']> =>
      reader.sight(alert.id) === 'full' ? { source: 'drafted', what: 'alert.feedback', text } : undefined;
    yield { id: `feedback:${alert.id}:${index}`, atMs, by, links: [link], line };
  }
}

function* escalationLines(
  alert: Alert,
  call: EscalationCall,
  link: LogLink,
  reader: LogReader,
): Generator<Candidate> {
  const { lang } = reader;
  const { number } = alert;
  const level = wordText(lang, 'role', call.level);
  const segment = wordText(lang, 'segment', call.segment);
  const base = { links: [link] };
  yield {
    ...base,
    id: `escalation:${call.id}`,
    atMs: call.atMs,
    by: { id: 'service', role: 'admin', name: 'Nightflash' },
    line: () =>
      reader.sight(alert.id) && {
        source: 'drafted',
        what: 'alert.escalated',
        text: reportText(lang, 'log.escalated', { number, level, segment }),
      },
  };
  const { answered } = call;
  if (!answered) return;
  yield {
    ...base,
    id: `escalation-answered:${call.id}`,
    ...answered,
    line: () =>
      reader.sight(alert.id) && {
        source: 'drafted',
        what: 'alert.escalation-answered',
        text: reportText(lang, 'log.escalationAnswered', { number, level }),
      },
  };
}
