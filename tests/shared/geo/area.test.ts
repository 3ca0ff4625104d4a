import { describe, expect, it } from 'vitest';
import {
  bboxContains,
  bboxTouches,
  geometryBbox,
  geometryCentre,
  wrapLon,
} from '../../../shared/geo/area.ts';

const acrossDateLine = [170, -10, -170, 10] as const;

describe('bboxContains', () => {
  it('holds what is inside and on the edge', () => {
    expect(bboxContains([-20, -5, -15, 5], -18, 0)).toBe(true);
    expect(bboxContains([-20, -5, -15, 5], -15, 5)).toBe(true);
    expect(bboxContains([-20, -5, -15, 5], -14.99, 0)).toBe(false);
    expect(bboxContains([-20, -5, -15, 5], -18, 5.01)).toBe(false);
  });

  it('crosses the antimeridian when west is greater than east', () => {
    expect(bboxContains(acrossDateLine, 175, 0)).toBe(true);
    expect(bboxContains(acrossDateLine, -175, 0)).toBe(true);
    expect(bboxContains(acrossDateLine, 0, 0)).toBe(false);
  });
});

describe('bboxTouches', () => {
  it('sees a shared area, a shared edge and a gap', () => {
    expect(bboxTouches([0, 0, 2, 2], [1, 1, 3, 3])).toBe(true);
    expect(bboxTouches([0, 0, 2, 2], [2, 0, 3, 2])).toBe(true);
    expect(bboxTouches([0, 0, 2, 2], [2.1, 0, 3, 2])).toBe(false);
    expect(bboxTouches([0, 0, 2, 2], [0, 2.1, 2, 3])).toBe(false);
  });

  it('works with boxes across the antimeridian on either side', () => {
    expect(bboxTouches(acrossDateLine, [-180, 0, -175, 1])).toBe(true);
    expect(bboxTouches([160, 0, 169, 1], acrossDateLine)).toBe(false);
    expect(bboxTouches(acrossDateLine, acrossDateLine)).toBe(true);
  });
});

describe('geometryBbox', () => {
  it('bounds points, lines, polygons and multipolygons', () => {
    const ring: [number, number][] = [[0, 0], [2, 0], [2, 1], [0, 0]]; // prettier-ignore
    expect(geometryBbox({ type: 'Point', coordinates: [3, 4] })).toEqual([3, 4, 3, 4]);
    expect(geometryBbox({ type: 'LineString', coordinates: [[3, 4], [1, 5]] })).toEqual([1, 4, 3, 5]); // prettier-ignore
    expect(geometryBbox({ type: 'Polygon', coordinates: [ring] })).toEqual([0, 0, 2, 1]);
    expect(geometryBbox({ type: 'MultiPolygon', coordinates: [[ring], [[[8, 8], [9, 8], [9, 9], [8, 8]]]] })).toEqual([0, 0, 9, 9]); // prettier-ignore
  });

  it('widens by a radius, over the antimeridian if need be', () => {
    const [west, south, east, north] = geometryBbox({ type: 'Point', coordinates: [179.99, 0] }, 11_119.5);
    expect(west).toBeCloseTo(179.89, 3);
    expect(east).toBeCloseTo(-179.91, 3);
    expect([south, north].map((lat) => Math.round(lat * 1000))).toEqual([-100, 100]);
  });

  it('never leaves the poles', () => {
    expect(geometryBbox({ type: 'Point', coordinates: [0, 89.99] }, 50_000)[3]).toBe(90);
  });
});

describe('geometryCentre', () => {
  it('is the point itself or the middle of the box', () => {
    expect(geometryCentre({ type: 'Point', coordinates: [3, 4] })).toEqual([3, 4]);
    expect(geometryCentre({ type: 'LineString', coordinates: [[0, 0], [4, 2]] })).toEqual([2, 1]); // prettier-ignore
  });
});

it('wraps longitudes', () => {
  expect([190, -190, 180, -180, 540].map(wrapLon)).toEqual([-170, 170, 180, -180, -180]);
});
