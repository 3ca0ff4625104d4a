import { describe, expect, it } from 'vitest';
import { Positions, stateNames } from '../../../client/store/positions.ts';
import { atMs, unit } from '../things.ts';

describe('Positions', () => {
  it('keeps a row a unit, in full precision', () => {
    const table = new Positions();
    table.set(unit('a', { lon: -18.123_456_7, lat: 0.765_432_1 }), atMs);
    table.set(unit('a', { lon: -18.2 }), atMs);
    expect(table.length).toBe(1);
    expect(table.lonLat[0]).toBe(-18.2);
  });

  it('moves the last row into the place of a removed one', () => {
    const table = new Positions();
    for (const id of ['a', 'b', 'c']) table.set(unit(id, { lon: id.charCodeAt(0), courseDeg: 10 }), atMs);
    table.remove('a');
    expect(table.ids).toEqual(['c', 'b']);
    expect([...table.lonLat.slice(0, 4)].filter((_, index) => index % 2 === 0)).toEqual([99, 98]);
    expect([table.rowOf('c'), table.rowOf('b'), table.rowOf('a')]).toEqual([0, 1, undefined]);
    table.remove('b');
    table.remove('c');
    table.remove('nobody');
    expect(table.length).toBe(0);
  });

  it('grows beyond its first columns without losing a row', () => {
    const table = new Positions();
    for (let index = 0; index < 1_000; index += 1) table.set(unit(`u${index}`, { lon: index / 10 }), atMs);
    expect(table.length).toBe(1_000);
    expect(table.lonLat[2 * (table.rowOf('u777') ?? 0)]).toBe(77.7);
  });

  it('has no row for a unit without a fix', () => {
    const table = new Positions();
    table.set(unit('a', {}), atMs);
    table.set(unit('a', { lon: null, lat: null, time: null }), atMs);
    expect(table.length).toBe(0);
  });

  it('ages every row through the four states', () => {
    const table = new Positions();
    table.set(unit('a', { reportEveryS: 60, staleAfterS: 300 }), atMs);
    const stateAfter = (seconds: number) => {
      table.restate(atMs + seconds * 1000);
      return stateNames[table.state[0] ?? 9];
    };
    expect([0, 60, 61, 300, 301, 1_200, 1_201].map(stateAfter)).toEqual([
      'fresh',
      'fresh',
      'ageing',
      'ageing',
      'stale',
      'stale',
      'lost', // prettier-ignore
    ]);
  });

  it('says whether an age state changed, so that nothing is drawn for nothing', () => {
    const table = new Positions();
    table.set(unit('a', {}), atMs);
    expect(table.restate(atMs + 1_000)).toBe(false);
    expect(table.restate(atMs + 61_000)).toBe(true);
    expect(table.stateRevision).toBe(1);
  });

  it('takes a slow tracker, or one without a course, for halted', () => {
    const table = new Positions();
    table.set(unit('a', { speedMps: 5, courseDeg: 90 }), atMs);
    table.set(unit('b', { speedMps: 0.5, courseDeg: 90 }), atMs);
    table.set(unit('c', { speedMps: 5 }), atMs);
    table.set(unit('d', {}), atMs);
    expect([0, 1, 2, 3].map((row) => table.isMoving(row))).toEqual([true, false, false, false]);
  });
});
