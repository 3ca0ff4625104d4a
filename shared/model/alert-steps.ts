import type { Role } from '../role.ts';
import type { Priority, TaskState } from './alert-lists.ts';

export const alertStates = [
  'received',
  'acknowledged',
  'triaged',
  'tasked',
  'accepted',
  'en-route',
  'on-scene',
  'stabilised',
  'monitoring',
  'referred',
  'merged',
  'no-response',
  'closed',
  'false',
  'reported',
] as const;
export type AlertState = (typeof alertStates)[number];

/** States in which nothing more is expected of anyone. */
export const closedStates = ['merged', 'no-response', 'closed', 'false', 'reported'] as const;
export const openStates = alertStates.filter((state) => !(closedStates as readonly string[]).includes(state));

export function isOpen(state: AlertState): boolean {
  return openStates.includes(state);
}

export const refusalReasons = [
  'other-task',
  'no-access',
  'strength',
  'vehicle',
  'fuel',
  'weather',
  'night',
  'movement-restricted',
  'caveat',
  'other',
] as const;
export const noResponseReasons = [
  'no-assets',
  'no-access',
  'weather',
  'movement-restricted',
  'caveat',
  'host-forces-acting',
  'not-credible',
  'other-duty',
  'other',
] as const;
export const outcomes = [
  'deterred',
  'dispersed',
  'negotiated',
  'handed-over',
  'evacuated',
  'arrived-too-late',
  'nothing-found',
  'other',
] as const;
export const harms = ['prevented', 'reduced', 'occurred', 'unknown'] as const;
export const referralTargets = ['host-army', 'police', 'humanitarian', 'adviser', 'other'] as const;

export const steps = [
  'acknowledge',
  'triage',
  'verify',
  'task',
  'accept',
  'refuse',
  'en-route',
  'on-scene',
  'stabilise',
  'stand-down',
  'monitor',
  'refer',
  'merge',
  'no-response',
  'close',
  'false',
  'report',
  'reopen',
] as const;
export type Step = (typeof steps)[number];

export interface StepRule {
  readonly from: readonly AlertState[];
  readonly roles: readonly Role[];
  /** States from which the step is allowed for a P1 only (acknowledgment is implied). */
  readonly fromForP1?: readonly AlertState[];
  /** Roles for P1 and P2, where narrower than `roles`. */
  readonly rolesForHigh?: readonly Role[];
  /** For steps of one unit's task: the states of that task from which the step leads on. */
  readonly taskFrom?: readonly TaskState[];
}

const desk: readonly Role[] = ['watch', 'chief', 'admin'];
const deskAndSector: readonly Role[] = [...desk, 'sector'];
const responders: readonly Role[] = [...desk, 'sector', 'patrol'];
const withTasks: readonly AlertState[] = ['tasked', 'accepted', 'en-route', 'on-scene', 'stabilised'];

/**
 * How an alert moves: the transition table of the contract as data. What the step does to the alert's and its
 * tasks' states is in server/picture/fold-step.ts; whether it may be taken is decided here only.
 */
export const stepRules: Readonly<Record<Step, StepRule>> = {
  acknowledge: { from: ['received'], roles: desk },
  triage: { from: ['received', 'acknowledged'], roles: desk },
  verify: { from: openStates, roles: [...deskAndSector, 'liaison', 'adviser'] },
  task: {
    from: ['acknowledged', 'triaged', ...withTasks, 'monitoring', 'referred'],
    fromForP1: ['received'],
    roles: deskAndSector,
  },
  accept: { from: withTasks, roles: responders, taskFrom: ['offered'] },
  refuse: { from: withTasks, roles: responders, taskFrom: ['offered'] },
  'en-route': { from: withTasks, roles: responders, taskFrom: ['accepted'] },
  'on-scene': { from: withTasks, roles: responders, taskFrom: ['en-route'] },
  stabilise: { from: withTasks, roles: responders, taskFrom: ['on-scene'] },
  'stand-down': { from: withTasks, roles: deskAndSector, taskFrom: ['offered', 'accepted', 'en-route'] },
  monitor: { from: ['acknowledged', 'triaged'], roles: desk },
  refer: { from: ['acknowledged', 'triaged'], roles: desk },
  merge: { from: openStates, roles: desk },
  'no-response': {
    from: ['acknowledged', 'triaged', 'monitoring', 'referred'],
    roles: desk,
    rolesForHigh: ['chief'],
  },
  close: { from: ['triaged', 'monitoring', 'referred', 'stabilised'], roles: desk },
  false: { from: openStates, roles: ['chief'] },
  report: { from: ['merged', 'no-response', 'closed', 'false'], roles: desk },
  reopen: { from: closedStates, roles: ['chief'] },
};

interface Movable {
  readonly state: AlertState;
  readonly priority: Priority;
  readonly tasks: ReadonlyArray<{ readonly unit: string; readonly state: TaskState }>;
}

/**
 * Whether the alert's own state, and for steps of one task that task's state, allow the step now, whoever asks.
 * Without `unit` a task step is allowed when it leads on from at least one task.
 */
export function stepAllowed(alert: Movable, step: Step, unit?: string): boolean {
  const rule = stepRules[step];
  const fromHere =
    rule.from.includes(alert.state) || (alert.priority === 'P1' && !!rule.fromForP1?.includes(alert.state));
  if (!fromHere || !rule.taskFrom) return fromHere;
  return alert.tasks.some(
    (task) => (unit === undefined || task.unit === unit) && rule.taskFrom?.includes(task.state),
  );
}

/** Whether a role may take the step on an alert of this priority; "own" is asked where the alert is known. */
export function roleMayStep(role: Role, step: Step, priority: Priority): boolean {
  const rule = stepRules[step];
  const high = priority === 'P1' || priority === 'P2';
  return (high && rule.rolesForHigh ? rule.rolesForHigh : rule.roles).includes(role);
}

/** The steps that the alert allows now and the role may take. */
export function stepsFor(role: Role, alert: Movable): Step[] {
  return steps.filter((step) => stepAllowed(alert, step) && roleMayStep(role, step, alert.priority));
}

/** The steps that the alert allows now, whoever may take them. */
export function stepsFrom(alert: Movable): Step[] {
  return steps.filter((step) => stepAllowed(alert, step));
}
