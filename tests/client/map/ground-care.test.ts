import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GroundCare, type TileAt } from '../../../client/map/ground-care.ts';

const one = { z: 3, x: 4, y: 5 };
const two = { z: 3, x: 4, y: 6 };
let asked: string[];
let told: boolean[];
let care: GroundCare;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  told = [];
  care = new GroundCare({
    forget: (source) => asked.push(`forget ${source}`),
    readAgain: (source, tiles) => asked.push(`${source} ${tiles.map(name).join(' ')}`),
    told: (isMissing) => told.push(isMissing),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout), // made above
  });
});
afterEach(() => {
  vi.useRealTimers();
});

function name({ z, x, y }: TileAt): string {
  return `${z}/${x}/${y}`;
}

describe('care for the ground', () => {
  it('asks again for what failed, after two seconds, once each, from a pack that is read anew', () => {
    care.failed('pack-0', one);
    care.failed('pack-0', two);
    care.failed('pack-0', one);
    vi.advanceTimersByTime(1_999);
    expect(asked).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(asked).toEqual(['forget pack-0', 'pack-0 3/4/5 3/4/6']);
  });

  it('says nothing of a tile that comes at the second try', () => {
    care.failed('pack-0', one);
    vi.advanceTimersByTime(2_000);
    care.arrived('pack-0', one);
    vi.advanceTimersByTime(600_000);
    expect(told).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('says that tiles are missing when the second try fails, and that all are there when the last has come', () => {
    for (const tile of [one, two]) care.failed('pack-0', tile);
    vi.advanceTimersByTime(2_000);
    for (const tile of [one, two]) care.failed('pack-0', tile);
    expect(told).toEqual([true]);
    care.arrived('pack-0', one);
    expect(told).toEqual([true]);
    care.arrived('pack-0', two);
    expect(told).toEqual([true, false]);
  });

  it('waits longer after each failure, a minute at most, and two seconds again when all was there', () => {
    const waits: number[] = [];
    care.failed('pack-0', one);
    for (let count = 0; count < 8; count++) {
      const before = Date.now();
      const times = asked.length;
      while (asked.length === times) vi.advanceTimersByTime(1_000);
      waits.push(Date.now() - before);
      care.failed('pack-0', one);
    }
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    care.arrived('pack-0', one);
    asked = [];
    care.failed('pack-0', one);
    vi.advanceTimersByTime(2_000);
    expect(asked).toHaveLength(2);
  });

  it('asks at once when the link is back, and not again when that wait would have ended', () => {
    care.failed('pack-0', one);
    care.failed('pack-1', two);
    care.again();
    expect(asked).toEqual(['forget pack-0', 'pack-0 3/4/5', 'forget pack-1', 'pack-1 3/4/6']);
    vi.advanceTimersByTime(2_000);
    expect(asked).toHaveLength(4);
  });

  it('no longer counts a tile as missing that was asked again and has left the view', () => {
    care.failed('pack-0', one);
    vi.advanceTimersByTime(2_000);
    care.failed('pack-0', one);
    vi.advanceTimersByTime(4_000);
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(30_000);
    expect(told).toEqual([true, false]);
  });

  it('asks for nothing when nothing failed, nor when the map is gone', () => {
    care.again();
    care.failed('pack-0', one);
    care.stop();
    vi.advanceTimersByTime(600_000);
    expect(asked).toEqual([]);
  });
});
