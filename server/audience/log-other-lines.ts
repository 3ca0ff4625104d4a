import { reportText, wordText, type ReportKey } from '../../shared/messages/report-text.ts';
import type { LogLink } from '../../shared/model/watch-log.ts';
import { roleMay } from '../../shared/role.ts';
import { rumourStatus, type Happening, type LogNote, type Report, type Rumour } from '../picture/watch.ts';
import { reportSubjectVisible } from './report-view.ts';
import { textFor } from './reportable.ts';
import { rumourVisible } from './rumour-view.ts';
import { threatView } from './threat-view.ts';
import { unitSight } from './unit-sight.ts';
import { analystDelayNowMs } from './unit-view.ts';
import type { Candidate, LogReader } from './watch-log-view.ts';

const desk = ['admin', 'watch', 'chief'];
const drafted = (what: string, text: string) => ({ source: 'drafted', what, text }) as const;

/** What happened to units, threats, places, walls, sources: things that keep no history of their own. */
export function* happeningLines(reader: LogReader): Generator<Candidate> {
  for (const [id, happening] of reader.picture.watch.happenings) {
    const { atMs, by, links } = happening;
    yield { id: `entry:${id}`, atMs, by, links, line: () => happeningLine(happening, reader) };
  }
}

/** That a record of a source was touched, and by whom: never whose it is, not even by its pseudonym. */
export function* sourceLines({ picture, principal, lang }: LogReader): Generator<Candidate> {
  if (!desk.includes(principal.role)) return;
  for (const [id, { what, atMs, by }] of picture.sourceDeeds) {
    yield {
      id: `source:${id}`,
      atMs,
      by,
      links: [],
      line: () => drafted(what, reportText(lang, 'log.source')),
    };
  }
}

function happeningLine(happening: Happening, reader: LogReader): ReturnType<Candidate['line']> {
  const { what, links, named = '' } = happening;
  const { lang, principal } = reader;
  const isDesk = desk.includes(principal.role);
  const [link] = links;
  if (link?.kind === 'alert') return otherAlertLine(what, link.id, reader);
  if (link?.kind === 'threat') return threatLine(what, link.id, reader);
  if (link?.kind === 'unit' && !seesUnit(happening, link, reader)) return undefined;
  if (!link && !isDesk) return undefined;
  const keys: Readonly<Record<string, ReportKey>> = {
    'unit.registered': 'log.unit.registered',
    'unit.removed': 'log.unit.removed',
    'places.imported': 'log.places.imported',
    'walls.called': 'log.walls.called',
  };
  return drafted(what, reportText(lang, keys[what] ?? 'log.other', { what, named }));
}

function otherAlertLine(what: string, alertId: string, reader: LogReader): ReturnType<Candidate['line']> {
  const alert = reader.picture.alerts.get(alertId);
  if (!alert || !reader.sight(alertId)) return undefined;
  return drafted(what, reportText(reader.lang, 'log.otherAlert', { number: alert.number, what }));
}

function threatLine(what: string, id: string, reader: LogReader): ReturnType<Candidate['line']> {
  const threat = reader.picture.threats.get(id);
  const seen = threat && threatView(threat, reader.principal, reader);
  if (!threat || seen?.likelihood === undefined) return undefined;
  const { kind, likelihood, impact } = threat.threat;
  const keys: Readonly<Record<string, ReportKey>> = {
    'threat.raised': 'log.threat.raised',
    'threat.changed': 'log.threat.changed',
    'threat.ended': 'log.threat.ended',
  };
  const key = keys[what] ?? 'log.other';
  return drafted(what, reportText(reader.lang, key, { kind, likelihood, impact, what }));
}

/** A unit that is there: who sees it in full. One that is gone: its sector, and those who saw them all. */
function seesUnit({ sector, atMs }: Happening, link: LogLink, reader: LogReader): boolean {
  const { principal, picture } = reader;
  if (principal.role === 'analyst') return atMs <= reader.atMs - analystDelayNowMs(reader);
  const unit = picture.units.get(link.id);
  if (unit) return unitSight(unit, principal, reader) === 'full';
  if (principal.role === 'sector') return sector !== undefined && principal.sectors.includes(sector);
  return [...desk, 'command'].includes(principal.role);
}

