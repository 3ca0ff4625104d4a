import { dtg } from '../../shared/messages/format.ts';
import type { Author } from '../../shared/model/entry.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import type { LogLine, LogLink, LogPage } from '../../shared/model/watch-log.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert } from '../picture/picture.ts';
import { alertLines } from './log-alert-lines.ts';
import { alertSight } from './alert-sight.ts';
import type { ViewContext } from './view-context.ts';
import { deskLines, happeningLines, noteLines, sourceLines } from './log-other-lines.ts';

/** What the log is asked for. Times in ms since 1970; `before` as a page before gave it. */
export interface LogQuery {
  readonly lang: ReportLanguage;
  readonly fromMs?: number;
  readonly toMs?: number;
  readonly alert?: string;
  readonly unit?: string;
  readonly before?: string;
  readonly limit: number;
}

/** Whose log it is, as the lines of all kinds need it. */
export interface LogReader extends ViewContext {
  readonly principal: Principal;
  readonly lang: ReportLanguage;
  /** As `alertSight`, asked once for each alert. */
  readonly sight: (alertId: string) => ReturnType<typeof alertSight>;
}

/** A line that may be in the log: what it says is looked up only when its turn comes. */
export interface Candidate {
  readonly id: string;
  readonly atMs: number;
  readonly links: readonly LogLink[];
  /** Undefined where it is not for this reader. */
  readonly line: () => Pick<LogLine, 'source' | 'what' | 'text' | 'corrects'> | undefined;
  readonly by: Author;
}

/**
 * The watch log as this principal may see it, newest first: what people wrote, and what the record holds of what
 * people and the system did, drafted from the histories of the picture and stored nowhere else. Restricted alerts
 * are protection incidents to those who may know that they are there, and absent for all others; sources are never
 * in it.
 */
export function logView(principal: Principal, context: ViewContext, query: LogQuery): LogPage {
  const reader = readerOf(principal, context, query.lang);
  const beforeMs = query.before === undefined ? Infinity : Number(query.before.split('~')[0]);
  const endMs = Math.min(query.toMs ?? Infinity, beforeMs, context.atMs);
  const beginMs = query.fromMs ?? 0;
  // Most readers want the newest lines: further back is looked only where that is not enough.
  for (let spanMs = firstSpanMs; ; spanMs *= 4) {
    const sinceMs = Math.max(beginMs, endMs - spanMs);
    const page = pageSince(reader, query, sinceMs);
    if (page.next !== undefined || sinceMs <= beginMs) return page;
  }
}

const firstSpanMs = 15 * 60_000;

function pageSince(reader: LogReader, query: LogQuery, sinceMs: number): LogPage {
  const candidates = [...lines(reader, sinceMs, query.alert)]
    .filter((line) => line.atMs >= sinceMs && isAsked(line, query))
    .sort(newestFirst);
  const corrections = correctionsOf(reader);
  const found: LogLine[] = [];
  let last: Candidate | undefined;
  let hasMore = false;
  for (const candidate of candidates) {
    const told = candidate.line();
    if (!told) continue;
    hasMore = found.length === query.limit;
    if (hasMore) break;
    found.push(lineOut(candidate, told, corrections.get(candidate.id)));
    last = candidate;
  }
  return {
    at: new Date(reader.atMs).toISOString(),
    lines: found,
    ...(hasMore && last ? { next: `${last.atMs}~${last.id}` } : {}),
  };
}

/** One line by its id, where this principal may see it. */
export function logLineView(principal: Principal, context: ViewContext, id: string): LogLine | undefined {
  const reader = readerOf(principal, context, 'en');
  for (const candidate of lines(reader)) {
    if (candidate.id !== id) continue;
    const told = candidate.line();
    return told && lineOut(candidate, told, undefined);
  }
  return undefined;
}

function readerOf(principal: Principal, context: ViewContext, lang: ReportLanguage): LogReader {
  const sights = new Map<string, ReturnType<typeof alertSight>>();
  const sight = (id: string): ReturnType<typeof alertSight> => {
    if (sights.has(id)) return sights.get(id);
    const alert = context.picture.alerts.get(id);
    const seen = alert && alertSight(alert, principal);
    sights.set(id, seen);
    return seen;
  };
  return { ...context, principal, lang, sight };
}

/** All lines that may be from this time on, in no order. */
function* lines(reader: LogReader, sinceMs = 0, alertId?: string): Generator<Candidate> {
  yield* noteLines(reader);
  yield* happeningLines(reader);
  yield* sourceLines(reader);
  yield* deskLines(reader);
  const { alerts } = reader.picture;
  const asked = alertId === undefined ? alerts.values() : [alerts.get(alertId)];
  for (const alert of asked) if (alert && lastChangeMs(alert) >= sinceMs) yield* alertLines(alert, reader);
}

/** Calls and their answers come without a change of the alert itself. */
function lastChangeMs({ changedAtMs, escalations }: Alert): number {
  const call = escalations.at(-1);
  const answers = escalations.map(({ answered }) => answered?.atMs ?? 0);
  return Math.max(changedAtMs, call?.atMs ?? 0, ...answers);
}

function isAsked({ atMs, id, links }: Candidate, { fromMs, toMs, alert, unit, before }: LogQuery): boolean {
  if ((fromMs !== undefined && atMs < fromMs) || (toMs !== undefined && atMs > toMs)) return false;
  if (before !== undefined && !isOlder({ atMs, id }, before)) return false;
  const has = (kind: LogLink['kind'], wanted: string | undefined): boolean =>
    wanted === undefined || links.some((link) => link.kind === kind && link.id === wanted);
  return has('alert', alert) && has('unit', unit);
}

function isOlder(line: Pick<Candidate, 'atMs' | 'id'>, before: string): boolean {
  const at = before.indexOf('~');
  return newestFirst({ atMs: Number(before.slice(0, at)), id: before.slice(at + 1) }, line) < 0;
}

function newestFirst(a: Pick<Candidate, 'atMs' | 'id'>, b: Pick<Candidate, 'atMs' | 'id'>): number {
  if (a.atMs !== b.atMs) return b.atMs - a.atMs;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

function correctionsOf({ picture }: ViewContext): ReadonlyMap<string, readonly string[]> {
  const corrections = new Map<string, string[]>();
  for (const { id, corrects } of picture.watch.notes.values()) {
    if (corrects !== undefined) corrections.set(corrects, [...(corrections.get(corrects) ?? []), id]);
  }
  return corrections;
}

function lineOut(
  { id, atMs, by, links }: Candidate,
  told: NonNullable<ReturnType<Candidate['line']>>,
  correctedBy: readonly string[] | undefined,
): LogLine {
  return {
    ...{ id, at: new Date(atMs).toISOString(), dtg: dtg(atMs), by: by.name, role: by.role, links },
    ...told,
    ...(correctedBy ? { correctedBy } : {}),
  };
}
