import type { Author, EventBody } from '../../shared/model/entry.ts';
import type { LogLink } from '../../shared/model/watch-log.ts';
import { alertUnknown } from './fold-alert.ts';
import type { Change, EntryPlace, Folded, Picture, Verdict } from './picture.ts';
import { sameContent } from './same-content.ts';
import { endSegments } from './segments.ts';
import { crisisNow, type Happening, type Report } from './watch.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

const folded = (verdict: Verdict, changes: readonly Change[] = []): Folded => ({ verdict, changes });
const done = (id: string, changes: readonly Change[] = []): Folded => folded({ kind: 'done', id }, changes);
const nothingNew = (id: string): Folded => folded({ kind: 'nothing-new', id });
const refused = (code: 'conflict' | 'not-found', message: string, field: string): Folded =>
  folded({ kind: 'refused', code, message, field });

/** The last hundred change ids are remembered: retries come within minutes, not after a hundred changes. */
const withChangeId = (known: readonly string[], id: string | undefined): readonly string[] =>
  id === undefined ? known : [...known, id].slice(-100);

/** A note is added and stays; the same one again from its writer changes nothing. */
export function foldLogged(
  { watch }: Picture,
  body: Body<'watch.logged'>,
  by: Author,
  { atMs }: EntryPlace,
): Folded {
  const { kind: _kind, ...note } = body;
  const known = watch.notes.get(note.id);
  if (known) {
    const { atMs: _atMs, by: writer, ...was } = known;
    return writer.id === by.id && sameContent(was, note)
      ? nothingNew(note.id)
      : refused('conflict', `the id ${note.id} is in use for another line of the log`, 'id');
  }
  watch.notes.set(note.id, { ...note, atMs, by });
  return done(note.id);
}

const newReport = ({ reportId, subject }: Body<'report.saved' | 'report.signed'>): Report => ({
  ...{ id: reportId, subject, edits: {}, isOpen: true },
  ...{ signed: [], history: [], changeIds: [] },
});

/** Texts of sections take the place of drafts; null brings the draft back. */
export function foldReportSaved(
  { watch }: Picture,
  body: Body<'report.saved'>,
  by: Author,
  { atMs }: EntryPlace,
): Folded {
  const known = watch.reports.get(body.reportId) ?? newReport(body);
  if (body.changeId !== undefined && known.changeIds.includes(body.changeId)) return nothingNew(known.id);
  const edits = Object.entries({ ...known.edits, ...body.sections }).flatMap(([id, text]) =>
    text === null ? [] : [[id, text] as const],
  );
  watch.reports.set(known.id, {
    ...known,
    edits: Object.fromEntries(edits),
    ...(body.sealed === undefined ? {} : { sealedEdits: body.sealed }),
    isOpen: true,
    history: [...known.history, { what: 'report.saved', atMs, by }],
    changeIds: withChangeId(known.changeIds, body.changeId),
  });
  return done(known.id);
}

const sealedPart = ({ sealed }: Body<'report.signed'>): { sealed?: string } =>
  sealed === undefined ? {} : { sealed };

/** A second signature of the same hand within so short a time is the first one, pressed twice. */
const sameHandMs = 60_000;

/**
 * A report is signed as it stands; it is never changed again, the next signature makes another version. A flash
 * report ends the clock that asks for one, whether its alert is open or closed.
 */
export function foldReportSigned(
  picture: Picture,
  body: Body<'report.signed'>,
  by: Author,
  place: EntryPlace,
): Folded {
  const { reports } = picture.watch;
  const known = reports.get(body.reportId) ?? newReport(body);
  if (body.changeId !== undefined && known.changeIds.includes(body.changeId)) return nothingNew(known.id);
  const { atMs } = place;
  const last = known.signed.at(-1);
  const again = !known.isOpen && last?.by.id === by.id && atMs - last.atMs < sameHandMs;
  if (again) return nothingNew(known.id);
  const version = known.signed.length + 1;
  reports.set(known.id, {
    ...known,
    isOpen: false,
    signed: [...known.signed, { version, content: body.content, ...sealedPart(body), atMs, by }],
    history: [...known.history, { what: 'report.signed', atMs, by }],
    changeIds: withChangeId(known.changeIds, body.changeId),
  });
  const { kind, alertId } = body.subject;
  return done(known.id, kind === 'flash' && alertId !== undefined ? flashSent(picture, alertId, place) : []);
}

