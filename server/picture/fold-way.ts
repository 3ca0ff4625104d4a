import type { EventBody } from '../../shared/model/entry.ts';
import type { WayFinding } from '../../shared/model/way.ts';
import type { Author } from '../../shared/model/entry.ts';
import { alertChanged, alertUnknown } from './fold-alert.ts';
import type { Alert, EntryPlace, Folded, Picture, Task } from './picture.ts';
import { endSegments, startSegment } from './segments.ts';

type Body = Extract<EventBody, { kind: 'alert.way-noted' }>;

/** Travel is over its time where it takes this much of what was expected (domain.md 2.2, T5). */
const travelTolerance = 1.25;

/**
 * What was found of a unit on its way. Two leaders at a takeover find the same: a finding that says what is known
 * changes nothing, and one about a task that has gone on meanwhile is void.
 */
export function foldWayNoted(picture: Picture, body: Body, author: Author, place: EntryPlace): Folded {
  const alert = picture.alerts.get(body.alertId);
  if (!alert) return alertUnknown(body.alertId);
  const task = alert.tasks.find(
    ({ unit, offeredAtMs, state }) =>
      unit === body.unit && offeredAtMs === body.offeredAtMs && stateFor(body.finding).includes(state),
  );
  if (!task) return refused(`the task of ${body.unit} has gone on`);
  const noted = notedTask(task, body.finding, place.atMs);
  if (!noted) return { verdict: { kind: 'nothing-new', id: alert.id }, changes: [] };
  const tasks = alert.tasks.map((one) => (one === task ? noted : one));
  picture.alerts.set(alert.id, {
    ...alert,
    tasks,
    segments: segmentsAfter({ ...alert, tasks }, body.finding, place.atMs),
    history: isToldAlone(body.finding, task)
      ? [...alert.history, { what: body.finding.what, atMs: place.atMs, by: author, detail: detailOf(body) }]
      : alert.history,
    changedSeq: place.seq,
  });
  return alertChanged(alert.id, { kind: 'done', id: alert.id });
}

/** States of a task in which a finding says something. */
function stateFor(finding: WayFinding): ReadonlyArray<Task['state']> {
  if (finding.what === 'off-way' && finding.why === 'left-scene') return ['on-scene'];
  return finding.what === 'on-way' ? ['en-route', 'on-scene'] : ['en-route'];
}

/** The task after a finding; undefined where that was known. */
function notedTask(task: Task, finding: WayFinding, atMs: number): Task | undefined {
  switch (finding.what) {
    case 'expected': {
      const { etaS, distanceM, via } = finding;
      return { ...task, expected: { atMs, etaS, distanceM, via } };
    }
    case 'off-way':
      if (task.offWay?.why === finding.why) return undefined;
      return {
        ...task,
        offWay: { why: finding.why, sinceMs: task.offWay?.sinceMs ?? finding.sinceMs, atMs },
      };
    case 'on-way': {
      const { offWay, ...on } = task;
      return offWay && on;
    }
    case 'seems-there': {
      if (task.seemsThereAtMs !== undefined) return undefined;
      const { offWay: _offWay, ...on } = task;
      return { ...on, seemsThereAtMs: atMs };
    }
    case 'passed': {
      const { seemsThereAtMs, ...on } = task;
      return seemsThereAtMs === undefined ? undefined : on;
    }
  }
}

/** Travel gets its target from the first that was expected; the clock of a diversion runs while anybody is off the way. */
function segmentsAfter({ segments, tasks }: Alert, finding: WayFinding, atMs: number): Alert['segments'] {
  if (finding.what === 'expected') {
    const likelyS = finding.etaS.likely * travelTolerance;
    return segments.map((run) =>
      run.segment === 'travel' && run.endedAtMs === undefined && run.targetS === undefined
        ? { ...run, targetS: Math.round((atMs - run.startedAtMs) / 1_000 + likelyS) }
        : run,
    );
  }
  const isOff = tasks.some(({ offWay }) => offWay !== undefined);
  return isOff ? startSegment(segments, 'diversion', atMs) : endSegments(segments, ['diversion'], atMs);
}

/** What is expected stands in the history once, when the unit sets off. */
function isToldAlone(finding: WayFinding, before: Task): boolean {
  return finding.what !== 'expected' || before.expected === undefined;
}

function detailOf({ unit, finding }: Body): Readonly<Record<string, unknown>> {
  const { what: _what, ...more } = finding;
  return { unit, ...more };
}

function refused(message: string): Folded {
  return { verdict: { kind: 'refused', code: 'conflict', message, field: 'unit' }, changes: [] };
}
