import { describe, expect, it } from 'vitest';
import { countUnits, nearestRows, UnitOrder, unitRowAt } from '../../../client/store/unit-list.ts';
import { Units } from '../../../client/store/units.ts';
import type { UnitOut } from '../../../shared/model/unit.ts';
import { atMs, iso, unit } from '../things.ts';

function unitsOf(...all: UnitOut[]): Units {
  const units = new Units();
  units.restate(atMs);
  for (const one of all) units.apply(one);
  return units;
}
const some = [
  unit('lrp 10', { time: iso(atMs - 400_000), speedMps: 3 }),
  unit('lrp 2', { time: iso(atMs - 4_000) }),
  unit('esc 1', { time: null, receivedAt: null, lon: null, lat: null, speedMps: 9 }),
];
const names = (units: Units, ...given: ['callsign' | 'age' | 'speed', boolean]) =>
  new UnitOrder().rows(units, ...given).map((row) => unitRowAt(units, row, atMs)?.name);

describe('UnitOrder', () => {
  it('sorts call signs as people count', () => {
    expect(names(unitsOf(...some), 'callsign', false)).toEqual(['ESC 1', 'LRP 2', 'LRP 10']);
  });

  it('sorts by age, one that never reported as oldest', () => {
    expect(names(unitsOf(...some), 'age', true)).toEqual(['ESC 1', 'LRP 10', 'LRP 2']);
    expect(names(unitsOf(...some), 'age', false)).toEqual(['LRP 2', 'LRP 10', 'ESC 1']);
  });

  it('sorts by speed, unknown as slowest', () => {
    expect(names(unitsOf(...some), 'speed', true)).toEqual(['ESC 1', 'LRP 10', 'LRP 2']);
  });

  it('falls back to the id where the call sign may not be seen', () => {
    expect(names(unitsOf(unit('x7', { callsign: undefined })), 'callsign', false)).toEqual(['x7']);
  });

  it('sees who came, went and was renamed', () => {
    const units = unitsOf(...some);
    const order = new UnitOrder();
    const now = () => order.rows(units, 'callsign', false).map((row) => units.aboutAt(row)?.callsign);
    expect(now()).toHaveLength(3);
    units.remove(units.rowOf('lrp 2') ?? -1);
    units.apply(unit('lrp 10', { callsign: 'ALPHA' }));
    expect(now()).toEqual(['ALPHA', 'ESC 1']);
  });
});

describe('unitRowAt', () => {
  it('judges a row at the time given', () => {
    const units = unitsOf(...some);
    const row = units.rowOf('lrp 10') ?? -1;
    expect(unitRowAt(units, row, atMs)).toMatchObject({ state: 'stale', ageS: 400, isMoving: true });
    expect(unitRowAt(units, units.rowOf('esc 1') ?? -1, atMs)).toMatchObject({
      state: 'lost',
      ageS: undefined,
    });
    expect(unitRowAt(units, 99, atMs)).toBeUndefined();
  });
});

describe('nearestRows', () => {
  const units = unitsOf(
    ...[5, 1, 9, 3, 7].map((lon) => unit(`u${lon}`, { lon })),
    unit('base', { kind: 'base', lon: 0.1 }),
    ...some,
  );
  const ids = (rows: readonly { row: number }[]) => rows.map(({ row }) => units.idAt(row));

  it('are the nearest ones that may go, best first', () => {
    const near = nearestRows(units, { lon: 0, lat: 0 }, 3, (id) => id !== 'u3');
    expect(ids(near)).toEqual(['u1', 'u5', 'u7']);
    expect(near[0]?.metres).toBeCloseTo(111_195, -2);
  });

  it('are in the order of their names where there is no point to measure from', () => {
    expect(ids(nearestRows(units, undefined, 4, () => true))).toEqual(['lrp 2', 'lrp 10', 'u1', 'u3']);
  });
});

it('counts units out and those that cannot be relied on, bases left out', () => {
  const base = unit('tob', { kind: 'base', time: null });
  expect(countUnits(unitsOf(...some, base), atMs)).toEqual({ total: 3, staleOrLost: 2 });
});