/** Ends the segment `report` of an alert: its flash report is out. Answers what that changed. */
export function flashSent(picture: Picture, alertId: string, { seq, atMs }: EntryPlace): Change[] {
  const alert = picture.alerts.get(alertId);
  if (!alert) return [];
  const segments = endSegments(alert.segments, ['report'], atMs);
  picture.alerts.set(alertId, { ...alert, segments, flashSentAtMs: atMs, changedSeq: seq });
  return [{ kind: 'alerts', id: alertId }];
}

export function foldSignedOff(
  { watch }: Picture,
  body: Body<'handover.signed-off'>,
  by: Author,
  { atMs }: EntryPlace,
): Folded {
  const { handoverId: id, notes, brief } = body;
  const known = watch.handovers.get(id);
  if (known) {
    return known.outgoing.by.id === by.id && known.notes === notes
      ? nothingNew(id)
      : refused('conflict', `the id ${id} is in use for another handover`, 'id');
  }
  watch.handovers.set(id, { id, notes, brief, outgoing: { atMs, by } });
  return done(id);
}

/** The incoming shift signs, once, and never whoever handed over. */
export function foldTaken(
  { watch }: Picture,
  { handoverId: id }: Body<'handover.taken'>,
  by: Author,
  { atMs }: EntryPlace,
): Folded {
  const known = watch.handovers.get(id);
  if (!known) return refused('not-found', `there is no handover ${id}`, 'id');
  if (known.incoming) {
    return known.incoming.by.id === by.id
      ? nothingNew(id)
      : refused('conflict', `${known.incoming.by.name} has taken this watch over`, 'id');
  }
  if (known.outgoing.by.id === by.id) {
    return refused('conflict', 'who hands over cannot take over as well: another account signs', 'id');
  }
  watch.handovers.set(id, { ...known, incoming: { atMs, by } });
  return done(id);
}

/** A rumour comes in. The alert that it marks keeps its state and its clock. */
export function foldRumourRaised(
  picture: Picture,
  body: Body<'rumour.raised'>,
  by: Author,
  { atMs, seq }: EntryPlace,
): Folded {
  const { rumourId: id, claim, spread, alertId } = body;
  const { rumours } = picture.watch;
  const known = rumours.get(id);
  if (known) {
    const same = known.raised.by.id === by.id && known.claim === claim && known.alertId === alertId;
    return same ? nothingNew(id) : refused('conflict', `the id ${id} is in use for another rumour`, 'id');
  }
  const alert = alertId === undefined ? undefined : picture.alerts.get(alertId);
  if (alertId !== undefined && !alert) return alertUnknown(alertId);
  const raised = { atMs, by };
  rumours.set(id, {
    ...{ id, claim, spread, raised, answers: [], changeIds: [] },
    ...(alertId === undefined ? {} : { alertId }),
  });
  if (!alert) return done(id);
  picture.alerts.set(alert.id, { ...alert, rumourId: id, changedSeq: seq });
  return done(id, [{ kind: 'alerts', id: alert.id }]);
}

export function foldRumourAnswered(
  { watch }: Picture,
  body: Body<'rumour.answered'>,
  by: Author,
  { atMs }: EntryPlace,
): Folded {
  const { rumourId: id, answer, status, changeId } = body;
  const known = watch.rumours.get(id);
  if (!known) return refused('not-found', `there is no rumour ${id}`, 'id');
  const last = known.answers.at(-1);
  const again = last?.by.id === by.id && last.answer === answer && last.status === status;
  if (again || (changeId !== undefined && known.changeIds.includes(changeId))) return nothingNew(id);
  watch.rumours.set(id, {
    ...known,
    answers: [...known.answers, { answer, status, atMs, by }],
    changeIds: withChangeId(known.changeIds, changeId),
  });
  return done(id);
}

