import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PhoneFix } from '../../../client/net/phone-fix.ts';
import type { NoPosition, OwnPosition, PhonePosition } from '../../../client/store/own-position.ts';
import { Reporting } from '../../../client/store/reporting.svelte.ts';

const startMs = Date.parse('2026-11-22T16:40:00.000Z');

/** A reporting of a phone whose sensor, clock and owner are the test. */
function setUp({ missing, aheadMs = 0 }: { missing?: OwnPosition['missing']; aheadMs?: number } = {}) {
  const added: PhoneFix[] = [];
  const remembered: (string | undefined)[] = [];
  let took: ((position: PhonePosition) => void) | undefined;
  let failed: ((why: NoPosition) => void) | undefined;
  let asked = 0;
  let awake = 0;
  const position: OwnPosition = {
    missing,
    watch(take, fail) {
      [took, failed] = [take, fail];
      return () => (took = failed = undefined);
    },
    ask: () => void (asked += 1),
  };
  const reporting = new Reporting({
    outbox: { add: (fix) => (added.push(fix), Promise.resolve()) },
    position,
    reportEveryS: () => 30,
    wallMs: Date.now,
    aheadMs: () => aheadMs,
    keepAwake: () => ((awake += 1), () => void (awake -= 1)),
    remember: (unit) => remembered.push(unit),
  });
  const tell = (longitude: number, timestamp = Date.now(), more = {}) =>
    took?.({
      timestamp,
      coords: {
        longitude,
        latitude: 1.5,
        accuracy: 8,
        altitude: null,
        heading: NaN,
        speed: null,
        ...more,
      },
    });
  const says = { asked: () => asked, awake: () => awake, isWatching: () => took !== undefined };
  return { reporting, added, remembered, tell, fail: (why: NoPosition) => failed?.(why), ...says };
}

beforeEach(() => void vi.useFakeTimers({ now: startMs }));
afterEach(() => void vi.useRealTimers());

describe('Reporting', () => {
  it('reports as often as the unit is asked to, and at once after 200 m', () => {
    const { reporting, added, tell } = setUp();
    reporting.start('LRP4');
    expect(reporting.state).toBe('asking');
    // Every second, 10 m further each time.
    for (let s = 0; s <= 60; s++) {
      tell(29.5 + (s * 10) / 111_195);
      vi.advanceTimersByTime(1_000);
    }
    const atS = added.map(({ timeMs }) => (timeMs - startMs) / 1_000);
    expect(atS).toEqual([0, 21, 42]);
    expect(added[0]).toEqual({ unit: 'LRP4', timeMs: startMs, lon: 29.5, lat: 1.5, accuracyM: 8 });
    expect(reporting).toMatchObject({ state: 'on', heard: { accuracyM: 8 } });
  });

  it('asks a phone that lies still, so that its unit does not age', () => {
    const { reporting, added, tell, asked } = setUp();
    reporting.start('LRP4');
    tell(29.5);
    for (const _ of [1, 2, 3]) {
      vi.advanceTimersByTime(30_000);
      tell(29.5);
    }
    expect(asked()).toBe(3);
    expect(added).toHaveLength(4);
    reporting.stop();
    vi.advanceTimersByTime(300_000);
    expect(asked()).toBe(3);
  });

  it('tells times by the server, whatever the clock of the phone says', () => {
    const hourMs = 3_600_000;
    const { reporting, added, tell } = setUp({ aheadMs: hourMs });
    reporting.start('LRP4');
    tell(29.5, startMs - 2_000);
    // A satellite's clock, an hour ahead of the phone's.
    tell(29.6, startMs + hourMs);
    expect(added.map(({ timeMs }) => timeMs - startMs)).toEqual([hourMs - 2_000, hourMs]);
  });

  it('goes on where the page was reporting, until it is switched off', () => {
    const { reporting, remembered, awake, isWatching } = setUp();
    reporting.start('LRP4');
    expect(remembered.at(-1)).toBe('LRP4');
    expect(awake()).toBe(1);
    reporting.pause();
    expect(remembered.at(-1)).toBe('LRP4');
    expect(awake()).toBe(0);
    reporting.start('LRP4');
    reporting.stop();
    expect(remembered.at(-1)).toBeUndefined();
    expect(isWatching()).toBe(false);
    expect(reporting.state).toBe('off');
  });

  it('says why it cannot', () => {
    for (const missing of ['insecure', 'unsupported'] as const) {
      const { reporting, isWatching } = setUp({ missing });
      reporting.start('LRP4');
      expect(reporting).toMatchObject({ state: 'refused', reason: missing });
      expect(isWatching()).toBe(false);
    }
    const { reporting, fail, tell, isWatching, awake } = setUp();
    reporting.start('LRP4');
    fail('unavailable');
    expect(reporting).toMatchObject({ state: 'on', isLost: true });
    tell(29.5);
    expect(reporting.isLost).toBe(false);
    fail('denied');
    expect(reporting).toMatchObject({ state: 'refused', reason: 'denied' });
    expect([isWatching(), awake()]).toEqual([false, 0]);
    reporting.start('LRP4');
    expect(reporting.reason).toBeUndefined();
  });
});
