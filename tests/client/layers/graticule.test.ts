import { forward } from 'mgrs';
import { describe, expect, it } from 'vitest';
import { degreeGrid } from '../../../client/layers/graticule-degrees.ts';
import { mgrsGrid, stepAt, within, zoneCells } from '../../../client/layers/graticule-mgrs.ts';
import type { BboxOf } from '../../../shared/geo/area.ts';

/** Where zones 35 and 36 and bands M and N meet. */
const corner: BboxOf = [28.5, -1.2, 31.4, 1.6];

describe('degreeGrid', () => {
  it('names meridians at the top and parallels on the left, in degrees and minutes', () => {
    const { lines, labels } = degreeGrid([29.9, -0.6, 31.1, 0.6]);
    expect(labels.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['30° E', '30° 10′ E', '31° E', '0°', '0° 10′ N', '0° 30′ S']),
    );
    expect(lines.find(({ isMajor }) => isMajor)?.path).toEqual([
      [29.9, 0],
      [31.1, 0],
    ]);
  });

  it('goes on over the antimeridian under the names of the other side', () => {
    const texts = degreeGrid([178, -18, 184, -14]).labels.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['179° E', '180°', '179° W']));
  });

  it.each([0.01, 0.1, 1, 8, 60, 300])('has some lines and never a thicket: a view of %d°', (span) => {
    const { lines } = degreeGrid([10, -span / 8, 10 + span, span / 8]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(30);
  });
});

describe('mgrsGrid', () => {
  it('from afar shows zones and bands', () => {
    const { labels } = mgrsGrid([20, -10, 40, 12], 4);
    expect(labels.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['35N', '36N', '35M', '36M', '34L', '37P']),
    );
  });

  it('names squares as MGRS names them, on both sides of the zone edge and of the equator', () => {
    const { labels } = mgrsGrid(corner, 8);
    const squares = labels.filter(({ side }) => side === 'middle');
    expect(new Set(squares.map(({ text }) => text.slice(0, 3)))).toEqual(
      new Set(['35N', '35M', '36N', '36M']),
    );
    for (const { lon, lat, text } of squares) expect(forward([lon, lat], 0)).toBe(text.replace(' ', ''));
  });

  it('draws every line where its figures are, and none into the neighbouring zone', () => {
    const { lines } = mgrsGrid([29.8, 0.2, 30.2, 0.5], 10.5);
    const inner = lines.filter(({ path }) => path.length > 2);
    expect(inner.length).toBeGreaterThan(6);
    for (const { path } of inner) {
      const zones = new Set(path.slice(1, -1).map(([lon]) => lon < 30));
      expect(zones.size).toBe(1);
      // Along a line either the easting or the northing stays on a multiple of 10 km.
      const offs = path.slice(1, -1).map(([lon, lat]) => {
        const digits = forward([lon, lat], 5).slice(-10);
        return [digits.slice(0, 5), digits.slice(5)].map((part) => {
          const rest = Number(part) % 10_000;
          return Math.min(rest, 10_000 - rest);
        });
      });
      expect(Math.min(...[0, 1].map((axis) => Math.max(...offs.map((off) => off[axis] ?? 0))))).toBeLessThan(
        4,
      );
    }
  });

  it('ends at 80° south and 84° north', () => {
    const { lines } = mgrsGrid([-20, 70, 20, 89], 6);
    expect(Math.max(...lines.flatMap(({ path }) => path.map(([, lat]) => lat)))).toBeLessThanOrEqual(84);
  });

  it('knows the wide zones of Norway and Svalbard', () => {
    const wide = zoneCells([2, 60, 13, 61]).map(({ zone, box }) => [zone, box[0], box[2]]);
    expect(wide).toEqual([[31, 2, 3], [32, 3, 12], [33, 12, 13]]); // prettier-ignore
    expect(zoneCells([0, 75, 42, 76]).map(({ zone }) => zone)).toEqual([31, 33, 35, 37]);
  });

  it.each([3, 6, 8, 9.5, 11, 12.5, 14])('never draws a thicket: zoom %d', (zoom) => {
    const halfDeg = (360 * 720) / (512 * 2 ** zoom);
    const { lines, labels } = mgrsGrid([30 - halfDeg, 1 - halfDeg / 2, 30 + halfDeg, 1 + halfDeg / 2], zoom);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThan(400);
    expect(labels.length).toBeLessThan(200);
    expect(stepAt(zoom) ?? 100_000).toBeGreaterThanOrEqual(1_000);
  });
});

describe('within', () => {
  it('cuts a path at the edges of a box and leaves what lies outside', () => {
    const parts = within([[-1, 0.5], [0.5, 0.5], [2, 0.5]], [0, 0, 1, 1]); // prettier-ignore
    expect(parts).toEqual([[[0, 0.5], [0.5, 0.5], [1, 0.5]]]); // prettier-ignore
    expect(within([[2, 2], [3, 3]], [0, 0, 1, 1])).toEqual([]); // prettier-ignore
  });
});
