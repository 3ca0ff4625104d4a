import type { Step } from '../../shared/model/alert-steps.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { text } from '../store/language.svelte.ts';

/** A step by which another is taken back. */
export interface Undoing {
  readonly step: Step;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * What takes a step back, where that harms nobody: a verification, and a task that no unit has answered yet. Both stay
 * in the story of the alert, as everything does. `before` is the alert as it stood when the step was taken.
 */
export function undoingOf(step: Step, body: Readonly<Record<string, unknown>>, before: AlertOut): Undoing[] {
  if (step === 'verify') {
    const { verification } = before;
    return verification === undefined || verification === body['status']
      ? []
      : [{ step, body: { status: verification } }];
  }
  if (step !== 'task' || !Array.isArray(body['units'])) return [];
  return body['units'].map((unit: unknown) => ({
    step: 'stand-down',
    body: { unit, reason: text('undo.reason') },
  }));
}

/** What of it can still be done: a unit that has answered its task is no longer taken back by a key. */
export function stillToUndo(undoing: readonly Undoing[], { allowed, tasks }: AlertOut): readonly Undoing[] {
  return undoing.filter(
    ({ step, body }) =>
      allowed.includes(step) &&
      (step !== 'stand-down' ||
        tasks.some(({ unit, state }) => unit === body['unit'] && state === 'offered')),
  );
}
