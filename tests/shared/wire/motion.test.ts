import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../shared/geo/distance.ts';
import {
  courseCodeOf,
  courseGap,
  courseOfCode,
  expectedLatE5,
  expectedLonE5,
  fromE5,
  lonGapE5,
  speedCodeOf,
  speedOfCode,
  toE5,
  wrapE5,
} from '../../../shared/wire/motion.ts';

describe('motion on the wire', () => {
  it('rounds speed and course, and keeps what is unknown unknown', () => {
    expect(speedOfCode(speedCodeOf(13.9))).toBeCloseTo(13.9, 0);
    expect(courseOfCode(courseCodeOf(359.9))).toBe(0);
    expect(courseOfCode(courseCodeOf(90))).toBe(90);
    expect(speedOfCode(speedCodeOf(undefined))).toBeNaN();
    expect(courseOfCode(courseCodeOf(NaN))).toBeNaN();
  });

  it('P6 expects a unit as far along its course as it goes in the time', () => {
    const args = fc.record({
      lat: fc.double({ min: -75, max: 75, noNaN: true }),
      speed: fc.double({ min: 1, max: 60, noNaN: true }),
      course: fc.double({ min: 0, max: 359, noNaN: true }),
      seconds: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(args, ({ lat, speed, course, seconds }) => {
        const [speedCode, courseCode] = [speedCodeOf(speed), courseCodeOf(course)];
        const toLat = fromE5(expectedLatE5(toE5(lat), speedCode, courseCode, seconds * 10));
        const toLon = fromE5(expectedLonE5(0, toE5(lat), speedCode, courseCode, seconds * 10));
        const expected = speedOfCode(speedCode) * seconds;
        // The table of shrinking longitudes goes by whole degrees of latitude.
        expect(Math.abs(distanceM(0, lat, toLon, toLat) - expected)).toBeLessThan(expected * 0.04 + 3);
      }),
    );
  });

  it('goes the short way round', () => {
    expect(lonGapE5(179.9e5, -179.9e5)).toBe(20_000);
    expect(wrapE5(180.1e5)).toBe(-179.9e5);
    expect(courseGap(1, 256)).toBe(-1);
    expect(courseGap(256, 2)).toBe(2);
  });

  it('expects nothing of a halted unit, or of one heard of long ago', () => {
    expect(expectedLatE5(100, 1, 1, 600)).toBe(100);
    expect(expectedLatE5(100, 0, 0, 600)).toBe(100);
    expect(expectedLatE5(0, 41, 1, 6_000)).toBe(expectedLatE5(0, 41, 1, 600));
  });
});
