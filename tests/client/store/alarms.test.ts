import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Alarms,
  budgetMs,
  leastP1Volume,
  repeatMs,
  type Alarm,
  type AlarmFacts,
  type AlarmMemory,
} from '../../../client/store/alarms.ts';
import { iconFigure, titleMark, waitingP1 } from '../../../client/store/attention.ts';
import { isInTimes, minutesOfDay } from '../../../client/store/times-of-day.ts';
import type { Priority } from '../../../shared/model/alert-lists.ts';
import type { AlertOut } from '../../../shared/model/alert.ts';
import { alert, atMs, iso } from '../things.ts';

const sound = { volume: 0.7, p2: true, desktop: false } as const;
const night = { ...sound, quietFrom: '22:00', quietTo: '06:00' };
const noon = 12 * 60;

function received(id: string, priority: Priority, agoMs = 0, given: Partial<AlertOut> = {}): AlertOut {
  return alert(id, priority, [], { receivedAt: iso(atMs - agoMs), allowed: ['acknowledge'], ...given });
}
const acknowledged = (one: AlertOut): AlertOut => ({ ...one, state: 'acknowledged' });

/** An operator whose clock, alerts and rules are the test. The first picture was empty. */
function desk(
  begins: readonly AlertOut[] = [],
  memory: AlarmMemory = { otherAtMs: undefined, silenced: [] },
) {
  let kept = memory;
  const alarms = new Alarms(memory, (now) => (kept = now));
  const at = (seconds: number, alerts: readonly AlertOut[], given: Partial<AlarmFacts> = {}): Alarm =>
    alarms.judge({
      alerts,
      nowMs: atMs + seconds * 1_000,
      sound,
      localMinutes: noon,
      canSound: true,
      isWall: false,
      ...given,
    });
  const first = at(-1, begins);
  return {
    at,
    first,
    why: () => alarms.silenced.map(({ alertId, why }) => `${alertId} ${why}`),
    kept: () => kept,
  };
}

describe('a P1', () => {
  it('sounds when it comes and every 10 s until it is acknowledged', () => {
    const { at } = desk();
    const one = received('a', 'P1');
    const heard = Array.from({ length: 31 }, (_, second) => at(second, [one]).tone?.priority);
    expect(heard.flatMap((tone, second) => (tone ? [second] : []))).toEqual([0, 10, 20, 30]);
    expect(at(41, [acknowledged(one)]).tone).toBeUndefined();
  });

  it('does not wait for the next round when another comes', () => {
    const { at } = desk();
    expect(at(0, [received('a', 'P1')]).tone).toBeDefined();
    expect(at(3, [received('a', 'P1'), received('b', 'P1')]).tone).toBeDefined();
  });

  it('sounds once for who may not acknowledge it', () => {
    const { at } = desk();
    const one = received('a', 'P1', 0, { allowed: [] });
    expect([0, 10, 60].map((second) => at(second, [one]).tone?.priority)).toEqual([
      'P1',
      undefined,
      undefined,
    ]);
  });

  it('of the first picture sounds however old it is, as long as nobody has acknowledged it', () => {
    expect(desk([received('a', 'P1', 3_600_000)]).first.tone?.priority).toBe('P1');
    expect(desk([acknowledged(received('a', 'P1', 3_600_000))]).first.tone).toBeUndefined();
  });

  it('sounds when an alert is raised to it', () => {
    const { at } = desk([received('a', 'P3', 3_600_000)]);
    expect(at(5, [received('a', 'P1', 3_600_000)]).tone?.priority).toBe('P1');
  });

  it('that could not be heard sounds the moment the browser lets it, and stands in the list', () => {
    const { at, why } = desk();
    const one = received('a', 'P1', 0, { allowed: [] });
    expect(at(0, [one], { canSound: false }).tone).toBeUndefined();
    expect(at(7, [one], { canSound: false }).tone).toBeUndefined();
    expect(why()).toEqual(['a blocked']);
    expect(at(8, [one]).tone?.priority).toBe('P1');
  });

  it('is never silenced nor too quiet, whatever the rules, the hour and what else comes', () => {
    const rules = fc.record({
      volume: fc.double({ min: 0, max: 1, noNaN: true }),
      p2: fc.boolean(),
      desktop: fc.boolean(),
      quietFrom: fc.constantFrom(undefined, '00:00', '22:00'),
      quietTo: fc.constantFrom(undefined, '06:00', '23:59'),
    });
    const others = fc.array(fc.constantFrom<Priority>('P2', 'P3', 'P4'), { maxLength: 4 });
    fc.assert(
      fc.property(
        rules,
        others,
        fc.nat(1_439),
        fc.nat(120),
        fc.nat(600),
        (given, priorities, localMinutes, came, ago) => {
          const { at } = desk();
          const facts = { sound: given, localMinutes };
          const noise = priorities.map((priority, nth) => received(`n${nth}`, priority));
          at(came, noise, facts);
          // A report that came in late is old when it comes, and no less news.
          const one = received('p1', 'P1', ago * 1_000);
          const { tone, news } = at(came + 1, [...noise, one], facts);
          expect(tone?.priority).toBe('P1');
          expect(tone?.volume).toBeGreaterThanOrEqual(leastP1Volume);
          expect(news.map(({ id }) => id)).toContain('p1');
          expect(at(came + 1 + repeatMs / 1_000, [...noise, one], facts).tone?.priority).toBe('P1');
        },
      ),
    );
  });
});

