import { describe, expect, it } from 'vitest';
import { mostReachM, reachM, reachOf } from '../../../client/layers/reach.ts';
import { Units } from '../../../client/store/units.ts';
import { atMs, iso, unit } from '../things.ts';

describe('reach', () => {
  it('is the last speed for as long as nothing was heard, and walking pace at least', () => {
    expect(reachM(10, 600)).toEqual({ radiusM: 6_000, isBeyond: false });
    expect(reachM(0, 1_000).radiusM).toBe(1_400);
    expect(reachM(NaN, 1_000).radiusM).toBe(1_400);
  });

  it('says so where it can be further away than is drawn', () => {
    expect(reachM(20, 86_400)).toEqual({ radiusM: mostReachM, isBeyond: true });
  });

  it('is told of lost units only, and not of a base', () => {
    const units = new Units();
    units.restate(atMs);
    const lostAt = iso(atMs - 3_600_000);
    const lost = { time: lostAt, receivedAt: lostAt, speedMps: 2 };
    units.apply(unit('lost', lost));
    units.apply(unit('fresh', {}));
    units.apply(unit('base', { ...lost, kind: 'base' }));
    units.apply(unit('never', { time: null, receivedAt: null, lon: null, lat: null }));
    const reachOfId = (id: string) => reachOf(units, units.rowOf(id) ?? -1, atMs);
    expect(reachOfId('lost')).toEqual({ lon: -18, lat: 0, radiusM: 7_200, isBeyond: false });
    expect(['fresh', 'base', 'never'].map(reachOfId)).toEqual([undefined, undefined, undefined]);
  });
});
