import { describe, expect, it } from 'vitest';
import { Units, type UnitAbout } from '../../../client/store/units.ts';
import { unitStates, type UnitOut } from '../../../shared/model/unit.ts';
import { unitState } from '../../../shared/rules/age.ts';
import { atMs, iso, unit } from '../things.ts';

const about = (id: string, given: Partial<UnitAbout> = {}): UnitAbout => ({
  id,
  kind: 'patrol',
  reportEveryS: 60,
  staleAfterS: 300,
  ...given,
});
const unitsOf = (...ids: string[]): Units => {
  const units = new Units();
  units.restate(atMs);
  for (const id of ids) units.move(units.put(about(id)), -18, 0, atMs, 90, 10);
  return units;
};

describe('Units', () => {
  it('keeps a row a unit, in full precision, for as long as it is held', () => {
    const units = unitsOf('a', 'b');
    const row = units.rowOf('a') ?? -1;
    units.move(row, -18.123_456_7, 0.765_432_1, atMs, 1, 2);
    expect(units.put(about('a', { callsign: 'LRP 7' }))).toBe(row);
    expect([units.lonLat[2 * row], units.lonLat[2 * row + 1], units.size]).toEqual([
      -18.123_456_7, 0.765_432_1, 2,
    ]);
  });

  it('gives a free row to another unit, with nothing of the one before', () => {
    const units = unitsOf('a', 'b');
    const row = units.rowOf('a') ?? -1;
    units.detail(row, { batteryPct: 3 });
    units.remove(row);
    expect([units.idAt(row), units.get('a'), units.size, units.hasFix(row)]).toEqual([
      undefined,
      undefined,
      1,
      false,
    ]);
    expect(units.put(about('c'))).toBe(row);
    expect(units.get('c')).toEqual({
      ...about('c'),
      lon: null,
      lat: null,
      time: null,
      receivedAt: null,
      state: 'lost',
      ageS: null,
    });
    expect(units.rows).toBe(2);
  });

  it('takes a row out once', () => {
    const units = unitsOf('a', 'b');
    units.remove(0);
    units.remove(0);
    expect([units.put(about('c')), units.put(about('d')), units.size]).toEqual([0, 2, 3]);
  });

  it('grows beyond its first columns without losing a row', () => {
    const units = new Units();
    for (let index = 0; index < 1_000; index += 1)
      units.move(units.put(about(`u${index}`)), index / 10, 1, atMs, NaN, NaN);
    expect(units.get('u777')).toMatchObject({ lon: 77.7, lat: 1, time: iso(atMs) });
  });

  it('gives back a unit as JSON told it', () => {
    const told: UnitOut = unit('a', {
      sector: 's',
      courseDeg: 90,
      speedMps: 7.5,
      altitudeM: 300,
      accuracyM: 12,
      batteryPct: 55,
      capabilities: ['medical'],
      unregistered: true,
      receivedAt: iso(atMs + 20_000),
      ageS: 30,
    });
    const units = new Units();
    units.apply(told);
    units.restate(atMs + 30_000);
    expect(units.get('a')).toEqual(told);
  });

  it('tells of a clock that is ahead, and counts age from the receipt then', () => {
    const units = new Units();
    units.apply(unit('a', { time: iso(atMs + 90_000), receivedAt: iso(atMs) }));
    units.restate(atMs + 10_000);
    expect(units.get('a')).toMatchObject({
      time: iso(atMs + 90_000),
      receivedAt: iso(atMs),
      clockAheadS: 90,
      ageS: 10,
    });
  });

  it('says what changed: a move, a word, a state', () => {
    const units = unitsOf('a');
    const { revision, aboutRevision, stateRevision } = units;
    units.put(about('a'));
    expect([units.revision, units.aboutRevision]).toEqual([revision, aboutRevision]);
    units.put(about('a', { kind: 'foot' }));
    expect(units.aboutRevision).toBe(aboutRevision + 1);
    expect(units.restate(atMs + 1_000)).toBe(false);
    expect(units.stateRevision).toBe(stateRevision);
    const before = units.revision;
    expect(units.restate(atMs + 61_000)).toBe(true);
    expect(units.stateRevision).toBe(stateRevision + 1);
    expect(units.changedAt[0]).toBeGreaterThan(before);
  });

  it('ages every row through the four states, and back when the clock is set back', () => {
    const units = unitsOf('a');
    const stateAfter = (seconds: number) => {
      units.restate(atMs + seconds * 1000);
      return unitStates[units.state[0] ?? 9];
    };
    expect([0, 60, 61, 300, 301, 1_200, 1_201, 59].map(stateAfter)).toEqual([
      'fresh',
      'fresh',
      'ageing',
      'ageing',
      'stale',
      'stale',
      'lost',
      'fresh', // prettier-ignore
    ]);
  });

  it('takes a slow tracker, or one without a course, for halted', () => {
    const units = unitsOf('a', 'b', 'c', 'd');
    units.move(0, 0, 0, atMs, 90, 5);
    units.move(1, 0, 0, atMs, 90, 0.5);
    units.move(2, 0, 0, atMs, NaN, 5);
    units.move(3, 0, 0, atMs, 90, NaN);
    expect([0, 1, 2, 3].map((row) => units.isMoving(row))).toEqual([true, false, false, false]);
  });

  it('draws a unit on along its course until its report is due, and a stale one where it was last', () => {
    const units = unitsOf('a');
    const lonAt = (seconds: number) => {
      units.restate(atMs + seconds * 1000);
      return units.drawnAt(0, atMs + seconds * 1000)?.lon ?? NaN;
    };
    const degreesIn = (seconds: number) => lonAt(seconds) + 18;
    expect(degreesIn(-5)).toBe(0);
    expect(degreesIn(60) / degreesIn(6)).toBeCloseTo(10, 6);
    expect(degreesIn(200)).toBe(degreesIn(60));
    expect(degreesIn(301)).toBe(0);
    units.move(0, 0, 0, NaN, 90, 10);
    expect(units.drawnAt(0, atMs)).toBeUndefined();
  });

  it.each([1, 20_261_122, 77])('holds what a plain map would hold, in a storm from seed %i', (seed) => {
    let state = seed;
    const random = (below: number) => (state = (state * 48_271) % 2_147_483_647) % below;
    const units = new Units();
    const model = new Map<string, { lon: number; atMs: number; every: number }>();
    let nowMs = atMs;
    units.restate(nowMs);
    for (let step = 0; step < 4_000; step += 1) {
      const id = `u${random(90)}`;
      const row = units.rowOf(id);
      const what = random(20);
      if (what === 0 && row !== undefined) {
        units.remove(row);
        model.delete(id);
      } else if (what === 1) {
        nowMs += random(90_000);
        units.restate(nowMs);
      } else if (what === 2 && step % 7 === 0) {
        units.clear();
        model.clear();
      } else {
        const every = 1 + random(90);
        const fix = { lon: random(360) - 180, atMs: nowMs - random(2_000_000), every };
        units.move(units.put(about(id, { reportEveryS: every })), fix.lon, 1, fix.atMs, NaN, NaN);
        model.set(id, fix);
      }
    }
    units.restate(nowMs);
    expect([...units.keys()].sort()).toEqual([...model.keys()].sort());
    expect(units.size).toBe(model.size);
    for (const [id, fix] of model) {
      const ageS = (nowMs - fix.atMs) / 1000;
      expect(units.get(id)).toMatchObject({ lon: fix.lon, ageS, state: unitState(ageS, fix.every, 300) });
      expect(units.idAt(units.rowOf(id) ?? -1)).toBe(id);
    }
    const drawn = Array.from({ length: units.rows }, (_, row) => row).filter((row) => units.hasFix(row));
    expect(drawn).toHaveLength(model.size);
  });
});