describe('what is not P1', () => {
  it('sounds once in ten minutes at most, whatever comes when; the others stand in the list with the reason', () => {
    const arrivals = fc.array(fc.record({ after: fc.nat(400), p1: fc.boolean() }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(arrivals, (list) => {
        const { at, why } = desk();
        let second = 0;
        let alerts: AlertOut[] = [];
        const heard: number[] = [];
        list.forEach(({ after, p1 }, nth) => {
          second += after + 1;
          alerts = [...alerts.map(acknowledged), received(`a${nth}`, p1 ? 'P1' : 'P2')];
          if (at(second, alerts).tone?.priority === 'P2') heard.push(second);
        });
        const gaps = heard.slice(1).map((later, nth) => later - (heard[nth] ?? 0));
        for (const gap of gaps) expect(gap * 1_000).toBeGreaterThanOrEqual(budgetMs);
        const p2 = list.filter(({ p1 }) => !p1).length;
        expect(why()).toHaveLength(p2 - heard.length);
      }),
    );
  });

  it.each([
    ['p2-off', { sound: { ...sound, p2: false } }],
    ['quiet', { sound: night, localMinutes: 3 * 60 }],
    ['volume', { sound: { ...sound, volume: 0 } }],
    ['blocked', { canSound: false }],
  ] as const)('is silent by the rule "%s" and says so', (rule, given) => {
    const { at, why } = desk();
    expect(at(0, [received('a', 'P2')], given).tone).toBeUndefined();
    expect(why()).toEqual([`a ${rule}`]);
    expect(at(1, [received('a', 'P2')]).tone).toBeUndefined();
  });

  it('is no news where it came with the first picture and is older than a minute', () => {
    const { first, why } = desk([received('old', 'P2', 90_000), received('new', 'P2', 20_000)]);
    expect(first.tone?.priority).toBe('P2');
    expect(first.news.map(({ id }) => id)).toEqual(['new']);
    expect(why()).toEqual(['old old']);
  });

  it('never sounds below P2', () => {
    const { at, why } = desk();
    expect(at(0, [received('a', 'P3'), received('b', 'P4')]).tone).toBeUndefined();
    expect(why().sort()).toEqual(['a rank', 'b rank']);
  });

  it('does not sound again after a reload, and the list is still there, once for each', () => {
    const before = desk();
    const [loud, held] = [received('a', 'P2'), received('b', 'P2')];
    expect(before.at(0, [loud]).tone?.priority).toBe('P2');
    before.at(5, [loud, held]);
    const after = desk([loud, held], JSON.parse(JSON.stringify(before.kept())) as AlarmMemory);
    expect(after.first.tone).toBeUndefined();
    expect(after.why().filter((row) => row === 'b budget')).toHaveLength(1);
  });

  it('fills a list of 200 and no more', () => {
    const { at, why } = desk();
    for (let nth = 0; nth < 300; nth++) at(nth, [received(`a${nth}`, 'P3')]);
    expect(why()).toHaveLength(200);
    expect(why()[0]).toBe('a299 rank');
  });
});

describe('a wall', () => {
  it('is silent about what is or might be restricted, P1 or not', () => {
    const { at, why } = desk();
    const hidden = received('a', 'P1', 0, { category: 'protection-incident' });
    const { tone } = at(0, [hidden, received('b', 'P2', 0, { restricted: 'child' })], { isWall: true });
    expect(tone).toBeUndefined();
    expect(why().sort()).toEqual(['a restricted', 'b restricted']);
    expect(at(1, [hidden, received('c', 'P1')], { isWall: true }).tone?.priority).toBe('P1');
  });
});

describe('quiet hours', () => {
  it.each([
    ['22:00', '06:00', 23 * 60, true],
    ['22:00', '06:00', 6 * 60 - 1, true],
    ['22:00', '06:00', 6 * 60, false],
    ['22:00', '06:00', noon, false],
    ['08:00', '09:30', 9 * 60, true],
    ['08:00', '08:00', 8 * 60, false],
    [undefined, '06:00', 60, false],
  ])('from %s to %s at %i minutes: %s', (from, to, minutes, expected) => {
    expect(isInTimes(minutes, from, to)).toBe(expected);
  });

  it('are in the mission’s time, over midnight on both sides', () => {
    const at = Date.parse('2026-11-22T23:30:00Z');
    expect([minutesOfDay(at, 'B'), minutesOfDay(at), minutesOfDay(at - 82_800_000, 'N')]).toEqual([
      90, 1_410, 1_410,
    ]);
  });
});

describe('title and mark of the page', () => {
  it('carry the P1 that wait, and nothing when none does', () => {
    const waits = [received('a', 'P1'), received('b', 'P1'), received('c', 'P2')];
    expect(waitingP1(waits)).toBe(2);
    expect(waitingP1(waits.map(acknowledged))).toBe(0);
    expect([0, 2].map(titleMark)).toEqual(['', '(2 P1) ']);
    expect([0, 1, 9, 10].map(iconFigure)).toEqual([undefined, '1', '9', '9+']);
  });
});

describe('a unit that was sent and does not come', () => {
  const since = (priority: Priority, agoS: number, given: Partial<AlertOut> = {}): AlertOut =>
    alert('a', priority, [['diversion', agoS]], { state: 'en-route', ...given });

  it('sounds once for a P1, and again when it happens again', () => {
    const { at } = desk();
    expect(at(0, [since('P1', 0)])).toMatchObject({ tone: { priority: 'P1' }, news: [{ id: 'a' }] });
    for (let second = 1; second < 40; second++) expect(at(second, [since('P1', 0)]).tone).toBeUndefined();
    expect(at(40, []).tone).toBeUndefined();
    expect(at(50, [since('P1', -50)]).tone).toBeDefined();
  });

  it('is under the rules of the operator below P1, and no news where it began long ago', () => {
    const quiet = desk();
    expect(quiet.at(0, [since('P2', 0)], { sound: { ...sound, p2: false } }).tone).toBeUndefined();
    expect(quiet.why()).toEqual(['a p2-off']);
    expect(desk([since('P2', 3_600)]).first.news).toEqual([]);
  });
});