/** Turns the crisis on or off. Clocks have other targets then, so every open alert is told anew. */
export function foldCrisisSwitched(
  picture: Picture,
  body: Body<'crisis.switched'>,
  by: Author,
  place: EntryPlace,
): Folded {
  const { crises } = picture.watch;
  const current = crisisNow(picture.watch);
  const { on, name = '', reason } = body;
  const { seq, atMs } = place;
  if (!on) {
    if (!current) return nothingNew('');
    crises.set(current.id, { ...current, ended: { atMs, by, reason } });
    return done(current.id, toldAnew(picture, seq));
  }
  if (current) {
    return current.name === name
      ? nothingNew(current.id)
      : refused('conflict', `the crisis "${current.name}" is on; end it first`, 'name');
  }
  const id = `crisis-${seq}`;
  crises.set(id, { id, name, reason, started: { atMs, by }, decisions: [] });
  return done(id, toldAnew(picture, seq));
}

function toldAnew(picture: Picture, seq: number): Change[] {
  const running = [...picture.alerts.values()].filter(({ segments }) =>
    segments.some(({ endedAtMs }) => endedAtMs === undefined),
  );
  for (const alert of running) picture.alerts.set(alert.id, { ...alert, changedSeq: seq });
  return running.map(({ id }) => ({ kind: 'alerts', id }));
}

/** A decision goes into the register of the crisis that is on. */
export function foldCrisisDecided(
  { watch }: Picture,
  body: Body<'crisis.decided'>,
  by: Author,
  { atMs }: EntryPlace,
): Folded {
  const { kind: _kind, decisionId: id, ...decision } = body;
  const known = [...watch.crises.values()].flatMap(({ decisions }) => decisions).find((one) => one.id === id);
  if (known) {
    const same = known.by.id === by.id && known.what === decision.what && known.who === decision.who;
    return same ? nothingNew(id) : refused('conflict', `the id ${id} is in use for another decision`, 'id');
  }
  const crisis = crisisNow(watch);
  if (!crisis) return refused('conflict', 'no crisis is on', 'what');
  const decisions = [...crisis.decisions, { ...decision, id, atMs, by }];
  watch.crises.set(crisis.id, { ...crisis, decisions });
  return done(id);
}

/** Kinds whose story is told by what they change itself. */
const toldElsewhere = [
  'alert.',
  'source.',
  'watch.',
  'report.',
  'handover.',
  'rumour.',
  'crisis.',
  'village.',
];

/**
 * What the log will say about an entry whose thing keeps no history; asked before the entry is folded, while the
 * thing is still what it was. Undefined where there is nothing to say.
 */
export function happeningOf(
  picture: Picture,
  body: EventBody,
  by: Author,
  { atMs }: EntryPlace,
): Happening | undefined {
  if (toldElsewhere.some((prefix) => body.kind.startsWith(prefix))) return undefined;
  const base = { what: body.kind as string, atMs, by };
  switch (body.kind) {
    case 'unit.registered': {
      const { unitId: id, unit } = body;
      const known = picture.units.get(id);
      const same =
        known?.registered &&
        known.callsign === unit.callsign &&
        known.kind === unit.kind &&
        known.sector === (unit.sector ?? undefined);
      const sector = unit.sector ? { sector: unit.sector } : {};
      return same ? undefined : { ...base, links: [{ kind: 'unit', id }], named: unit.callsign, ...sector };
    }
    case 'unit.removed': {
      const known = picture.units.get(body.unitId);
      if (!known) return undefined;
      const sector = known.sector === undefined ? {} : { sector: known.sector };
      return { ...base, links: [{ kind: 'unit', id: known.id }], named: known.callsign, ...sector };
    }
    case 'places.imported':
      return { ...base, links: [], named: String(body.places.length) };
    default:
      return { ...base, links: linksOf(body) };
  }
}

function linksOf(body: object): LogLink[] {
  const fields = { alertId: 'alert', unitId: 'unit', threatId: 'threat', placeId: 'place' } as const;
  return Object.entries(fields).flatMap(([field, kind]) => {
    const id: unknown = (body as Record<string, unknown>)[field];
    return typeof id === 'string' ? [{ kind, id }] : [];
  });
}
