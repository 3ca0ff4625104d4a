import { cellToLatLng, latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import {
  countText,
  fillAlpha,
  hexagonsOf,
  loadHexagonGrid,
  oldBorder,
  oldInset,
  withPriorities,
} from '../../../client/layers/hexagons.ts';
import { queueRow } from '../../../client/store/queue.ts';
import { alert, atMs } from '../things.ts';

const grid = await loadHexagonGrid();
const lengthOf = (path: ReadonlyArray<readonly [number, number]>): number =>
  path.reduce((sum, [x, y], index) => {
    const [beforeX, beforeY] = path[index - 1] ?? [x, y];
    return sum + Math.hypot(x - beforeX, y - beforeY);
  }, 0);

describe('hexagons', () => {
  it('stand where their cell is, with six sides', () => {
    const h3 = latLngToCell(1.5, 29.5, 4);
    const [hexagon] = hexagonsOf([{ h3, count: 12, old: 3 }], grid);
    const [lat, lon] = cellToLatLng(h3);
    expect(hexagon?.centre).toEqual([lon, lat]);
    expect(hexagon?.ring).toHaveLength(7);
    expect(hexagon?.ring[0]).toEqual(hexagon?.ring[6]);
  });

  it('stay in one piece over the antimeridian', () => {
    const cells = [179.9, -179.9].map((lon) => ({ h3: latLngToCell(0, lon, 3), count: 1, old: 0 }));
    for (const { widthDeg } of hexagonsOf(cells, grid)) expect(widthDeg).toBeLessThan(3);
  });

  it('are left out where nothing is counted', () => {
    expect(hexagonsOf([{ h3: latLngToCell(0, 0, 3), count: 0, old: 0 }], grid)).toEqual([]);
  });

  it('show the share of old units as that share of their border', () => {
    const [hexagon] = hexagonsOf([{ h3: latLngToCell(1.5, 29.5, 4), count: 8, old: 2 }], grid);
    if (!hexagon) throw new Error('no hexagon');
    const all = lengthOf(hexagon.ring) * oldInset;
    expect(lengthOf(oldBorder(hexagon)) / all).toBeCloseTo(0.25, 1);
    expect(lengthOf(oldBorder({ ...hexagon, old: 8 })) / all).toBeCloseTo(1, 6);
    expect(oldBorder({ ...hexagon, old: 0 })).toEqual([]);
  });

  it('carry the highest priority of the open alerts that lie in them', () => {
    const cells = [-18, 10].map((lon) => ({ h3: latLngToCell(0, lon, 4), count: 5, old: 0 }));
    const rows = [
      alert('a', 'P3', [['acknowledge', 30]]),
      alert('b', 'P2', [['acknowledge', 30]]),
      alert('c', 'P1', [['acknowledge', 30]], { state: 'closed' }),
      alert('d', 'P4', [['acknowledge', 30]]),
    ].map((one) => queueRow(one, atMs));
    const hexagons = withPriorities(hexagonsOf(cells, grid), rows, grid);
    expect(hexagons.map(({ priority }) => priority)).toEqual(['P2', undefined]);
  });

  it('are filled more with more units, in steps', () => {
    const alphas = [1, 9, 60, 400, 5_000, 50_000].map(fillAlpha);
    expect([...alphas].sort((a, b) => a - b)).toEqual(alphas);
    expect(new Set(alphas).size).toBe(5);
  });
});

it('writes counts that fit', () => {
  expect([7, 999, 1_234, 9_949, 12_345, 50_000].map(countText)).toEqual([
    '7',
    '999',
    '1.2k',
    '9.9k',
    '12k',
    '50k',
  ]);
});
