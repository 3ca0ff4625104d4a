import { describe, expect, it } from 'vitest';
import { stateNames } from '../../../client/store/positions.ts';
import { offeredSteps, stepFields, taskFrom } from '../../../client/store/step-fields.ts';
import { isClosed, priorityOrder, staleAfterMs } from '../../../client/store/words.ts';
import { alertStates, isOpen, stepBodies, stepRules, steps } from '../../../shared/model/alert-steps.ts';
import { priorities } from '../../../shared/model/alert.ts';
import { unitStates } from '../../../shared/model/unit.ts';
import { pictureStaleAfterMs } from '../../../shared/wire/live.ts';

describe('what the pages say again of shared/model', () => {
  it('is what the model says', () => {
    expect(priorityOrder).toEqual(priorities);
    expect(stateNames).toEqual(unitStates);
    expect(alertStates.filter(isClosed)).toEqual(alertStates.filter((state) => !isOpen(state)));
    expect(staleAfterMs).toBe(pictureStaleAfterMs);
  });

  it('knows from which tasks a step leads on', () => {
    const rules = steps.flatMap((step) => {
      const from = stepRules[step].taskFrom;
      return from ? [[step, from] as const] : [];
    });
    expect(taskFrom).toEqual(Object.fromEntries(rules));
  });
});

describe('forms of the steps', () => {
  it('offer every step', () => {
    expect([...offeredSteps(steps)].sort()).toEqual([...steps].sort());
  });

  it.each(steps)('%s asks for fields that its body has, and for all it needs', (step) => {
    const shape = Object.keys(stepBodies[step].shape);
    const asked = stepFields[step].flatMap(({ name }) => (name === 'position' ? ['lon', 'lat'] : [name]));
    expect(asked.filter((name) => !shape.includes(name))).toEqual([]);
    const empty = stepBodies[step].safeParse({});
    const needed = empty.success ? [] : empty.error.issues.map(({ path }) => String(path[0]));
    expect(needed.filter((name) => !asked.includes(name))).toEqual([]);
  });
});
