import type { Author, EventBody } from '../../shared/model/entry.ts';
import { alertChanged, alertUnknown } from './fold-alert.ts';
import type { EntryPlace, Feedback, Folded, Picture, SourceDeed } from './picture.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { endSegments, startSegment } from './segments.ts';

type SourceBody = Extract<EventBody, { kind: 'source.registered' | 'source.withdrawn' | 'source.opened' }>;

/** What was done with a source is kept for those who watch over it, and changes nothing else. */
export function foldSourceDeed(
  picture: Picture,
  body: SourceBody,
  author: Author,
  place: EntryPlace,
): Folded {
  const deed: SourceDeed = {
    id: `${place.seq}`,
    what: body.kind,
    pseudonym: body.pseudonym,
    ...(body.sector ? { sector: body.sector } : {}),
    ...('reason' in body ? { reason: body.reason } : {}),
    atMs: place.atMs,
    by: author,
  };
  picture.sourceDeeds.set(deed.id, deed);
  return { verdict: { kind: 'done', id: body.pseudonym }, changes: [] };
}

const furthest = ['queued', 'failed', 'sent', 'undelivered', 'delivered'] as const;

/**
 * How far a message to the caller has come. It only goes further: two servers, or a late receipt, cannot take it back.
 * The caller has been told when it was sent; that ends the feedback clock, which runs again where it did not arrive.
 */
export function foldFeedback(
  picture: Picture,
  body: Extract<EventBody, { kind: 'alert.feedback' }>,
  author: Author,
  place: EntryPlace,
): Folded {
  const alert = picture.alerts.get(body.alertId);
  if (!alert) return alertUnknown(body.alertId);
  const told = alert.feedback ?? [];
  const known = told.find(({ id }) => id === body.id);
  if (known && furthest.indexOf(known.state) >= furthest.indexOf(body.state)) {
    return { verdict: { kind: 'nothing-new', id: alert.id }, changes: [] };
  }
  const { id, template, language, state, reason } = body;
  const by = known?.by ?? author;
  const now: Feedback = {
    id,
    template,
    language,
    state,
    atMs: place.atMs,
    by,
    ...(reason ? { reason } : {}),
  };
  const { atMs } = place;
  const reached = state === 'sent' || state === 'delivered';
  const isOwed = state === 'undelivered' && isOpen(alert.state);
  const ended = reached ? endSegments(alert.segments, ['feedback'], atMs) : alert.segments;
  picture.alerts.set(alert.id, {
    ...alert,
    feedback: known ? told.map((one) => (one === known ? now : one)) : [...told, now].slice(-50),
    segments: isOwed ? startSegment(ended, 'feedback', atMs) : ended,
    changedAtMs: place.atMs,
    changedSeq: place.seq,
  });
  return alertChanged(alert.id);
}
