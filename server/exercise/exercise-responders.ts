import type { Step } from '../../shared/model/alert-steps.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import type { TaskState } from '../../shared/model/alert-lists.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, Picture, Task } from '../picture/picture.ts';
import { actorOf, isScripted, leaderOf } from './exercise-actors.ts';
import type { RosterUnit } from './exercise-units.ts';
import type { LonLat } from './island-plane.ts';
import { hashText } from './scenario-units.ts';
import { habitsOf } from './units-kinds.ts';

/** A step that somebody of the script takes because of what the picture shows. */
export interface Duty {
  readonly by: Principal;
  readonly alertId: string;
  readonly step: Step;
  readonly body: Readonly<Record<string, unknown>>;
  /** The unit that sets off when the step is taken. */
  readonly sends?: { readonly unit: string; readonly to: LonLat };
}

export interface UnitsUnderWay {
  hasArrived(unitId: string): boolean;
}

const engaged: readonly TaskState[] = ['accepted', 'en-route', 'on-scene', 'stabilised'];
const live: readonly TaskState[] = ['offered', ...engaged];

/**
 * What the leaders of units do about their tasks now, whoever gave them, and what the scripted desk does when its
 * own units report. So a unit that a human tasks accepts, drives there and reports as one that the script tasked.
 */
export function dutiesOf(
  picture: Picture,
  units: readonly RosterUnit[],
  under: UnitsUnderWay,
  nowMs: number,
): Duty[] {
  const open = [...picture.alerts.values()].filter(({ state }) => isOpen(state));
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const ofTasks = open.flatMap((alert) =>
    alert.tasks.flatMap((task): Duty[] => {
      const unit = byId.get(task.unit);
      const moment = unit && live.includes(task.state) ? { alert, task, unit, under, nowMs } : undefined;
      const duty = moment && dutyOf(moment, isBusyElsewhere(open, alert, task));
      return duty ? [duty] : [];
    }),
  );
  return [...ofTasks, ...open.flatMap((alert) => deskDuty(alert, nowMs) ?? [])];
}

/** Units with a task that still holds them. */
export function heldUnits(picture: Picture): Set<string> {
  const open = [...picture.alerts.values()].filter(({ state }) => isOpen(state));
  return new Set(
    open.flatMap(({ tasks }) => tasks.filter(({ state }) => engaged.includes(state)).map(({ unit }) => unit)),
  );
}

/** Where an alert is, once somebody knows. */
export function targetOf({ report: { lon, lat } }: Alert): LonLat | undefined {
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined;
}

interface Moment {
  readonly alert: Alert;
  readonly task: Task;
  readonly unit: RosterUnit;
  readonly under: UnitsUnderWay;
  readonly nowMs: number;
}

function dutyOf(moment: Moment, isBusy: boolean): Duty | undefined {
  const { alert, task, unit, under, nowMs } = moment;
  const lastsS = (nowMs - task.changedAtMs) / 1_000;
  // A leader does not see a restricted alert: the watch desk answers for it.
  const by = alert.restricted ? actorOf('watch') : leaderOf(unit);
  const take = (step: Step, more: Readonly<Record<string, unknown>> = {}): Duty => ({
    by,
    alertId: alert.id,
    step,
    body: { unit: unit.id, ...more },
  });
  const after = (least: number, most: number): boolean => lastsS >= drawn(alert, task, least, most);
  switch (task.state) {
    case 'offered':
      if (!after(5, 14)) return undefined;
      if (!habitsOf(unit.kind).responds) return take('refuse', { reason: 'other' });
      return isBusy ? take('refuse', { reason: 'other-task' }) : take('accept');
    case 'accepted': {
      const to = targetOf(alert);
      return to && after(8, 22) ? { ...take('en-route'), sends: { unit: unit.id, to } } : undefined;
    }
    case 'en-route':
      return under.hasArrived(unit.id) ? take('on-scene') : undefined;
    case 'on-scene':
      return after(80, 200) ? take('stabilise') : undefined;
    default:
      return undefined;
  }
}

function isBusyElsewhere(open: readonly Alert[], here: Alert, { unit }: Task): boolean {
  return open.some(
    ({ id, tasks }) =>
      id !== here.id && tasks.some((task) => task.unit === unit && engaged.includes(task.state)),
  );
}

const endings = [
  { outcome: 'dispersed', harm: 'prevented' },
  { outcome: 'deterred', harm: 'prevented' },
  { outcome: 'negotiated', harm: 'reduced' },
  { outcome: 'nothing-found', harm: 'unknown' },
  { outcome: 'arrived-too-late', harm: 'occurred' },
] as const;

/** The scripted desk confirms and closes what it tasked itself; what a human tasked is the human's to close. */
function deskDuty(alert: Alert, nowMs: number): Duty | undefined {
  const isOurs = alert.history.findLast(({ what }) => what === 'task')?.by;
  if (!isOurs || !isScripted(isOurs)) return undefined;
  const lastsS = (nowMs - alert.changedAtMs) / 1_000;
  const by = actorOf('watch');
  if (alert.state === 'on-scene' && alert.verification !== 'confirmed' && lastsS > 25) {
    return { by, alertId: alert.id, step: 'verify', body: { status: 'confirmed' } };
  }
  const isDue = alert.state === 'stabilised' && lastsS > 40 + (hashText(alert.id) % 60);
  const ending = endings[hashText(alert.id) % endings.length];
  return isDue && ending ? { by, alertId: alert.id, step: 'close', body: ending } : undefined;
}

/** A number between two that is always the same for a task and state: no memory is needed, and none is lost. */
function drawn({ id }: Alert, { unit, state }: Task, least: number, most: number): number {
  return least + ((hashText(`${id} ${unit} ${state}`) % 1_000) / 1_000) * (most - least);
}
