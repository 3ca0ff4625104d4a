import type { SegmentName } from '../../shared/model/alert-lists.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { runningSegment } from '../../shared/rules/response-clock.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { priorities } from '../../shared/model/alert-lists.ts';
export interface QueueRow {
  readonly alert: AlertOut;
  readonly segment: SegmentName | undefined;
  /** Seconds left of the running segment's target, negative when over; undefined where it has no target. */
  readonly leftS: number | undefined;
  readonly elapsedS: number;
}
export interface Queue {
  /** What someone must decide next: acknowledge, triage or decide is running, or a unit seems not to come. Least time left first. */
  readonly decide: readonly QueueRow[];
  /** What is under way: turnout, travel, hold, report, or nothing on the clock. */
  readonly running: readonly QueueRow[];
  /** Closed, newest change first. */
  readonly closed: readonly QueueRow[];
}

const deciding: ReadonlySet<SegmentName> = new Set(['acknowledge', 'triage', 'decide', 'diversion']);

/** An alert with the clock that runs on it at a time. */
export function queueRow(alert: AlertOut, nowMs: number): QueueRow {
  // An alert may also have its report running: what must be decided is still the decision.
  const segments = alert.clock.segments;
  const decisive = segments.filter(({ segment }) => deciding.has(segment));
  const running = runningSegment(decisive, nowMs) ?? runningSegment(segments, nowMs);
  return { alert, segment: running?.segment, leftS: running?.leftS, elapsedS: running?.elapsedS ?? 0 };
}

/** The alerts in the three lists of the console, each sorted by what must be looked at first. */
export function queueOf(alerts: Iterable<AlertOut>, nowMs: number): Queue {
  const decide: QueueRow[] = [];
  const running: QueueRow[] = [];
  const closed: QueueRow[] = [];
  for (const alert of alerts) {
    const row = queueRow(alert, nowMs);
    if (!isOpen(alert.state)) closed.push(row);
    else if (row.segment !== undefined && deciding.has(row.segment)) decide.push(row);
    else running.push(row);
  }
  return {
    decide: decide.sort(byTimeLeft),
    running: running.sort(byTimeLeft),
    closed: closed.sort((a, b) => Date.parse(b.alert.changedAt) - Date.parse(a.alert.changedAt)),
  };
}

/** Open alerts of the two highest priorities, oldest first: the rows of the wall. */
export function oldestHigh(alerts: Iterable<AlertOut>, nowMs: number): QueueRow[] {
  return [...alerts]
    .filter(({ state, priority }) => isOpen(state) && (priority === 'P1' || priority === 'P2'))
    .sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt) || byId(a, b))
    .map((alert) => queueRow(alert, nowMs));
}

/** The rows of a wall: a P1 that calls is never behind older ones. */
export function wallRows(alerts: Iterable<AlertOut>, nowMs: number): QueueRow[] {
  return callingFirst(oldestHigh(alerts, nowMs));
}

/** The rows of a wall of alerts alone: a P1 that calls first, then what has least time left. */
export function boardRows(alerts: Iterable<AlertOut>, nowMs: number): QueueRow[] {
  return callingFirst(oldestHigh(alerts, nowMs).sort(byTimeLeft));
}

function callingFirst(rows: readonly QueueRow[]): QueueRow[] {
  const calls = ({ alert }: QueueRow) => isUnacknowledgedP1(alert);
  return [...rows.filter(calls), ...rows.filter((row) => !calls(row))];
}

function byTimeLeft(a: QueueRow, b: QueueRow): number {
  const left = (a.leftS ?? Infinity) - (b.leftS ?? Infinity);
  // Infinity - Infinity is NaN: two rows without a target are ordered by priority and age.
  if (!Number.isNaN(left) && left !== 0) return left;
  const rank = priorities.indexOf(a.alert.priority) - priorities.indexOf(b.alert.priority);
  return rank || Date.parse(a.alert.receivedAt) - Date.parse(b.alert.receivedAt) || byId(a.alert, b.alert);
}

function byId(a: AlertOut, b: AlertOut): number {
  return a.id < b.id ? -1 : 1;
}

/** The one state that may blink: a P1 that nobody has acknowledged. */
export function isUnacknowledgedP1({ priority, state }: Pick<AlertOut, 'priority' | 'state'>): boolean {
  return priority === 'P1' && state === 'received';
}