/** What people wrote. */
export function* noteLines(reader: LogReader): Generator<Candidate> {
  for (const note of reader.picture.watch.notes.values()) {
    const { id, atMs, by, links } = note;
    yield { id, atMs, by, links, line: () => noteLine(note, reader) };
  }
}

function noteLine(note: LogNote, reader: LogReader): ReturnType<Candidate['line']> {
  const { corrects } = note;
  if (!mayReadNote(note, reader)) return undefined;
  return {
    source: 'note',
    what: 'watch.logged',
    text: textFor(reader.principal, note.text),
    ...(corrects === undefined ? {} : { corrects }),
  };
}

/**
 * The writer reads what it wrote. A note about a restricted alert is for those who see the alert in full, and at the
 * desk for what the desk wrote itself; others read it where they see everything that it points at.
 */
function mayReadNote(note: LogNote, reader: LogReader): boolean {
  const { principal, picture } = reader;
  if (note.by.id === principal.id) return true;
  const alerts = alertsOf(note, reader).flatMap((id) => picture.alerts.get(id) ?? []);
  const restricted = alerts.some((alert) => alert.restricted);
  const isDesk = desk.includes(principal.role);
  if (principal.role === 'adviser') return restricted && alerts.every((alert) => reader.sight(alert.id));
  if (restricted) return isDesk && desk.includes(note.by.role);
  // An adviser's note that points at nothing is of advisers' matters.
  if (note.by.role === 'adviser' && alerts.length === 0) return false;
  if (isDesk) return true;
  if (principal.role === 'sector') {
    return note.links.length > 0 && note.links.every((link) => seesLink(link, note, reader));
  }
  return note.links.every((link) => seesLink(link, note, reader));
}

/** The alerts that a note is about: those it points at, and those of the line that it corrects, however far back. */
function alertsOf({ links, corrects }: LogNote, reader: LogReader, depth = 0): string[] {
  const own = links.flatMap((link) => {
    if (link.kind === 'alert') return [link.id];
    const subject = link.kind === 'report' ? reader.picture.watch.reports.get(link.id)?.subject : undefined;
    return subject?.alertId === undefined ? [] : [subject.alertId];
  });
  const drafted = /^alert:(.+):\d+$/s.exec(corrects ?? '')?.[1];
  const corrected = corrects === undefined ? undefined : reader.picture.watch.notes.get(corrects);
  const further = corrected && depth < 20 ? alertsOf(corrected, reader, depth + 1) : [];
  return [...own, ...(drafted === undefined ? [] : [drafted]), ...further];
}

function seesLink(link: LogLink, { atMs }: LogNote, reader: LogReader): boolean {
  const { principal, picture } = reader;
  switch (link.kind) {
    case 'alert':
      return reader.sight(link.id) === 'full';
    case 'unit':
      return seesUnit({ atMs, by: noAuthor, what: '', links: [] }, link, reader);
    case 'threat': {
      const threat = picture.threats.get(link.id);
      return threat !== undefined && threatView(threat, principal, reader) !== undefined;
    }
    case 'place':
      return true;
    case 'report': {
      const report = picture.watch.reports.get(link.id);
      return report !== undefined && reportSubjectVisible(report.subject, principal, reader);
    }
  }
}

const noAuthor = { id: '', role: 'admin', name: '' } as const;

/** Reports, handovers, rumours and crises. */
export function* deskLines(reader: LogReader): Generator<Candidate> {
  const { watch } = reader.picture;
  for (const report of watch.reports.values()) yield* reportLines(report, reader);
  for (const rumour of watch.rumours.values()) yield* rumourLines(rumour, reader);
  yield* handoverLines(reader);
  yield* crisisLines(reader);
}

