import fc from 'fast-check';
import { expect, it } from 'vitest';
import { crossing } from '../../../shared/geo/bearing-fix.ts';
import { bearingDeg, distanceM, pointAlong } from '../../../shared/geo/distance.ts';

const sightOf = (
  from: { lon: number; lat: number },
  to: { lon: number; lat: number },
  offDeg: number,
): { lon: number; lat: number; bearingDeg: number } => ({
  ...from,
  bearingDeg: (bearingDeg(from.lon, from.lat, to.lon, to.lat) + offDeg + 360) % 360,
});

it('finds what two people see, within its own radius, however much they are off within their error', () => {
  const off = fc.double({ min: -9.9, max: 9.9, noNaN: true });
  const metres = fc.double({ min: 500, max: 8_000, noNaN: true });
  const source = fc.record({
    lon: fc.double({ min: -179, max: 179, noNaN: true }),
    lat: fc.double({ min: -60, max: 60, noNaN: true }),
  });
  const turn = fc.double({ min: 50, max: 130, noNaN: true });
  const property = fc.property(
    source,
    fc.double({ min: 0, max: 359, noNaN: true }),
    turn,
    metres,
    metres,
    off,
    off,
    (at, first, between, fromA, fromB, offA, offB) => {
      const a = pointAlong(at.lon, at.lat, first, fromA);
      const b = pointAlong(at.lon, at.lat, (first + between) % 360, fromB);
      const fix = crossing(sightOf(a, at, offA), sightOf(b, at, offB));
      if (!fix) return;
      // The middle moves with the errors: the radius is told from there.
      expect(distanceM(fix.lon, fix.lat, at.lon, at.lat)).toBeLessThanOrEqual(fix.radiusM * 1.6);
    },
  );
  fc.assert(property, { numRuns: 500 });
  const exact = crossing({ lon: 1, lat: 0, bearingDeg: 45 }, { lon: 1.02, lat: 0, bearingDeg: 315 });
  expect(exact?.lon).toBeCloseTo(1.01, 4);
  expect(exact?.lat).toBeCloseTo(0.01, 4);
  expect(exact?.radiusM).toBeGreaterThan(400);
});

it.each([
  ['away from each other', { lon: 1, lat: 0, bearingDeg: 270 }, { lon: 1.02, lat: 0, bearingDeg: 90 }],
  ['to different sides', { lon: 1, lat: 0, bearingDeg: 45 }, { lon: 1.02, lat: 0, bearingDeg: 225 }],
  ['side by side', { lon: 1, lat: 0, bearingDeg: 0 }, { lon: 1.02, lat: 0, bearingDeg: 0 }],
  ['too flatly', { lon: 1, lat: 0, bearingDeg: 0 }, { lon: 1.02, lat: 0, bearingDeg: 345 }],
  ['from one place', { lon: 1, lat: 0, bearingDeg: 0 }, { lon: 1, lat: 0, bearingDeg: 90 }],
])('gives no fix for two who look %s', (_what, a, b) => {
  expect(crossing(a, b)).toBeUndefined();
});
