import { describe, expect, it } from 'vitest';
import { goAlong, type Camera } from '../../../client/map/go-along.ts';

const margins = { left: 100, right: 100, top: 50, bottom: 50 };
/** A map of 1000 × 600 whose pixels are degrees, and what was asked of it. */
function fakeMap() {
  const pans: (readonly [number, number])[] = [];
  const boxes: (readonly number[])[] = [];
  const camera: Camera = {
    width: 1_000,
    height: 600,
    project: (lon, lat) => [lon, lat],
    panBy: (by) => pans.push(by),
    fit: (box) => boxes.push(box),
  };
  return { pans, boxes, follow: (...points: [number, number][]) => goAlong(points.map(([lon, lat]) => ({ lon, lat })), margins, camera) }; // prettier-ignore
}

describe('goAlong', () => {
  it('leaves the map alone while the unit is well inside it', () => {
    const { pans, boxes, follow } = fakeMap();
    follow([500, 300]);
    follow([600, 250]);
    follow();
    expect([pans, boxes]).toEqual([[], []]);
  });

  it('pans as little as needed when it comes near a side, panels counted', () => {
    const { pans, follow } = fakeMap();
    follow([850, 300]);
    expect(pans).toHaveLength(1);
    expect(pans[0]?.[0]).toBeCloseTo(850 - (900 - 0.22 * 800));
    expect(pans[0]?.[1]).toBe(0);
  });

  it('keeps several in view with one step, and fits them only when one is about to be lost', () => {
    const { pans, boxes, follow } = fakeMap();
    follow([700, 300], [860, 300]);
    expect(pans).toHaveLength(1);
    follow([120, 300], [880, 300]);
    expect([pans.length, boxes.length]).toEqual([1, 0]);
    follow([120, 300], [950, 320]);
    expect(boxes).toEqual([[120, 300, 950, 320]]);
  });
});
