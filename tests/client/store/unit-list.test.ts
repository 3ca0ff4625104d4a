import { describe, expect, it } from 'vitest';
import { countUnits, unitRows } from '../../../client/store/unit-list.ts';
import { atMs, iso, unit } from '../things.ts';

const units = [
  unit('lrp 10', { time: iso(atMs - 400_000), speedMps: 3 }),
  unit('lrp 2', { time: iso(atMs - 4_000) }),
  unit('esc 1', { time: null, lon: null, lat: null, speedMps: 9 }),
];
const names = (...given: Parameters<typeof unitRows>) => unitRows(...given).map(({ name }) => name);

describe('unitRows', () => {
  it('sorts call signs as people count', () => {
    expect(names(units, atMs, 'callsign', false)).toEqual(['ESC 1', 'LRP 2', 'LRP 10']);
  });

  it('sorts by age, one that never reported as oldest', () => {
    expect(names(units, atMs, 'age', true)).toEqual(['ESC 1', 'LRP 10', 'LRP 2']);
  });

  it('sorts by speed, unknown as slowest', () => {
    expect(names(units, atMs, 'speed', true)).toEqual(['ESC 1', 'LRP 10', 'LRP 2']);
  });

  it('falls back to the id where the call sign may not be seen', () => {
    expect(names([unit('x7', { callsign: undefined })], atMs, 'callsign', false)).toEqual(['x7']);
  });
});

it('counts units out and those that cannot be relied on, bases left out', () => {
  const base = unit('tob', { kind: 'base', time: null });
  expect(countUnits([...units, base], atMs)).toEqual({ total: 3, staleOrLost: 2 });
});
