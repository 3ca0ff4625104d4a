import { protectionIncident, type AlertCategory, type SegmentName } from '../../shared/model/alert-lists.ts';
import { type AlertOut, type TaskOut } from '../../shared/model/alert.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { isOpen, stepsFor } from '../../shared/model/alert-steps.ts';
import type { Principal } from '../../shared/role.ts';
import { segmentAt } from '../../shared/rules/response-clock.ts';
import type { Alert, AlertEvent, Task } from '../picture/picture.ts';
import { isUnreadable } from '../picture/words.ts';
import { targetsNow } from './targets-now.ts';
import type { ViewContext } from './view-context.ts';
import { sameAlerts } from './same-alerts.ts';
import { lowered, loweredRadiusM, withoutContactHints } from './lowered.ts';

/**
 * Ordinary categories that the reduced audiences (wall, patrol) get under the public name as well, so that the name
 * alone does not say that a record is restricted.
 */
const delicate: readonly AlertCategory[] = ['abduction', 'forced-recruitment', 'arrest', 'returnee', 'crsv'];

/** Events of its history that an alert carries to every screen; the record keeps them all. */
const maxHistory = 60;

/** The alert as this principal may see it (contract, "Who sees what", alerts and restricted classes). */
export function alertView(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  return alert.restricted
    ? restrictedView(alert, principal, context)
    : ordinaryView(alert, principal, context);
}

