import { describe, expect, it } from 'vitest';
import {
  partOffsets,
  placeLabels,
  type Box,
  type LabelWish,
  type PlacedLabel,
  type Room,
} from '../../../client/layers/label-placement.ts';

const colour = [255, 255, 255, 255] as const;
const size = 12;
const wish = (id: string, lon: number, lat: number, given: Partial<LabelWish> = {}): LabelWish => ({
  id,
  lon,
  lat,
  parts: [{ text: 'LRP 7', strong: true, colour }],
  size,
  clear: 10,
  priority: 1,
  ...given,
});
/** One degree is one pixel; every letter is half the size of the text wide. */
const room = (taken: readonly Box[] = []): Room => ({
  project: (lon, lat) => [lon, lat],
  measure: ({ text }, letter) => (text.length * letter) / 2,
  width: 400,
  height: 300,
  taken,
});

/** The rectangle of a placed label, as wide as its letters. */
function boxOf({ lon, lat, dx, dy, widths }: PlacedLabel): Box {
  const width = widths.reduce((sum, one) => sum + one, 0);
  return [lon + dx, lat + dy - size / 2, lon + dx + width, lat + dy + size / 2];
}
const overlap = (a: Box, b: Box) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

describe('placeLabels', () => {
  it('stands below its mark, in the middle', () => {
    const [label] = placeLabels([wish('a', 200, 100)], room());
    expect(label?.dx).toBe(-15);
    expect(label?.dy).toBeGreaterThan(10);
  });

  it('goes beside the mark when there is something below', () => {
    const [label] = placeLabels([wish('a', 200, 100)], room([[150, 110, 250, 130]]));
    expect(label?.dx).toBeGreaterThan(10);
    expect(label?.dy).toBe(0);
  });

  it('is left out rather than drawn over another', () => {
    const crowd = Array.from({ length: 12 }, (_, index) => wish(`u${index}`, 200, 100));
    const placed = placeLabels(crowd, room());
    expect(placed.length).toBeLessThan(12);
    expect(placed.length).toBeGreaterThan(2);
  });

  it('lets the more important one go first, whatever the order', () => {
    const walls: Box[] = [[0, 0, 180, 300], [220, 0, 400, 300], [0, 0, 400, 95]]; // prettier-ignore
    const placed = placeLabels([wish('low', 200, 100), wish('high', 200, 100, { priority: 9 })], room(walls));
    expect(placed.map(({ id }) => id)).toEqual(['high']);
  });

  it('draws nothing off the map, and nothing cut by its edge', () => {
    const placed = placeLabels([wish('off', -20, 50), wish('edge', 1, 298)], room());
    for (const label of placed) {
      const [left, top, right, bottom] = boxOf(label);
      expect([left >= 0, top >= 0, right <= 400, bottom <= 300]).toEqual([true, true, true, true]);
    }
    expect(placed.some(({ id }) => id === 'off')).toBe(false);
  });

  it('never lets two labels or a mark overlap, in a crowd from a seed', () => {
    let seed = 20261122;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const wishes = Array.from({ length: 300 }, (_, index) =>
      wish(`u${index}`, random() * 400, random() * 300, { priority: Math.floor(random() * 5) }),
    );
    const marks = wishes.map(({ lon, lat }): Box => [lon - 4, lat - 4, lon + 4, lat + 4]);
    const boxes = placeLabels(wishes, room(marks)).map(boxOf);
    const clashes = boxes.flatMap((box, index) =>
      [...boxes.slice(index + 1), ...marks].filter((other) => overlap(box, other)),
    );
    expect([boxes.length > 20, clashes.length]).toEqual([true, 0]);
  });
});

it('sets the pieces of a label side by side', () => {
  const parts = [{ text: 'LRP 7', strong: true, colour }, { text: '9 min', strong: false, colour }]; // prettier-ignore
  const [label] = placeLabels([wish('a', 200, 100, { parts })], room());
  const [first = NaN, second = NaN] = label ? partOffsets(label) : [];
  expect(second - first).toBeGreaterThan(30);
});
