import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silenceAt } from '../../../shared/rules/silence.ts';

const hourMs = 3_600_000;
const times = fc.record({
  everyH: fc.integer({ min: 1, max: 1_000 }),
  sinceMs: fc.integer({ min: 0, max: 1e12 }),
  lastMs: fc.option(fc.integer({ min: 0, max: 1e12 }), { nil: undefined }),
  aheadMs: fc.integer({ min: -1e10, max: 1e10 }),
});

describe('silence', () => {
  it('begins one rhythm after the last contact, or after the first was expected where there was none, and not before', () => {
    fc.assert(
      fc.property(times, ({ everyH, sinceMs, lastMs, aheadMs }) => {
        const dueAtMs = (lastMs ?? sinceMs) + everyH * hourMs;
        const { state, dueAtMs: told, untilMs } = silenceAt({ everyH, sinceMs, lastMs }, dueAtMs + aheadMs);
        if (untilMs < Infinity) {
          expect(silenceAt({ everyH, sinceMs, lastMs }, untilMs).state).toBe(state);
          expect(silenceAt({ everyH, sinceMs, lastMs }, untilMs + 1).state).not.toBe(state);
        }
        expect(told).toBe(dueAtMs);
        expect(state === 'silent').toBe(aheadMs > 0);
      }),
    );
  });

  it('is announced: due for the last quarter of the rhythm, at most six hours', () => {
    const daily = { everyH: 24, sinceMs: 0, lastMs: undefined };
    expect(silenceAt(daily, 17.9 * hourMs).state).toBe('heard');
    expect(silenceAt(daily, 18.1 * hourMs).state).toBe('due');
    expect(silenceAt({ ...daily, everyH: 168 }, 161 * hourMs).state).toBe('heard');
    expect(silenceAt({ ...daily, everyH: 168 }, 163 * hourMs).state).toBe('due');
    expect(silenceAt({ ...daily, everyH: undefined }, 1e12)).toMatchObject({ state: 'unset' });
  });
});
