import { describe, expect, it } from 'vitest';
import { crumbsOf, trailPieces } from '../../../client/layers/trails.ts';
import { Trails } from '../../../client/store/trails.ts';
import { Units } from '../../../client/store/units.ts';
import { atMs, iso, unit } from '../things.ts';

const minuteMs = 60_000;
/** A unit that reported every minute at the given longitudes, the last one at `atMs`. */
function seen(lons: readonly number[]) {
  const units = new Units();
  units.restate(atMs);
  const trails = new Trails(1_000);
  lons.forEach((lon, step) => {
    const time = iso(atMs - (lons.length - 1 - step) * minuteMs);
    units.apply(unit('a', { lon, lat: 0, time, receivedAt: time }));
    trails.record(units);
  });
  const wish = { units, trails, past: new Map(), nowMs: atMs, colour: [90, 169, 230, 255] } as const;
  return { wish, pieces: (minutes: number) => trailPieces({ ...wish, minutes }) };
}

describe('trails', () => {
  it('go back as far as is wanted, each piece from the older fix to the newer', () => {
    const { pieces } = seen([10, 11, 12, 13]);
    const { length, from, to } = pieces(2);
    expect(length).toBe(2);
    expect([from[0], to[0]]).toEqual([12, 13]);
    expect([from[2], to[2]]).toEqual([11, 12]);
    expect(pieces(0).length).toBe(0);
  });

  it('fade with age', () => {
    const { colours } = seen([10, 11, 12, 13]).pieces(10);
    const alphas = [3, 7, 11].map((at) => colours[at] ?? 0);
    expect(alphas).toEqual([...alphas].sort((a, b) => b - a));
    expect(new Set(alphas).size).toBe(3);
  });

  it('go on with what the server kept from before the page was opened', () => {
    const { wish } = seen([12, 13]);
    const track = {
      unit: 'a',
      lonLat: Float64Array.of(10, 0, 11, 0, 12, 0),
      timesMs: Float64Array.of(atMs - 3 * minuteMs, atMs - 2 * minuteMs, atMs - minuteMs),
    };
    const { length, from } = trailPieces({ ...wish, past: new Map([['a', track]]), minutes: 10 });
    expect(length).toBe(3);
    expect([...from].filter((_, at) => at % 2 === 0)).toEqual([12, 11, 10]);
  });

  it('leave a hole where nobody knows what was between, and at the antimeridian', () => {
    const { wish } = seen([13]);
    const track = {
      unit: 'a',
      lonLat: Float64Array.of(10, 0, 11, 0),
      timesMs: Float64Array.of(atMs - 61 * minuteMs, atMs - 60 * minuteMs),
    };
    expect(trailPieces({ ...wish, past: new Map([['a', track]]), minutes: 120 }).length).toBe(1);
    expect(seen([179.9, -179.9]).pieces(10).length).toBe(0);
  });
});

describe('breadcrumbs', () => {
  it('stand at even times, with the last fix, and few enough to be read', () => {
    const count = 600;
    const track = {
      unit: 'a',
      lonLat: new Float64Array(2 * count),
      timesMs: Float64Array.from({ length: count }, (_, at) => atMs + at * minuteMs),
    };
    const crumbs = crumbsOf(track);
    expect(crumbs.length).toBeLessThanOrEqual(18);
    expect(crumbs.at(-1)?.timeMs).toBe(atMs + (count - 1) * minuteMs);
    expect(crumbs.slice(1, -1).every(({ timeMs }) => timeMs % (60 * minuteMs) === 0)).toBe(true);
  });
});
