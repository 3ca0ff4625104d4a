import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fix } from '../../../shared/model/position.ts';
import { trackHorizonMs, Tracks, type FixVerdict } from '../../../server/picture/tracks.ts';
import { columnsOf } from '../../support/columns.ts';
import { atStartMs, fix } from '../../support/entries.ts';

const at = atStartMs;

/** Units u0, u1, … in slots 0, 1, …; any other in slot 0. */
const ownerOf = (unit: string) => ({ id: unit, slot: Number(/\d+$/.exec(unit)?.[0] ?? 0) });
const insert = (tracks: Tracks, given: Fix, nowMs: number): FixVerdict =>
  tracks.insert(ownerOf(given.unit), columnsOf(given), 0, given.device, nowMs);
const look = (tracks: Tracks, given: Fix): FixVerdict =>
  tracks.look(ownerOf(given.unit).slot, columnsOf(given), 0, given.device);

describe('tracks', () => {
  it('keeps any order of arrival sorted by time, each fix once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 1_500 }), (seconds) => {
        const tracks = new Tracks();
        const verdicts = seconds.map((second) =>
          insert(tracks, fix('u', at + second * 1_000, { lon: second / 100 }), at),
        );
        const wanted = [...new Set(seconds)].sort((a, b) => a - b);
        expect(tracks.between('u', 0, Infinity).map(({ lon }) => lon)).toEqual(
          wanted.map((second) => second / 100),
        );
        expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(wanted.length);
        for (const second of [0, 500, 1_000, 2_001]) {
          const newest = wanted.filter((each) => each <= second).at(-1);
          expect(tracks.lastBefore('u', at + second * 1_000)?.lon).toBe(newest && newest / 100);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes a long backlog in reverse, and in between what is new', () => {
    const tracks = new Tracks();
    const day = 3_000;
    for (let second = day; second > 0; second--) {
      expect(insert(tracks, fix('u', at + second * 1_000), at)).toBe('accepted');
      expect(insert(tracks, fix('u', at + (2 * day - second) * 1_000 + 500), at)).toBe('accepted');
    }
    const times = tracks.between('u', 0, Infinity).map(({ timeMs }) => timeMs);
    expect(times).toHaveLength(2 * day);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('tells devices apart at the same time, of any number of them', () => {
    const tracks = new Tracks();
    expect(insert(tracks, fix('u', at, { device: 'a' }), at)).toBe('accepted');
    expect(insert(tracks, fix('u', at, { device: 'b', lon: 1 }), at)).toBe('accepted');
    expect(insert(tracks, fix('u', at, { device: 'b', lon: 2 }), at)).toBe('conflict');
    expect(look(tracks, fix('u', at, { device: 'a' }))).toBe('duplicate');
    expect(look(tracks, fix('u', at, { device: 'c' }))).toBe('accepted');
    for (let number = 0; number < 30; number++)
      expect(insert(tracks, fix('u', at, { device: `d${number}` }), at)).toBe('accepted');
    // The 33rd and all after it are one device together.
    expect(insert(tracks, fix('u', at, { device: 'one more' }), at)).toBe('accepted');
    expect(insert(tracks, fix('u', at, { device: 'and another', lon: 3 }), at)).toBe('conflict');
  });

  it('calls two fixes the same only when all they say is the same', () => {
    const whole = { courseDeg: 10, speedMps: 700, altitudeM: 100, accuracyM: 5, batteryPct: 50 };
    const tracks = new Tracks();
    insert(tracks, fix('u', at, whole), at);
    expect(look(tracks, fix('u', at, whole))).toBe('duplicate');
    for (const name of Object.keys(whole) as Array<keyof typeof whole>) {
      expect(look(tracks, fix('u', at, { ...whole, [name]: whole[name] + 0.1 })), name).toBe('conflict');
      expect(look(tracks, fix('u', at, { ...whole, [name]: undefined })), name).toBe('conflict');
    }
  });

  it('answers the newest point not after a time, and a stretch between two', () => {
    const tracks = new Tracks();
    for (const second of [0, 10, 20]) insert(tracks, fix('u', at + second * 1_000, { lon: second }), at);
    expect(tracks.lastBefore('u', at + 15_000)?.lon).toBe(10);
    expect(tracks.lastBefore('u', at - 1)).toBeUndefined();
    expect(tracks.between('u', at + 10_000, at + 20_000).map(({ lon }) => lon)).toEqual([10, 20]);
    expect(tracks.between('nobody', 0, Infinity)).toEqual([]);
  });

  it('keeps times before 1970 and far from now', () => {
    const tracks = new Tracks();
    const times = [-6e13, -5_000_000_000, -1, 0, 1, 2 ** 32, 2.5e14];
    for (const timeMs of times.toReversed()) insert(tracks, fix('u', timeMs), -1e14);
    expect(tracks.between('u', -Infinity, Infinity).map(({ timeMs }) => timeMs)).toEqual(times);
  });

  it('forgets what is beyond the horizon, and takes what comes from beyond it without indexing', () => {
    const tracks = new Tracks();
    const laterMs = at + trackHorizonMs + 900_000_000;
    for (let second = 0; second < 1_000; second++) insert(tracks, fix('u0', at + second * 1_000), at);
    expect(insert(tracks, fix('u0', at), laterMs)).toBe('accepted');
    expect(tracks.fixes).toBe(1_000);
    const many = columnsOf(...Array.from({ length: 101_000 }, (_, n) => fix('u1', laterMs + n)));
    for (let n = 0; n < 101_000; n++) tracks.insert(ownerOf('u1'), many, n, 'd1', laterMs);
    expect(tracks.between('u0', 0, Infinity).length).toBeLessThan(256);
    expect(tracks.between('u1', 0, Infinity)).toHaveLength(101_000);
  });

  it('forgets the track of a unit that was removed', () => {
    const tracks = new Tracks();
    insert(tracks, fix('u0', at), at);
    tracks.delete({ id: 'u0', slot: 0 });
    expect(tracks.fixes).toBe(0);
    expect(insert(tracks, fix('u0', at), at)).toBe('accepted');
  });

  it('comes back from its packed form as it was', () => {
    const tracks = new Tracks();
    for (let second = 0; second < 2_000; second++) {
      const more = { speedMps: (second % 500) / 10, courseDeg: second % 360 };
      insert(tracks, fix(`u${second % 7}`, at + second * 1_000, more), at);
    }
    const back = new Tracks();
    for (let slot = 0; slot < 7; slot++) {
      const packed = tracks.pack(slot);
      if (packed) back.take({ id: `u${slot}`, slot }, structuredClone(packed));
    }
    expect(back.fixes).toBe(2_000);
    expect(back.pack(1)).toEqual(tracks.pack(1));
    expect(back.pack(9)).toBeUndefined();
    for (let slot = 0; slot < 7; slot++)
      expect(back.between(`u${slot}`, 0, Infinity)).toEqual(tracks.between(`u${slot}`, 0, Infinity));
    expect(insert(back, fix('u0', at, { speedMps: 0, courseDeg: 0 }), at)).toBe('duplicate');
    expect(insert(back, fix('u0', at, { speedMps: 1, courseDeg: 0 }), at)).toBe('conflict');
    expect(insert(back, fix('u0', at + 9_000_000, {}), at)).toBe('accepted');
    expect(back.fixes).toBe(2_001);
  });
});
