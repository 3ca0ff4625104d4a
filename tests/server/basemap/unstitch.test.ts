import { describe, expect, it } from 'vitest';
import { findLabelPoint } from '../../../server/basemap/label-point.ts';
import { shoresOf, unstitch } from '../../../server/basemap/unstitch.ts';

describe('unstitch', () => {
  it('lets longitudes run on beyond 180 instead of jumping round the world', () => {
    const across = [[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]; // prettier-ignore
    const { coordinates } = unstitch({ type: 'Polygon', coordinates: [across] });
    expect(coordinates[0]?.map(([lon]) => lon)).toEqual([170, 190, 190, 170, 170]);
  });

  it('closes a ring round the pole over the pole', () => {
    const cap = [[-120, -70], [0, -70], [120, -70], [-120, -70]]; // prettier-ignore
    const { coordinates } = unstitch({ type: 'Polygon', coordinates: [cap] });
    expect(coordinates[0]).toContainEqual([240, -90]);
    expect(coordinates[0]?.at(-1)).toEqual([-120, -70]);
  });
});

describe('shoresOf', () => {
  it('leaves out the edge that only cuts an area at 180°', () => {
    const cut = [[170, 0], [180, 0], [180, 10], [170, 10], [170, 0]]; // prettier-ignore
    const shores = shoresOf({ type: 'Polygon', coordinates: [cut] });
    expect(shores).toEqual([[[170, 0], [180, 0]], [[180, 10], [170, 10], [170, 0]]]); // prettier-ignore
  });
});

describe('findLabelPoint', () => {
  it('finds the roomy part of a bent area, where a centroid would lie outside', () => {
    const bent = [[0, 0], [30, 0], [30, 2], [4, 2], [4, 20], [30, 20], [30, 30], [0, 30], [0, 0]]; // prettier-ignore
    const spot = findLabelPoint({ type: 'Polygon', coordinates: [bent] });
    expect(spot?.lat).toBeGreaterThan(20);
  });
});
