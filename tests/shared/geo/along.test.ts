import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bearingDeg, distanceM, pointAlong } from '../../../shared/geo/distance.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -80, max: 80, noNaN: true });

it('a point along a bearing lies at that distance and on that bearing', () => {
  fc.assert(
    fc.property(
      lon,
      lat,
      fc.double({ min: 0, max: 359.9, noNaN: true }),
      fc.integer({ min: 10, max: 500_000 }),
      (x, y, bearing, metres) => {
        const to = pointAlong(x, y, bearing, metres);
        expect(distanceM(x, y, to.lon, to.lat)).toBeCloseTo(metres, 1);
        const off = Math.abs(bearingDeg(x, y, to.lon, to.lat) - bearing);
        expect(Math.min(off, 360 - off)).toBeLessThan(0.05);
      },
    ),
  );
});

it('says the bearings of the compass', () => {
  expect(bearingDeg(30, 0, 30, 1)).toBeCloseTo(0);
  expect(bearingDeg(30, 0, 31, 0)).toBeCloseTo(90);
  expect(bearingDeg(30, 1, 30, 0)).toBeCloseTo(180);
  expect(bearingDeg(179.9, 0, -179.9, 0)).toBeCloseTo(90);
});
