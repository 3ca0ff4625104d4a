import type { SegmentName, TaskState } from '../../shared/model/alert-lists.ts';
import {
  isOpen,
  roleMayStep,
  stepAllowed,
  stepsFrom,
  type AlertState,
} from '../../shared/model/alert-steps.ts';
import type { AlertStepBody, Author } from '../../shared/model/entry.ts';
import { alertChanged, alertUnknown, withChangeId } from './fold-alert.ts';
import { withoutPrewarned } from './fold-prewarning.ts';
import type { EntryPlace, Alert, Folded, Picture, Task } from './picture.ts';
import { lastDeed } from './last-deed.ts';
import { endAll, endSegments, startSegment } from './segments.ts';

/** A step on its way through the fold: the entry's body with what surrounds it. */
interface Taking {
  readonly picture: Picture;
  readonly body: AlertStepBody;
  readonly author: Author;
  readonly place: EntryPlace;
}

/**
 * Takes one step of an alert, or refuses it with the steps allowed now. Two people at once: the first in the order
 * of the record wins, the other is refused and told the state.
 */
export function foldStep(picture: Picture, body: AlertStepBody, author: Author, place: EntryPlace): Folded {
  const alert = picture.alerts.get(body.alertId);
  if (!alert) return alertUnknown(body.alertId);
  if (body.changeId !== undefined && alert.changeIds.includes(body.changeId)) {
    return { verdict: { kind: 'nothing-new', id: alert.id }, changes: [] };
  }
  const refused = refusal(picture, alert, body, author);
  if (refused) return refused;
  const taken = referred(take(alert, { picture, body, author, place }), body, author, place.atMs);
  picture.alerts.set(alert.id, {
    ...taken,
    changedAtMs: place.atMs,
    history: [...alert.history, { what: body.step, atMs: place.atMs, by: author, detail: body.body }],
    changeIds: withChangeId(alert, body.changeId),
    changedSeq: place.seq,
  });
  return alertChanged(alert.id);
}

function refusal(picture: Picture, alert: Alert, body: AlertStepBody, author: Author): Folded | undefined {
  const unit = 'unit' in body.body ? body.body.unit : undefined;
  const details = { state: alert.state, allowed: stepsFrom(alert), ...lastDeed(alert, author.role) };
  const refuse = (
    code: 'step-not-allowed' | 'role-not-allowed' | 'unit-unknown' | 'not-found',
    message: string,
    field?: string,
  ): Folded => ({
    verdict: { kind: 'refused', code, message, ...(field ? { field } : {}), details },
    changes: [],
  });

  if (!stepAllowed(alert, body.step, unit)) {
    const what =
      unit === undefined ? `an alert that is ${alert.state}` : `${unit} on an alert that is ${alert.state}`;
    return refuse('step-not-allowed', `${body.step} is not possible for ${what}`);
  }
  if (!roleMayStep(author.role, body.step, alert.priority)) {
    return refuse('role-not-allowed', `${author.role} may not ${body.step} a ${alert.priority} alert`);
  }
  if ('units' in body.body) {
    const unknown = body.body.units.find((id) => !picture.units.has(id));
    if (unknown !== undefined) return refuse('unit-unknown', `there is no unit ${unknown}`, 'units');
  }
  if ('into' in body.body) {
    const into = picture.alerts.get(body.body.into);
    if (!into || into.id === alert.id || !isOpen(into.state)) {
      return refuse('not-found', `there is no other open alert ${body.body.into} to merge into`, 'into');
    }
  }
  return undefined;
}

