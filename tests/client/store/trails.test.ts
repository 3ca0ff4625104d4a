import { describe, expect, it } from 'vitest';
import { Trails } from '../../../client/store/trails.ts';
import { Units } from '../../../client/store/units.ts';
import { atMs, iso, unit } from '../things.ts';

/** Puts a unit's fix, so many seconds after the start and so far east. */
function report(units: Units, id: string, afterS: number, lon: number): void {
  units.apply(
    unit(id, { lon, lat: 0, time: iso(atMs + afterS * 1000), receivedAt: iso(atMs + afterS * 1000) }),
  );
}
function wayOf(trails: Trails, row: number, fromMs = -Infinity): number[] {
  const lons: number[] = [];
  trails.walk(row, fromMs, (lon) => lons.push(lon));
  return lons;
}
function unitsAt(): Units {
  const units = new Units();
  units.restate(atMs);
  return units;
}

describe('Trails', () => {
  it('keep the way of each unit, newest first, as far back as is asked', () => {
    const [units, trails] = [unitsAt(), new Trails(100)];
    for (let step = 0; step < 5; step += 1) {
      report(units, 'a', 60 * step, 10 + step);
      report(units, 'b', 60 * step, 20 + step);
      trails.record(units);
    }
    expect(wayOf(trails, units.rowOf('a') ?? -1)).toEqual([14, 13, 12, 11, 10]);
    expect(wayOf(trails, units.rowOf('b') ?? -1, atMs + 121_000)).toEqual([24, 23]);
  });

  it('pass over a tracker that wanders at rest, and a fix that was told before', () => {
    const [units, trails] = [unitsAt(), new Trails(100)];
    report(units, 'a', 0, 10);
    trails.record(units);
    report(units, 'a', 60, 10.000_1); // 11 m
    trails.record(units);
    report(units, 'a', 30, 11);
    trails.record(units);
    report(units, 'a', 0, 10);
    trails.record(units);
    expect(wayOf(trails, 0)).toEqual([11, 10]);
  });

  it('forget the oldest fixes when the ring is full, and never tell those of another', () => {
    const [units, trails] = [unitsAt(), new Trails(4)];
    report(units, 'a', 0, 10);
    trails.record(units);
    for (let step = 1; step <= 5; step += 1) {
      report(units, 'b', 60 * step, 20 + step);
      trails.record(units);
    }
    expect(wayOf(trails, units.rowOf('a') ?? -1)).toEqual([]);
    expect(wayOf(trails, units.rowOf('b') ?? -1)).toEqual([25, 24, 23, 22]);
  });

  it('do not give a unit the way of the one whose row it took', () => {
    const [units, trails] = [unitsAt(), new Trails(100)];
    report(units, 'a', 0, 10);
    trails.record(units);
    units.remove(units.rowOf('a') ?? -1);
    report(units, 'b', 60, 11);
    trails.record(units);
    expect(units.rowOf('b')).toBe(0);
    expect(wayOf(trails, 0)).toEqual([11]);
  });
});
