import { describe, expect, it } from 'vitest';
import { degreesOf, distanceM } from '../../../shared/geo/distance.ts';

describe('distanceM', () => {
  it('is nothing from a point to itself', () => {
    expect(distanceM(29.2, -1.7, 29.2, -1.7)).toBe(0);
  });

  it('measures one degree of latitude as 111.2 km', () => {
    expect(distanceM(18, 0, 18, 1)).toBeCloseTo(111_195, -1);
  });

  it('takes the short way across the antimeridian', () => {
    expect(distanceM(179.9, 0, -179.9, 0)).toBeCloseTo(22_239, -1);
  });

  it('reaches half round the earth without a NaN', () => {
    expect(distanceM(0, 0, 180, 0)).toBeCloseTo(20_015_115, -2);
  });
});

describe('degreesOf', () => {
  it('turns a distance back into the degrees it spans', () => {
    const { lon, lat } = degreesOf(10_000, 45);
    expect(distanceM(10, 45, 10 + lon, 45)).toBeCloseTo(10_000, -1);
    expect(distanceM(10, 45, 10, 45 + lat)).toBeCloseTo(10_000, -1);
  });

  it('stays finite at the pole', () => {
    expect(degreesOf(1_000_000, 90).lon).toBeLessThanOrEqual(180);
  });
});