/** What each step does to the alert. Whether it may be taken has been decided. */
function take(alert: Alert, taking: Taking): Alert {
  const { body, author, place } = taking;
  const atMs = place.atMs;
  switch (body.step) {
    case 'acknowledge':
      return acknowledged(alert, author, atMs);
    case 'triage':
      return triaged(alert, taking);
    case 'verify':
      return 'status' in body.body ? { ...alert, verification: body.body.status } : alert;
    case 'task':
      return tasked(alert, taking);
    case 'accept':
      return withTask(alert, body, 'accepted', atMs);
    case 'refuse':
      return withTask(alert, body, 'refused', atMs);
    case 'en-route':
      return withTask(alert, body, 'en-route', atMs);
    case 'on-scene':
      return withTask(alert, body, 'on-scene', atMs);
    case 'stabilise':
      return withTask(alert, body, 'stabilised', atMs);
    case 'stand-down':
      return withTask(alert, body, 'stood-down', atMs);
    case 'monitor':
      return {
        ...alert,
        state: 'monitoring',
        ...('until' in body.body ? { monitorUntil: body.body.until } : {}),
      };
    case 'refer':
      return {
        ...alert,
        state: 'referred',
        segments: endSegments(alert.segments, ['triage', 'decide'], atMs),
        ...('to' in body.body ? { referredTo: body.body.to } : {}),
      };
    default:
      return finished(alert, taking);
  }
}

/** A restricted record has reached an adviser when it was referred to one, or one has taken a step on it. */
function referred(alert: Alert, { body }: AlertStepBody, author: Author, atMs: number): Alert {
  const reached = author.role === 'adviser' || ('to' in body && body.to === 'adviser');
  return reached ? { ...alert, segments: endSegments(alert.segments, ['referral'], atMs) } : alert;
}

function acknowledged(alert: Alert, author: Author, atMs: number): Alert {
  if (alert.state !== 'received') return alert;
  const ended = endSegments(alert.segments, ['acknowledge'], atMs);
  const started = startSegment(ended, 'triage', atMs);
  return {
    ...alert,
    state: 'acknowledged',
    owner: author.name,
    segments: reported(started, alert, atMs),
  };
}

function triaged(alert: Alert, { body, author, place }: Taking): Alert {
  const first = acknowledged(alert, author, place.atMs);
  if (!('priority' in body.body)) return first;
  const { priority, lon, lat, placeId } = body.body;
  const placed = lon !== undefined && lon !== null ? { lon, lat, precision: 'exact' as const } : {};
  const ended = endSegments(first.segments, ['triage'], place.atMs);
  return {
    ...first,
    state: 'triaged',
    priority,
    report: { ...first.report, ...placed, ...(placeId ? { placeId } : {}) },
    ...(body.facts.sector ? { sector: body.facts.sector } : {}),
    segments: startSegment(reported(ended, { ...first, priority }, place.atMs), 'decide', place.atMs),
  };
}

/**
 * A flash report is due for every P1, from the moment it is known to be one; of a restricted record there is none:
 * the adviser reports it in a channel of its own.
 */
function reported(
  runs: Alert['segments'],
  { priority, restricted }: Pick<Alert, 'priority' | 'restricted'>,
  atMs: number,
): Alert['segments'] {
  const isDue = priority === 'P1' && !restricted && !runs.some(({ segment }) => segment === 'report');
  return isDue ? startSegment(runs, 'report', atMs) : runs;
}

function tasked(alert: Alert, { body, author, place }: Taking): Alert {
  const first = acknowledged(alert, author, place.atMs);
  if (!('units' in body.body)) return first;
  const { units, order } = body.body;
  const live = new Set(first.tasks.filter(isLive).map((task) => task.unit));
  const offered: Task[] = [...new Set(units)]
    .filter((unit) => !live.has(unit))
    .map((unit) => ({
      unit,
      state: 'offered',
      offeredAtMs: place.atMs,
      changedAtMs: place.atMs,
      ...(order ? { order } : {}),
    }));
  const kept = first.tasks.filter((task) => isLive(task) || !offered.some(({ unit }) => unit === task.unit));
  const ended = endSegments(first.segments, ['triage', 'decide'], place.atMs);
  const told = withoutPrewarned(first, units);
  return settle({ ...told, tasks: [...kept, ...offered], segments: ended }, place.atMs);
}

