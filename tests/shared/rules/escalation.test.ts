import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { priorities } from '../../../shared/model/alert-lists.ts';
import { defaultLadder, dueEscalations, type Escalatable } from '../../../shared/rules/escalation.ts';
import { defaultClockTargets } from '../../../shared/rules/response-clock.ts';

const startMs = Date.parse('2026-11-22T16:40:00Z');
const waiting: Escalatable = {
  id: 'a1',
  priority: 'P1',
  sector: 'S1',
  isRestricted: false,
  segments: [{ segment: 'acknowledge', startedAtMs: startMs }],
};
const levelsAfter = (seconds: number, alert: Escalatable = waiting): string[] =>
  dueEscalations(alert, defaultClockTargets, defaultLadder, startMs + seconds * 1000).map(
    ({ level }) => level,
  );

describe('who is called when a segment runs over', () => {
  it('is the watch, the chief, the sector and the command, one after the other', () => {
    expect(levelsAfter(60)).toEqual([]);
    expect(levelsAfter(61)).toEqual(['watch']);
    expect(levelsAfter(91)).toEqual(['watch', 'chief']);
    expect(levelsAfter(121)).toEqual(['watch', 'chief', 'sector']);
    expect(levelsAfter(181)).toEqual(['watch', 'chief', 'sector', 'command']);
  });

  it('is nobody beyond desk and adviser for a restricted record', () => {
    expect(levelsAfter(100_000, { ...waiting, isRestricted: true })).toEqual(['watch', 'chief', 'adviser']);
  });

  it('passes over the sector where there is none', () => {
    const { sector: _sector, ...nowhere } = waiting;
    expect(levelsAfter(181, nowhere)).toEqual(['watch', 'chief', 'command']);
  });

  it('is the watch alone where a caller has not been told', () => {
    const untold = { ...waiting, segments: [{ segment: 'feedback' as const, startedAtMs: startMs }] };
    expect(levelsAfter(100_000, untold)).toEqual(['watch']);
  });

  it('is nobody for a segment that ended, whenever that was, or that has no target', () => {
    const ended = { ...waiting, segments: [{ ...waiting.segments[0]!, endedAtMs: startMs + 500_000 }] };
    expect(levelsAfter(600_000, ended)).toEqual([]);
    const held = { ...waiting, segments: [{ segment: 'hold' as const, startedAtMs: startMs }] };
    expect(levelsAfter(600_000, held)).toEqual([]);
  });

  it('never takes a call back, and calls every one by the same id', () => {
    const seconds = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(fc.constantFrom(...priorities), seconds, seconds, (priority, one, other) => {
        const at = (s: number) =>
          dueEscalations({ ...waiting, priority }, defaultClockTargets, defaultLadder, startMs + s * 1000);
        const [early, late] = [at(Math.min(one, other)), at(Math.max(one, other))];
        expect(late.slice(0, early.length)).toEqual(early);
        expect(new Set(late.map(({ id }) => id)).size).toBe(late.length);
      }),
    );
  });
});
