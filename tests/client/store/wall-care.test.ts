import { describe, expect, it } from 'vitest';
import { isNight, orbitAt } from '../../../client/store/wall-care.ts';

const minute = 60_000;

describe('what a wall does for its screen', () => {
  it('goes round its place in small steps, and stands nowhere more often than elsewhere', () => {
    const places = Array.from({ length: 90 }, (_, index) => orbitAt(index * 4 * minute, 3));
    const counts = new Map<string, number>();
    for (const { x, y } of places) counts.set(`${x} ${y}`, (counts.get(`${x} ${y}`) ?? 0) + 1);
    expect(counts.size).toBe(9);
    expect(new Set(counts.values())).toEqual(new Set([10]));
    expect(places.every(({ x, y }) => Math.abs(x) <= 3 && Math.abs(y) <= 3)).toBe(true);
  });

  it('stands still for minutes', () => {
    expect(orbitAt(4 * minute, 3)).toEqual(orbitAt(8 * minute - 1, 3));
  });

  it.each([
    ['2026-11-22T18:30:00Z', 'B', true],
    ['2026-11-22T17:30:00Z', 'B', false],
    ['2026-11-23T03:59:00Z', 'B', true],
    ['2026-11-23T04:00:00Z', 'B', false],
    ['2026-11-22T23:00:00Z', 'N', true],
    ['2026-11-22T20:00:00Z', undefined, true],
  ])('knows at %s whether it is night in %s', (time, letter, night) => {
    expect(isNight(Date.parse(time), letter)).toBe(night);
  });
});