function withTask(alert: Alert, body: AlertStepBody, state: TaskState, atMs: number): Alert {
  const { unit, reason } = { reason: undefined, unit: '', ...body.body } as { unit: string; reason?: string };
  const from = alert.tasks.findLastIndex((task) => task.unit === unit && isLive(task));
  const tasks = alert.tasks.map((task, index) =>
    index === from ? { ...onItsWay(task), state, changedAtMs: atMs, ...(reason ? { reason } : {}) } : task,
  );
  const isOff = tasks.some(({ offWay }) => offWay !== undefined);
  const segments = isOff ? alert.segments : endSegments(alert.segments, ['diversion'], atMs);
  return settle({ ...alert, tasks, segments }, atMs);
}

/** What was found on the way says nothing of what comes after it. */
function onItsWay({ offWay: _offWay, seemsThereAtMs: _seemsThereAtMs, ...task }: Task): Task {
  return task;
}

const progress: readonly TaskState[] = ['offered', 'accepted', 'en-route', 'on-scene', 'stabilised'];
const stateOfTask: Partial<Record<TaskState, AlertState>> = {
  offered: 'tasked',
  accepted: 'accepted',
  'en-route': 'en-route',
  'on-scene': 'on-scene',
  stabilised: 'stabilised',
};

function isLive(task: Task): boolean {
  return progress.includes(task.state);
}

/** The alert's state is that of its furthest live task; back to triaged when none is live. Clocks follow. */
function settle(alert: Alert, atMs: number): Alert {
  const furthest = Math.max(-1, ...alert.tasks.map((task) => progress.indexOf(task.state)));
  const state = stateOfTask[progress[furthest] ?? 'refused'] ?? 'triaged';
  if (state === alert.state) return alert;
  return { ...alert, state, segments: segmentsFor(alert, state, atMs) };
}

const running: Partial<Record<AlertState, SegmentName>> = {
  triaged: 'decide',
  tasked: 'turnout',
  accepted: 'turnout',
  'en-route': 'travel',
  'on-scene': 'hold',
};

function segmentsFor(alert: Alert, state: AlertState, atMs: number): Alert['segments'] {
  const wanted = running[state];
  const others = (['decide', 'turnout', 'travel', 'hold'] as const).filter((segment) => segment !== wanted);
  const ended = endSegments(alert.segments, others, atMs);
  return wanted ? startSegment(ended, wanted, atMs) : ended;
}

/** The steps that end an alert, report it, or open it again. */
function finished(before: Alert, { body, place }: Taking): Alert {
  const alert = withoutPrewarned(before);
  const atMs = place.atMs;
  const details = body.body;
  const tasks = alert.tasks.map((task) =>
    isLive(task) ? { ...onItsWay(task), state: 'released' as const, changedAtMs: atMs } : task,
  );
  const ended = endAll(alert.segments, atMs, ['report', 'referral', 'feedback']);
  const reason = 'reason' in details ? { reason: details.reason } : {};
  switch (body.step) {
    case 'merge':
      return {
        ...alert,
        state: 'merged',
        tasks,
        segments: endAll(alert.segments, atMs),
        ...('into' in details ? { mergedInto: details.into } : {}),
      };
    case 'no-response':
      return { ...alert, state: 'no-response', tasks, segments: ended, ...reason };
    case 'close':
      return 'outcome' in details
        ? { ...alert, state: 'closed', tasks, segments: ended, outcome: details.outcome, harm: details.harm }
        : alert;
    case 'false':
      return {
        ...alert,
        state: 'false',
        tasks,
        segments: endAll(alert.segments, atMs, ['referral']),
        ...reason,
      };
    case 'report':
      return { ...alert, state: 'reported', segments: endSegments(alert.segments, ['report'], atMs) };
    case 'reopen': {
      const { outcome: _outcome, harm: _harm, reason: _reason, mergedInto: _mergedInto, ...open } = alert;
      return { ...open, state: 'triaged', segments: startSegment(alert.segments, 'decide', atMs) };
    }
    default:
      return alert;
  }
}