function* reportLines(report: Report, reader: LogReader): Generator<Candidate> {
  const { alertId } = report.subject;
  const links: LogLink[] = [{ kind: 'report', id: report.id }];
  if (alertId !== undefined) links.push({ kind: 'alert', id: alertId });
  let version = 0;
  for (const [index, { what, atMs, by }] of report.history.entries()) {
    if (what === 'report.signed') version++;
    const params = { title: report.id, version };
    const line = (): ReturnType<Candidate['line']> =>
      roleMay(reader.principal.role, 'read-reports') &&
      reportSubjectVisible(report.subject, reader.principal, reader)
        ? drafted(what, reportText(reader.lang, `log.${what}`, params))
        : undefined;
    yield { id: `report:${report.id}:${index}`, atMs, by, links, line };
  }
}

function* rumourLines(rumour: Rumour, reader: LogReader): Generator<Candidate> {
  const { lang, principal } = reader;
  const links: LogLink[] = rumour.alertId === undefined ? [] : [{ kind: 'alert', id: rumour.alertId }];
  const claim = textFor(principal, rumour.claim);
  const seen = (what: string, text: () => string) => (): ReturnType<Candidate['line']> =>
    rumourVisible(rumour, principal, reader) ? drafted(what, text()) : undefined;
  const raised = seen('rumour.raised', () => reportText(lang, 'log.rumour.raised', { claim }));
  yield { id: `rumour:${rumour.id}`, ...rumour.raised, links, line: raised };
  for (const [index, { atMs, by, status }] of rumour.answers.entries()) {
    const params = { claim, status: wordText(lang, 'rumourStatus', status) };
    const line = seen('rumour.answered', () => reportText(lang, 'log.rumour.answered', params));
    yield { id: `rumour:${rumour.id}:${index}`, atMs, by, links, line };
  }
}

function* handoverLines({ picture, principal, lang }: LogReader): Generator<Candidate> {
  const may = roleMay(principal.role, 'hand-over');
  for (const { id, outgoing, incoming } of picture.watch.handovers.values()) {
    const off = (): ReturnType<Candidate['line']> =>
      may ? drafted('handover.signed-off', reportText(lang, 'log.handover.off')) : undefined;
    yield { id: `handover:${id}:off`, ...outgoing, links: [], line: off };
    if (!incoming) continue;
    const params = { name: outgoing.by.name };
    const taken = (): ReturnType<Candidate['line']> =>
      may ? drafted('handover.taken', reportText(lang, 'log.handover.taken', params)) : undefined;
    yield { id: `handover:${id}:taken`, ...incoming, links: [], line: taken };
  }
}

function* crisisLines({ picture, principal, lang }: LogReader): Generator<Candidate> {
  const clean = (text: string): string => textFor(principal, text);
  const may = roleMay(principal.role, 'read-crisis');
  const said = (what: string, text: string) => (): ReturnType<Candidate['line']> =>
    may ? drafted(what, text) : undefined;
  for (const { id, name, started, ended, decisions } of picture.watch.crises.values()) {
    const on = reportText(lang, 'log.crisis.on', { name: clean(name) });
    yield { id: `${id}:on`, ...started, links: [], line: said('crisis.switched', on) };
    for (const { id: decisionId, atMs, by, who, what } of decisions) {
      const text = reportText(lang, 'log.crisis.decided', { who: clean(who), what: clean(what) });
      yield { id: `decision:${decisionId}`, atMs, by, links: [], line: said('crisis.decided', text) };
    }
    if (!ended) continue;
    const off = reportText(lang, 'log.crisis.off', { name: clean(name) });
    const { atMs, by } = ended;
    yield { id: `${id}:off`, atMs, by, links: [], line: said('crisis.switched', off) };
  }
}

/** Rumours that wait for an answer, for briefs. */
export function openRumours(rumours: Iterable<Rumour>): Rumour[] {
  return [...rumours].filter((rumour) => rumourStatus(rumour) === 'open');
}
