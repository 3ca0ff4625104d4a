import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackHorizonMs, Tracks } from '../../../server/picture/tracks.ts';
import { atStartMs, fix } from '../../support/entries.ts';

const at = atStartMs;

describe('tracks', () => {
  it('keeps any order of arrival sorted by time, each fix once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), (seconds) => {
        const tracks = new Tracks();
        const verdicts = seconds.map((second) =>
          tracks.insert(fix('u', at + second * 1_000, { lon: second }), at),
        );
        const wanted = [...new Set(seconds)].sort((a, b) => a - b);
        expect(tracks.between('u', 0, Infinity).map(({ lon }) => lon)).toEqual(wanted);
        expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(wanted.length);
      }),
    );
  });

  it('tells devices apart at the same time', () => {
    const tracks = new Tracks();
    expect(tracks.insert(fix('u', at, { device: 'a' }), at)).toBe('accepted');
    expect(tracks.insert(fix('u', at, { device: 'b', lon: 1 }), at)).toBe('accepted');
    expect(tracks.insert(fix('u', at, { device: 'b', lon: 2 }), at)).toBe('conflict');
    expect(tracks.look(fix('u', at, { device: 'a' }))).toBe('duplicate');
    expect(tracks.look(fix('u', at, { device: 'c' }))).toBe('accepted');
  });

  it('answers the newest point not after a time, and a stretch between two', () => {
    const tracks = new Tracks();
    for (const second of [0, 10, 20]) tracks.insert(fix('u', at + second * 1_000, { lon: second }), at);
    expect(tracks.lastBefore('u', at + 15_000)?.lon).toBe(10);
    expect(tracks.lastBefore('u', at - 1)).toBeUndefined();
    expect(tracks.between('u', at + 10_000, at + 20_000).map(({ lon }) => lon)).toEqual([10, 20]);
    expect(tracks.between('nobody', 0, Infinity)).toEqual([]);
  });

  it('forgets what is beyond the horizon, and takes what comes from beyond it without indexing', () => {
    const tracks = new Tracks();
    for (let second = 0; second < 1_000; second++) tracks.insert(fix('u', at + second * 1_000), at);
    const laterMs = at + trackHorizonMs + 900_000;
    expect(tracks.insert(fix('u', at), laterMs)).toBe('accepted');
    tracks.insert(fix('u', laterMs), laterMs);
    expect(tracks.fixes).toBeLessThan(200);
  });

  it('comes back from its columns as it was', () => {
    const tracks = new Tracks();
    for (let second = 0; second < 100; second++) {
      tracks.insert(
        fix(`u${second % 7}`, at + second * 1_000, { speedMps: second / 10, courseDeg: second }),
        at,
      );
    }
    const back = Tracks.fromColumns(structuredClone(tracks.toColumns()));
    for (let unit = 0; unit < 7; unit++)
      expect(back.between(`u${unit}`, 0, Infinity)).toEqual(tracks.between(`u${unit}`, 0, Infinity));
    expect(back.insert(fix('u0', at, { speedMps: 0, courseDeg: 0 }), at)).toBe('duplicate');
    expect(back.insert(fix('u0', at, { speedMps: 1, courseDeg: 0 }), at)).toBe('conflict');
  });
});
