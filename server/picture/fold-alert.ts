import { priorityOfCategory, type Priority } from '../../shared/model/alert-lists.ts';
import type { AlertFacts, Author, EventBody } from '../../shared/model/entry.ts';
import type { EntryPlace, Alert, Folded, Picture, Verdict } from './picture.ts';
import { sameContent } from './same-content.ts';
import { endSegments, startSegment } from './segments.ts';
import { closedWords, erasedWords } from './words.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

export const alertChanged = (id: string, verdict: Verdict = { kind: 'done', id }): Folded => ({
  verdict,
  changes: [{ kind: 'alerts', id }],
});

export const alertUnknown = (id: string): Folded => ({
  verdict: { kind: 'refused', code: 'not-found', message: `there is no alert ${id}`, field: 'id' },
  changes: [],
});

/**
 * An alert comes in. The same id again, from the same account and with the same content, changes nothing; another
 * content under a known id is a conflict, because one of the two would be lost.
 */
export function foldAlertReceived(
  picture: Picture,
  body: Body<'alert.received'>,
  author: Author,
  place: EntryPlace,
): Folded {
  const { alertId: id, facts } = body;
  const { priority, ...report } = body.alert;
  const known = picture.alerts.get(id);
  if (known) return receivedAgain(known, body, author);
  picture.alerts.set(id, {
    id,
    number: nextNumber(picture, facts, place.atMs),
    report,
    priority: priority ?? priorityOfCategory(report.category),
    ...(facts.restricted ? { restricted: facts.restricted } : {}),
    ...(facts.sector ? { sector: facts.sector } : {}),
    ...(facts.source ? { source: facts.source } : {}),
    ...(facts.callerSafe ? { callerSafe: true } : {}),
    ...(facts.gateway ? { gateway: facts.gateway } : {}),
    state: 'received',
    verification: 'unverified',
    receivedAtMs: place.atMs,
    changedAtMs: place.atMs,
    raisedBy: author.id,
    tasks: [],
    segments: firstSegments(facts, place.atMs),
    escalations: [],
    history: [{ what: 'received', atMs: place.atMs, by: author, detail: { report: body.alert } }],
    changeIds: [],
    changedSeq: place.seq,
  });
  return alertChanged(id);
}

/**
 * What runs from the first moment: who takes it on; where the caller may be told safely, until it is; for a
 * restricted record, until an adviser has it.
 */
function firstSegments({ restricted, callerSafe }: AlertFacts, atMs: number): Alert['segments'] {
  const acknowledge = startSegment([], 'acknowledge', atMs);
  const feedback = callerSafe ? startSegment(acknowledge, 'feedback', atMs) : acknowledge;
  return restricted ? startSegment(feedback, 'referral', atMs) : feedback;
}

function receivedAgain(known: Alert, body: Body<'alert.received'>, author: Author): Folded {
  const first = known.history[0]?.detail?.['report'];
  const same =
    known.raisedBy === author.id &&
    typeof first === 'object' &&
    first &&
    saysTheSame(known, first, body.alert);
  if (same) return { verdict: { kind: 'nothing-new', id: known.id }, changes: [] };
  const message = `the id ${known.id} is in use for another alert`;
  return { verdict: { kind: 'refused', code: 'conflict', message, field: 'id' }, changes: [] };
}

/**
 * By the sealed form where both have one: so servers with and without the key find the same. A retry that comes after
 * the words were erased brings none.
 */
function saysTheSame(known: Alert, first: Told, again: Told): boolean {
  if (known.textErasedAtMs !== undefined) return sameContent(erasedWords(first), erasedWords(again));
  if (first.sealed && again.sealed) return sameContent(closedWords(first), closedWords(again));
  return sameContent({ ...first, sealed: undefined }, { ...again, sealed: undefined });
}

type Told = Partial<Body<'alert.received'>['alert']>;

/**
 * `ALT-<sector>-YYMMDD-nn`, counted by sector and UTC day of receipt (domain.md 2.2). Restricted records count in a
 * series of their own: a gap in the ordinary one would tell how many there are.
 */
function nextNumber(picture: Picture, { sector, restricted }: AlertFacts, atMs: number): string {
  const day = new Date(atMs).toISOString().slice(2, 10).replaceAll('-', '');
  const series = `${restricted ? 'PRT' : 'ALT'}-${sector ?? 'X'}-${day}`;
  const serial = (picture.alertSerials.get(series) ?? 0) + 1;
  picture.alertSerials.set(series, serial);
  return `${series}-${String(serial).padStart(2, '0')}`;
}

/** Corrects what was reported; state moves by steps only. Null takes a field away. */
export function foldAlertChanged(
  picture: Picture,
  body: Body<'alert.changed'>,
  author: Author,
  place: EntryPlace,
): Folded {
  const known = picture.alerts.get(body.alertId);
  if (!known) return alertUnknown(body.alertId);
  if (body.changeId !== undefined && known.changeIds.includes(body.changeId)) {
    return { verdict: { kind: 'nothing-new', id: known.id }, changes: [] };
  }
  const { priority, ...patch } = known.textErasedAtMs === undefined ? body.patch : erasedWords(body.patch);
  // A text that is not sealed takes the place of one that was.
  const unsealed = patch.text !== undefined && !patch.sealed ? { sealed: undefined } : {};
  picture.alerts.set(known.id, {
    ...known,
    report: { ...known.report, ...patch, ...unsealed },
    priority: priority ?? known.priority,
    ...(body.facts.sector ? { sector: body.facts.sector } : {}),
    ...restrictedAfter(known, body.facts),
    segments: referralAfter(known, body.facts, author, place.atMs),
    changedAtMs: place.atMs,
    history: [
      ...known.history,
      { what: 'changed', atMs: place.atMs, by: author, detail: detailOf(patch, priority) },
    ],
    changeIds: withChangeId(known, body.changeId),
    changedSeq: place.seq,
  });
  return alertChanged(known.id);
}

function detailOf(patch: object, priority: Priority | null | undefined): Readonly<Record<string, unknown>> {
  return { ...patch, ...(priority === undefined ? {} : { priority }) };
}

/** Restricting is easy, releasing is for the adviser: the door lets nobody else set `released`. */
function restrictedAfter(known: Alert, { restricted, released }: AlertFacts): Pick<Alert, 'restricted'> {
  return { restricted: released ? undefined : (restricted ?? known.restricted) };
}

/** The referral clock runs from the moment a record is restricted, until an adviser has touched it or released it. */
function referralAfter(
  known: Alert,
  { restricted, released }: AlertFacts,
  author: Author,
  atMs: number,
): Alert['segments'] {
  if (released || author.role === 'adviser') return endSegments(known.segments, ['referral'], atMs);
  if (!restricted || known.restricted) return known.segments;
  // Nobody writes a flash report of a restricted record, so none is due any more.
  return startSegment(endSegments(known.segments, ['report'], atMs), 'referral', atMs);
}

/** An alert remembers its last hundred change ids: retries come within minutes, not after a hundred changes. */
export function withChangeId(alert: Alert, changeId: string | undefined): readonly string[] {
  return changeId === undefined ? alert.changeIds : [...alert.changeIds, changeId].slice(-100);
}
