import { describe, expect, it } from 'vitest';
import { offeredSteps, stepFields } from '../../../client/store/step-fields.ts';
import { steps } from '../../../shared/model/alert-steps.ts';
import { stepBodies } from '../../../shared/model/step-bodies.ts';

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
