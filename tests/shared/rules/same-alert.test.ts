import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorities } from '../../../shared/model/alert-lists.ts';
import { openStates } from '../../../shared/model/alert-steps.ts';
import { goesOn, suggestedInfoGrade } from '../../../shared/rules/same-alert.ts';

const grades = fc.array(
  fc.record({ sourceGrade: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', undefined) }),
  {
    maxLength: 6,
  },
);

describe('the suggested information grade', () => {
  it('is given for several callers only, is better than the one in force, and never worse for one caller more', () => {
    fc.assert(
      fc.property(
        grades,
        fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
        (callers, inForce) => {
          const grade = suggestedInfoGrade(inForce, callers);
          if (callers.length < 2) expect(grade).toBeUndefined();
          if (grade !== undefined) expect(grade).toBeLessThan(inForce ?? 6);
          const more = suggestedInfoGrade(6, [...callers, { sourceGrade: 'F' }]);
          expect(more ?? 6).toBeLessThanOrEqual(suggestedInfoGrade(6, callers) ?? 6);
        },
      ),
    );
  });

  it.each([
    ['FF', 3],
    ['FC', 2],
    ['FFF', 2],
    ['FAB', 1],
    ['AB', 2],
  ] as const)('of callers %s is %d', (callers, grade) => {
    expect(
      suggestedInfoGrade(
        6,
        [...callers].map((sourceGrade) => ({ sourceGrade })),
      ),
    ).toBe(grade);
  });
});

describe('which of two alerts goes on', () => {
  const alert = fc.record({
    id: fc.uuid(),
    state: fc.constantFrom(...openStates),
    priority: fc.constantFrom(...priorities),
    receivedAt: fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(1e12) })
      .map((date) => date.toISOString()),
  });

  it('does not depend on which is looked at, and loses no task', () => {
    fc.assert(
      fc.property(alert, alert, (a, b) => {
        const kept = goesOn(a, b);
        expect(kept).toBe(goesOn(b, a));
        const other = kept === a ? b : a;
        const hasTask = (state: string) =>
          ['tasked', 'accepted', 'en-route', 'on-scene', 'stabilised'].includes(state);
        if (hasTask(other.state)) expect(hasTask(kept.state)).toBe(true);
      }),
    );
  });
});