function ordinaryView(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  switch (principal.role) {
    case 'admin':
    case 'watch':
    case 'chief':
      return inFull(alert, principal, context);
    case 'sector':
    case 'liaison':
      return isOwn(alert, principal) ? inFull(alert, principal, context) : undefined;
    case 'patrol':
      return isTaskedTo(alert, principal) ? forPatrol(alert, principal, context) : undefined;
    case 'command':
      return withoutHints(inFull(alert, principal, context));
    case 'analyst':
      return withoutHints(withoutWays(inFull(alert, principal, context)));
    case 'wall':
      return onWall(alert, principal, context);
    case 'feed':
      return alert.raisedBy === principal.id ? asReported(alert, principal, context) : undefined;
    case 'adviser':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}

function restrictedView(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  switch (principal.role) {
    case 'admin':
    case 'watch':
    case 'chief':
      return asProtectionIncident(alert, principal, context);
    case 'sector':
    case 'liaison':
      return isOwn(alert, principal) ? asProtectionIncident(alert, principal, context) : undefined;
    case 'adviser':
      return inFull(alert, principal, context);
    case 'feed':
      return alert.raisedBy === principal.id ? asReported(alert, principal, context) : undefined;
    case 'patrol':
    case 'command':
    case 'analyst':
    case 'wall':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}

function isOwn(alert: Alert, principal: Principal): boolean {
  return alert.sector !== undefined && principal.sectors.includes(alert.sector);
}

/** Whether units of the patrol have a task here, or are to be ready for one. */
function isTaskedTo({ tasks, prewarned = [] }: Alert, { units }: Principal): boolean {
  return (
    tasks.some(({ unit, state }) => units.includes(unit) && state !== 'refused' && state !== 'stood-down') ||
    prewarned.some(({ unit }) => units.includes(unit))
  );
}

type Core = Pick<
  AlertOut,
  | 'id'
  | 'priority'
  | 'state'
  | 'receivedAt'
  | 'changedAt'
  | 'clock'
  | 'allowed'
  | 'category'
  | 'precision'
  | 'tasks'
>;

/** What every audience of an alert gets; category, place and tasks at their least. */
function core(alert: Alert, principal: Principal, context: ViewContext): Core {
  return {
    id: alert.id,
    category: protectionIncident,
    priority: alert.priority,
    state: alert.state,
    receivedAt: iso(alert.receivedAtMs),
    changedAt: iso(alert.changedAtMs),
    precision: 'unknown',
    clock: {
      segments: alert.segments
        .filter(({ segment }) => tellsSegment(segment, principal))
        .map((run) => segmentAt(run, alert.priority, targetsNow(context), context.atMs)),
    },
    tasks: [],
    allowed: stepsFor(principal.role, alert),
  };
}

/** That a caller can be told, or that a record waits for an adviser, says too much to whoever is not of the desk. */
function tellsSegment(segment: SegmentName, { role }: Principal): boolean {
  const told: readonly Principal['role'][] = ['admin', 'watch', 'chief', 'sector', 'liaison', 'adviser'];
  return (segment !== 'feedback' && segment !== 'referral') || told.includes(role);
}

/** The position, lowered to an area of about 5 km. */
function area(alert: Alert): Partial<AlertOut> {
  const { lon, lat } = alert.report;
  if (typeof lon !== 'number' || typeof lat !== 'number') return {};
  return { ...lowered(lon, lat), radiusM: loweredRadiusM, precision: 'area' };
}

const sectorOf = (alert: Alert): { sector?: string } => (alert.sector ? { sector: alert.sector } : {});
const ownerOf = (alert: Alert): { owner?: string } => (alert.owner ? { owner: alert.owner } : {});

function inFull(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  const hidden = mergedUnseen(alert, principal, context);
  return {
    ...core(alert, principal, context),
    number: alert.number,
    verification: alert.verification,
    ...reported(alert),
    ...wordsOf(alert),
    ...sectorOf(alert),
    ...ownerOf(alert),
    ...(alert.restricted ? { restricted: alert.restricted } : {}),
    ...escalationsOf(alert),
    ...callerOf(alert, principal),
    tasks: alert.tasks.map(taskOut),
    ...prewarnedOf(alert, principal),
    history: alert.history.slice(-maxHistory).map((event) => eventOut(event, hidden)),
    ...ending(alert, hidden),
    ...sameAlerts(alert, principal, context),
  };
}

/** Roles that may know a caller's pseudonym (contract, column "sources"). */
const knowCallers: ReadonlyArray<Principal['role']> = ['admin', 'watch', 'chief', 'liaison'];

/** Who called, by pseudonym, and what it was told. */
function callerOf({ source, feedback, callerSafe }: Alert, { role }: Principal): Partial<AlertOut> {
  // An adviser answers callers without knowing who they are.
  if (!knowCallers.includes(role) && role !== 'adviser') return {};
  const known = source && role !== 'adviser' ? { source } : {};
  const told = feedback?.map(({ atMs, by, ...one }) => ({ ...one, at: iso(atMs), by: by.name }));
  return { ...known, ...(callerSafe ? { callerSafe } : {}), ...(told ? { feedback: told } : {}) };
}

/** Who was called, and who has answered. Analysts see it too: it is how the response went. */
function escalationsOf({ escalations }: Alert): Pick<AlertOut, 'escalations'> {
  if (escalations.length === 0) return {};
  return {
    escalations: escalations.map(({ id, segment, level, atMs, answered }) => ({
      ...{ id, segment, level, at: iso(atMs) },
      ...(answered ? { answeredAt: iso(answered.atMs), answeredBy: answered.by.name } : {}),
    })),
  };
}

/** Whether the alert was merged into one that this principal may not know of: then its id stays behind. */
function mergedUnseen(alert: Alert, principal: Principal, { picture }: ViewContext): boolean {
  const into = alert.mergedInto === undefined ? undefined : picture.alerts.get(alert.mergedInto);
  if (!into) return false;
  const desk = principal.role === 'admin' || principal.role === 'watch' || principal.role === 'chief';
  if (into.restricted) return !desk && principal.role !== 'adviser' && !isOwn(into, principal);
  return !desk && principal.role !== 'command' && principal.role !== 'analyst' && !isOwn(into, principal);
}

/** The report's own fields, absent ones left out. */
function reported(
  alert: Pick<Alert, 'report'>,
): Pick<AlertOut, 'category' | 'precision'> & Partial<AlertOut> {
  const present = Object.entries(alert.report).filter(
    ([name, value]) => name !== 'sealed' && value !== undefined && value !== null,
  );
  const { precision, lon, placeId, placeName } = alert.report;
  const fallback = typeof lon === 'number' ? 'exact' : placeId || placeName ? 'village' : 'unknown';
  return {
    ...(Object.fromEntries(present) as Partial<AlertOut>), // the report's schema has the names of AlertOut
    category: alert.report.category,
    precision: precision ?? fallback,
  };
}

/** Why there is no text, where there was one. */
function wordsOf(alert: Pick<Alert, 'report' | 'textErasedAtMs'>): Partial<AlertOut> {
  if (alert.textErasedAtMs !== undefined) return { textErasedAt: iso(alert.textErasedAtMs) };
  return isUnreadable(alert) ? { textUnreadable: true } : {};
}

function ending(alert: Alert, hidden: boolean): Partial<AlertOut> {
  const { outcome, harm, reason, referredTo, monitorUntil, rumourId, flashSentAtMs } = alert;
  const mergedInto = hidden ? undefined : alert.mergedInto;
  const flashSentAt = flashSentAtMs === undefined ? undefined : iso(flashSentAtMs);
  const all = { outcome, harm, reason, mergedInto, referredTo, monitorUntil, rumourId, flashSentAt };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A restricted record below its channel: that there is one, how urgent, and where about. No words of anyone. */
function asProtectionIncident(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  return {
    ...core(alert, principal, context),
    number: alert.number,
    verification: alert.verification,
    ...area(alert),
    ...sectorOf(alert),
    ...ownerOf(alert),
    ...escalationsOf(alert),
    tasks: alert.tasks.map(({ order: _order, reason: _reason, ...task }) => taskOut(task)),
    ...prewarnedOf(alert, principal),
  };
}

/** For the patrol that is tasked: place, category, its own order. No source, no original text. */
function forPatrol(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  const { lon, lat, placeId, placeName } = alert.report;
  const own = alert.tasks.filter((task) => principal.units.includes(task.unit));
  return {
    ...core(alert, principal, context),
    category: publicCategory(alert),
    ...(typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : {}),
    precision: reported(alert).precision,
    ...(placeId ? { placeId } : {}),
    ...(placeName ? { placeName: withoutContactHints(placeName) } : {}),
    tasks: own.map(taskOut),
    ...prewarnedOf(alert, principal),
    allowed: stepsFor(principal.role, { ...alert, tasks: own }),
  };
}

/** On a wall: open P1 and P2, what kind, where about, how long. */
function onWall(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  if (!isOpen(alert.state) || alert.priority === 'P3' || alert.priority === 'P4') return undefined;
  return {
    ...core(alert, principal, context),
    category: publicCategory(alert),
    ...area(alert),
    ...sectorOf(alert),
    allowed: [],
  };
}

/** To whoever raised it: the words it sent itself, and nothing that others have added since. */
function asReported(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  const sent = alert.history[0]?.detail?.['report'];
  const report = typeof sent === 'object' && sent !== null ? (sent as Alert['report']) : alert.report; // the fold put it there
  // What was read of the words knows villages, which a feed does not see.
  const { reading: _reading, ...words } = report;
  return { ...core(alert, principal, context), ...reported({ report: words }), allowed: [] };
}

/**
 * What the author of a call gets back when the alert is not (or no longer) for its eyes: its own words when it raised
 * the alert, else no more than what its call was about.
 */
export function alertReceipt(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  if (alert.raisedBy === principal.id) return asReported(alert, principal, context);
  const own = alert.tasks.filter((task) => principal.units.includes(task.unit));
  return { ...core(alert, principal, context), tasks: own.map(taskOut), allowed: [] };
}

function publicCategory(alert: Alert): AlertOut['category'] {
  return delicate.includes(alert.report.category) ? protectionIncident : alert.report.category;
}

/** Without how far off units are now: who sees units an hour late does not see it here at once. */
function withoutWays(alert: AlertOut): AlertOut {
  return {
    ...alert,
    tasks: alert.tasks.map(({ expected: _expected, ...task }) => task),
    history: (alert.history ?? []).filter(({ what }) => what !== 'expected'),
  };
}

/** Fields that hold a time: digits that lead to nobody. */
const times: readonly string[] = ['occurredAt', 'until'];

/** Everything but what could lead to a source: numbers, addresses, links in any text people typed. */
function withoutHints(alert: AlertOut): AlertOut {
  const strip = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutContactHints(value);
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, field]) => [
      name,
      name === 'bearings' ? [] : times.includes(name) ? field : strip(field),
    ]);
    return Object.fromEntries(fields);
  };
  const texts: Partial<AlertOut> = {
    ...(alert.text === undefined ? {} : { text: withoutContactHints(alert.text) }),
    ...(alert.placeName === undefined ? {} : { placeName: withoutContactHints(alert.placeName) }),
    ...(alert.reason === undefined ? {} : { reason: withoutContactHints(alert.reason) }),
    // Where a bell was heard from leads to who heard it.
    ...(alert.reading === undefined ? {} : { reading: strip(alert.reading) as Reading }), // same shape, texts stripped
    ...(alert.signal === undefined ? {} : { signal: { ...alert.signal, bearings: [] } }),
  };
  return {
    ...alert,
    ...texts,
    tasks: alert.tasks.map((task) => ({
      ...task,
      ...(task.order === undefined ? {} : { order: withoutContactHints(task.order) }),
      ...(task.reason === undefined ? {} : { reason: withoutContactHints(task.reason) }),
    })),
    history: (alert.history ?? []).map((event) => ({
      ...event,
      ...(event.detail ? { detail: strip(event.detail) as Record<string, unknown> } : {}), // same shape, texts stripped
    })),
  };
}

