import { protectionIncident, type SegmentName } from '../../shared/model/alert-lists.ts';
import type { AlertOut, TaskOut } from '../../shared/model/alert.ts';
import { stepsFor } from '../../shared/model/alert-steps.ts';
import type { Principal } from '../../shared/role.ts';
import { segmentAt } from '../../shared/rules/response-clock.ts';
import type { Alert, AlertEvent, Task } from '../picture/picture.ts';
import { isUnreadable } from '../picture/words.ts';
import { lowered, loweredRadiusM } from './lowered.ts';
import { targetsNow } from './targets-now.ts';
import type { ViewContext } from './view-context.ts';

/** Events of its history that an alert carries to every screen; the record keeps them all. */
const maxHistory = 60;

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
export function core(alert: Alert, principal: Principal, context: ViewContext): Core {
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
export function area(alert: Alert): Partial<AlertOut> {
  const { lon, lat } = alert.report;
  if (typeof lon !== 'number' || typeof lat !== 'number') return {};
  return { ...lowered(lon, lat), radiusM: loweredRadiusM, precision: 'area' };
}

export const sectorOf = (alert: Alert): { sector?: string } => (alert.sector ? { sector: alert.sector } : {});

export const ownerOf = (alert: Alert): { owner?: string } => (alert.owner ? { owner: alert.owner } : {});

export function isOwn(alert: Alert, principal: Principal): boolean {
  return alert.sector !== undefined && principal.sectors.includes(alert.sector);
}

/** Roles that may know a caller's pseudonym (contract, column "sources"). */
const knowCallers: ReadonlyArray<Principal['role']> = ['admin', 'watch', 'chief', 'liaison'];

/** Who called, by pseudonym, and what it was told. */
export function callerOf({ source, feedback, callerSafe }: Alert, { role }: Principal): Partial<AlertOut> {
  // An adviser answers callers without knowing who they are.
  if (!knowCallers.includes(role) && role !== 'adviser') return {};
  const known = source && role !== 'adviser' ? { source } : {};
  const told = feedback?.map(({ atMs, by, ...one }) => ({ ...one, at: iso(atMs), by: by.name }));
  return { ...known, ...(callerSafe ? { callerSafe } : {}), ...(told ? { feedback: told } : {}) };
}

/** Who was called, and who has answered. Analysts see it too: it is how the response went. */
export function escalationsOf({ escalations }: Alert): Pick<AlertOut, 'escalations'> {
  if (escalations.length === 0) return {};
  return {
    escalations: escalations.map(({ id, segment, level, atMs, answered }) => ({
      ...{ id, segment, level, at: iso(atMs) },
      ...(answered ? { answeredAt: iso(answered.atMs), answeredBy: answered.by.name } : {}),
    })),
  };
}

/** Whether the alert was merged into one that this principal may not know of: then its id stays behind. */
export function mergedUnseen(alert: Alert, principal: Principal, { picture }: ViewContext): boolean {
  const into = alert.mergedInto === undefined ? undefined : picture.alerts.get(alert.mergedInto);
  if (!into) return false;
  const desk = principal.role === 'admin' || principal.role === 'watch' || principal.role === 'chief';
  if (into.restricted) return !desk && principal.role !== 'adviser' && !isOwn(into, principal);
  return !desk && principal.role !== 'command' && principal.role !== 'analyst' && !isOwn(into, principal);
}

/** The report's own fields, absent ones left out. */
export function reported(
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
export function wordsOf(alert: Pick<Alert, 'report' | 'textErasedAtMs'>): Partial<AlertOut> {
  if (alert.textErasedAtMs !== undefined) return { textErasedAt: iso(alert.textErasedAtMs) };
  return isUnreadable(alert) ? { textUnreadable: true } : {};
}

export function ending(alert: Alert, hidden: boolean): Partial<AlertOut> {
  const { outcome, harm, reason, referredTo, monitorUntil, rumourId, flashSentAtMs } = alert;
  const mergedInto = hidden ? undefined : alert.mergedInto;
  const flashSentAt = flashSentAtMs === undefined ? undefined : iso(flashSentAtMs);
  const all = { outcome, harm, reason, mergedInto, referredTo, monitorUntil, rumourId, flashSentAt };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export function taskOut(task: Task): TaskOut {
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
export function prewarnedOf(
  { prewarned = [] }: Alert,
  { role, units }: Principal,
): Pick<AlertOut, 'prewarned'> {
  const isPatrol = role === 'patrol';
  const told = prewarned
    .filter(({ unit }) => !isPatrol || units.includes(unit))
    .map(({ unit, atMs, by }) => ({ unit, at: iso(atMs), ...(isPatrol ? {} : { by: by.name }) }));
  return told.length > 0 ? { prewarned: told } : {};
}

/** What happened to it, the newest last. */
export function historyOf({ history }: Alert, hidden: boolean): NonNullable<AlertOut['history']> {
  return history.slice(-maxHistory).map((event) => eventOut(event, hidden));
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
