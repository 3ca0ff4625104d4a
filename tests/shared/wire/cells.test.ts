import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bboxContains } from '../../../shared/geo/area.ts';
import {
  cellAt,
  cellBounds,
  cellKeys,
  cellLevels,
  cellsTouching,
  withMargin,
} from '../../../shared/wire/cells.ts';

const lon = fc.integer({ min: -180_000, max: 180_000 }).map((value) => value / 1_000);
const lat = fc.integer({ min: -90_000, max: 90_000 }).map((value) => value / 1_000);
const level = fc.constantFrom(...cellLevels);

describe('cells', () => {
  it('P4 hold the positions they are named for, and have keys of their own', () => {
    fc.assert(
      fc.property(level, lon, lat, (cells, x, y) => {
        const key = cellAt(cells, x, y);
        const bounds = cellBounds(key);
        expect(key).toBeLessThan(cellKeys);
        expect(bounds && bboxContains(bounds, x, y)).toBe(true);
        expect((bounds?.[2] ?? 0) - (bounds?.[0] ?? 0)).toBeCloseTo(cells.sizeDeg);
      }),
    );
  });

  it('touch every box that a position of theirs is in, also across the antimeridian', () => {
    fc.assert(
      fc.property(
        level,
        lon,
        lat,
        fc.integer({ min: 0, max: 3_000 }).map((value) => value / 1_000),
        (cells, x, y, half) => {
          const box = withMargin([x, y, x, y], 0);
          const wide = [
            x - half < -180 ? x - half + 360 : x - half,
            Math.max(-90, y - half),
            x + half > 180 ? x + half - 360 : x + half,
            Math.min(90, y + half),
          ] as const;
          expect(cellsTouching(cells, box, 10_000)).toContain(cellAt(cells, x, y));
          expect(cellsTouching(cells, wide, 10_000)).toContain(cellAt(cells, x, y));
        },
      ),
    );
  });

  it('are refused when a box has too many of them', () => {
    expect(cellsTouching(cellLevels[0] as never, [0, 0, 10, 10], 36)).toBeUndefined();
    expect(cellsTouching(cellLevels[2] as never, [0, 0, 10, 10], 36)).toHaveLength(12);
  });
});
