import type { Author, EventBody } from '../../shared/model/entry.ts';
import { alertChanged, alertUnknown } from './fold-alert.ts';
import type { Alert, EntryPlace, Folded, Picture } from './picture.ts';
import { endSegments } from './segments.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

/**
 * A level is called. The same call twice changes nothing; a call about a segment that has ended meanwhile is void,
 * so that nobody is woken for what has just been done.
 */
export function foldEscalated(picture: Picture, body: Body<'alert.escalated'>, place: EntryPlace): Folded {
  const { alertId, id, segment, level, startedAtMs } = body;
  const alert = picture.alerts.get(alertId);
  if (!alert) return alertUnknown(alertId);
  if (alert.escalations.some((call) => call.id === id)) {
    return { verdict: { kind: 'nothing-new', id }, changes: [] };
  }
  const runs = alert.segments.some(
    (run) => run.segment === segment && run.startedAtMs === startedAtMs && run.endedAtMs === undefined,
  );
  if (!runs) return refused(`the segment ${segment} no longer runs`);
  const call = { id, segment, level, startedAtMs, atMs: place.atMs };
  keep(picture, { ...alert, escalations: [...alert.escalations, call] }, place);
  return alertChanged(alertId, { kind: 'done', id });
}

/** Somebody of the level called says, by name, that the call has arrived. The first one counts. */
export function foldEscalationAnswered(
  picture: Picture,
  body: Body<'alert.escalation-answered'>,
  author: Author,
  place: EntryPlace,
): Folded {
  const alert = picture.alerts.get(body.alertId);
  if (!alert) return alertUnknown(body.alertId);
  const call = alert.escalations.find(({ id }) => id === body.id);
  if (!call) {
    const message = `there is no escalation ${body.id} of this alert`;
    return { verdict: { kind: 'refused', code: 'not-found', message, field: 'escalation' }, changes: [] };
  }
  if (call.answered) return { verdict: { kind: 'nothing-new', id: call.id }, changes: [] };
  const answered = { by: author, atMs: place.atMs };
  const escalations = alert.escalations.map((one) => (one === call ? { ...one, answered } : one));
  // Whoever answers for a diversion has taken it over: what the unit does is known to somebody by name.
  const segments =
    call.segment === 'diversion' ? endSegments(alert.segments, ['diversion'], place.atMs) : alert.segments;
  keep(picture, { ...alert, escalations, segments }, place);
  return alertChanged(alert.id, { kind: 'done', id: call.id });
}

function keep(picture: Picture, alert: Alert, place: EntryPlace): void {
  picture.alerts.set(alert.id, { ...alert, changedSeq: place.seq });
}

function refused(message: string): Folded {
  return { verdict: { kind: 'refused', code: 'conflict', message, field: 'segment' }, changes: [] };
}