function taskOut(task: Task): TaskOut {
  const { offeredAtMs, changedAtMs, expected, offWay, seemsThereAtMs, ...rest } = task;
  return {
    ...rest,
    offeredAt: iso(offeredAtMs),
    changedAt: iso(changedAtMs),
    ...(expected ? { expected: expectedOut(expected) } : {}),
    ...(offWay ? { offWay: { why: offWay.why, since: iso(offWay.sinceMs), at: iso(offWay.atMs) } } : {}),
    ...(seemsThereAtMs === undefined ? {} : { seemsThereSince: iso(seemsThereAtMs) }),
  };
}

function expectedOut({ atMs, etaS, distanceM, via }: NonNullable<Task['expected']>): TaskOut['expected'] {
  const after = (seconds: number): string => iso(atMs + seconds * 1_000);
  const arrival = { best: after(etaS.best), likely: after(etaS.likely), worst: after(etaS.worst) };
  return { at: iso(atMs), arrival, distanceM, via };
}

/** Who was told to be ready; a patrol hears it of its own units, and not by whom. */
function prewarnedOf({ prewarned = [] }: Alert, { role, units }: Principal): Pick<AlertOut, 'prewarned'> {
  const isPatrol = role === 'patrol';
  const told = prewarned
    .filter(({ unit }) => !isPatrol || units.includes(unit))
    .map(({ unit, atMs, by }) => ({ unit, at: iso(atMs), ...(isPatrol ? {} : { by: by.name }) }));
  return told.length > 0 ? { prewarned: told } : {};
}

function eventOut(event: AlertEvent, hidden: boolean): NonNullable<AlertOut['history']>[number] {
  return {
    what: event.what,
    at: iso(event.atMs),
    by: event.by.name,
    role: event.by.role,
    ...(event.detail && !(hidden && event.what === 'merge') ? { detail: withoutSealed(event.detail) } : {}),
  };
}

/** The sealed form of words is the record's own: no screen has anything of it. */
function withoutSealed(detail: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { sealed: _sealed, report, ...rest } = detail;
  if (typeof report !== 'object' || report === null) return report === undefined ? rest : { ...rest, report };
  return {
    ...rest,
    report: Object.fromEntries(Object.entries(report).filter(([name]) => name !== 'sealed')),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
