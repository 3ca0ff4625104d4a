import { stepRules, type Step } from '../../shared/model/alert-steps.ts';
import type { TaskOut } from '../../shared/model/alert.ts';
import { namesUnder, type MessageKey } from '../../shared/messages/text.ts';
import { priorities } from '../../shared/model/alert-lists.ts';
/** What a step asks for before it can be taken. `names` is the prefix of the options' texts. */
export type StepField =
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: MessageKey;
      readonly options: readonly Option[];
    }
  | { readonly kind: 'text'; readonly name: string; readonly label: MessageKey; readonly optional?: true }
  | { readonly kind: 'task'; readonly name: 'unit'; readonly label: MessageKey }
  | { readonly kind: 'units'; readonly name: 'units'; readonly label: MessageKey }
  | { readonly kind: 'alert'; readonly name: 'into'; readonly label: MessageKey }
  | { readonly kind: 'until'; readonly name: 'until'; readonly label: MessageKey }
  | { readonly kind: 'position'; readonly name: 'position'; readonly label: MessageKey };

interface Option {
  readonly value: string;
  /** Key of the option's text; a priority is its own text. */
  readonly label?: MessageKey;
}

type Named = 'verification' | 'refusal' | 'referral' | 'noResponse' | 'outcome' | 'harm';

function choice(name: string, label: MessageKey, prefix: Named): StepField {
  // Names come out of the catalogue under this prefix, so the key put together again is one of its keys.
  const options = namesUnder(prefix).map((value) => ({ value, label: `${prefix}.${value}` as MessageKey }));
  return { kind: 'choice', name, label, options };
}

const unit: StepField = { kind: 'task', name: 'unit', label: 'form.unit' };
const reason: StepField = { kind: 'text', name: 'reason', label: 'form.reason' };

/** The fields of every step; a step without any is taken by the button itself. */
export const stepFields: Readonly<Record<Step, readonly StepField[]>> = {
  acknowledge: [],
  triage: [
    {
      kind: 'choice',
      name: 'priority',
      label: 'form.priority',
      options: priorities.map((value) => ({ value })),
    },
    { kind: 'position', name: 'position', label: 'form.move' },
  ],
  verify: [choice('status', 'form.status', 'verification')],
  task: [
    { kind: 'units', name: 'units', label: 'form.units' },
    { kind: 'text', name: 'order', label: 'form.order', optional: true },
  ],
  accept: [unit],
  refuse: [unit, choice('reason', 'form.reason', 'refusal')],
  'en-route': [unit],
  'on-scene': [unit],
  stabilise: [unit],
  'stand-down': [unit, reason],
  monitor: [{ kind: 'until', name: 'until', label: 'form.until' }],
  refer: [choice('to', 'form.to', 'referral')],
  merge: [{ kind: 'alert', name: 'into', label: 'form.into' }],
  'no-response': [choice('reason', 'form.reason', 'noResponse')],
  close: [choice('outcome', 'form.outcome', 'outcome'), choice('harm', 'form.harm', 'harm')],
  false: [reason],
  report: [],
  reopen: [reason],
};

/** The tasks of an alert that a step of one task can move on. */
export function tasksFor(step: Step, tasks: readonly TaskOut[]): readonly TaskOut[] {
  return tasks.filter(({ state }) => stepRules[step].taskFrom?.includes(state));
}

/** Keys on the keyboard for the steps a watch officer takes most. */
export const stepKeys: Readonly<Partial<Record<Step, string>>> = {
  acknowledge: 'A',
  triage: 'T',
  task: 'O',
  verify: 'V',
  close: 'C',
};

/** Steps in the order in which they are offered: what moves the alert on first, ways out last. */
const offered: readonly Step[] = [
  'acknowledge',
  'triage',
  'task',
  'accept',
  'en-route',
  'on-scene',
  'stabilise',
  'close',
  'verify',
  'monitor',
  'refer',
  'stand-down',
  'refuse',
  'merge',
  'no-response',
  'false',
  'report',
  'reopen',
];

export function offeredSteps(allowed: readonly Step[]): readonly Step[] {
  return offered.filter((step) => allowed.includes(step));
}
