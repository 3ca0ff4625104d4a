import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FixCounts, quarterMs } from '../../../server/picture/fix-counts.ts';
import { atStartMs, fix, Folding } from '../../support/entries.ts';

const startQuarter = Math.floor(atStartMs / quarterMs);

describe('FixCounts', () => {
  it('counts as a plain list of times would, whatever their order, for the last 97 quarters', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 3 * 1_440 }), { maxLength: 200 });
    fc.assert(
      fc.property(minutes, (times) => {
        const counts = new FixCounts();
        let newest = -Infinity;
        const kept = new Map<number, number>();
        for (const minute of times) {
          const quarter = startQuarter + Math.floor(minute / 15);
          counts.add(quarter * quarterMs + (minute % 15) * 60_000);
          newest = Math.max(newest, quarter);
          if (quarter > newest - 97) kept.set(quarter, (kept.get(quarter) ?? 0) + 1);
        }
        for (let quarter = startQuarter; quarter < startQuarter + 300; quarter++) {
          const isHeld = quarter > newest - 97 && quarter <= newest;
          expect(counts.of(quarter)).toBe(isHeld ? (kept.get(quarter) ?? 0) : 0);
        }
        const again = new FixCounts();
        again.restore(counts.save());
        expect(again.save()).toEqual(counts.save());
        again.add((newest + 1) * quarterMs);
        expect(again.of(newest)).toBe(counts.of(newest));
      }),
    );
  });

  it('are folded: by the time that counts, without duplicates, conflicts and unknown units', () => {
    const folding = new Folding();
    const at = (minutes: number) => atStartMs + minutes * 60_000;
    folding.fixes([fix('u', at(0)), fix('v', at(1))], { atMs: at(2) });
    folding.fixes([fix('u', at(0)), fix('v', at(1), { lon: 3 })], { atMs: at(3) });
    folding.fixes([fix('w', at(4))], { atMs: at(5), mayRegister: false });
    // Late ones count where they belong; one with a fast clock counts when it came.
    folding.fixes([fix('u', at(-40)), fix('v', at(40))], { atMs: at(6) });
    const { fixCounts } = folding.picture;
    const of = (minutes: number) => fixCounts.of(Math.floor(at(minutes) / quarterMs));
    expect([of(-40), of(0), of(6), of(40)]).toEqual([1, 2, 1, 0]);
  });
});
