import { describe, expect, it } from 'vitest';
import { reckon, reckonForS } from '../../../client/store/dead-reckoning.ts';
import { distanceM } from '../../../shared/geo/distance.ts';

/** Where one arrives on the sphere, keeping to a great circle that leaves on this course. */
function along(lon: number, lat: number, courseDeg: number, metres: number): { lon: number; lat: number } {
  const radians = Math.PI / 180;
  const way = metres / 6_371_008.8;
  const [phi, turn] = [lat * radians, courseDeg * radians];
  const reached = Math.asin(Math.sin(phi) * Math.cos(way) + Math.cos(phi) * Math.sin(way) * Math.cos(turn));
  const east = Math.atan2(
    Math.sin(turn) * Math.sin(way) * Math.cos(phi),
    Math.cos(way) - Math.sin(phi) * Math.sin(reached),
  );
  return { lon: lon + east / radians, lat: reached / radians };
}

describe('reckon', () => {
  it('goes as far and in the direction that the sphere says, within a thousandth of the way', () => {
    for (const lat of [-62, -18.5, 0, 0.001, 44, 60]) {
      for (const courseDeg of [0, 45, 90, 133, 180, 271.5, 359]) {
        for (const [speedMps, elapsedS] of [
          [1, 10],
          [25, 60],
          [60, 60],
        ] as const) {
          const metres = speedMps * elapsedS;
          const here = reckon(-18, lat, courseDeg, speedMps, elapsedS);
          const there = along(-18, lat, courseDeg, metres);
          expect(distanceM(here.lon, here.lat, there.lon, there.lat) / metres).toBeLessThan(0.0011);
        }
      }
    }
  });

  it('stays where it is without time or speed', () => {
    for (const { lon, lat } of [reckon(29.5, 1.5, 90, 20, 0), reckon(29.5, 1.5, 90, 0, 60)]) {
      expect([lon, lat]).toEqual([expect.closeTo(29.5, 12), expect.closeTo(1.5, 12)]);
    }
  });

  it('goes on over the antimeridian, both ways', () => {
    const metres = distanceM(179.999, 0, -179.999, 0);
    expect(reckon(179.999, 0, 90, metres, 1).lon).toBeCloseTo(-179.999, 6);
    expect(reckon(-179.999, 0, 270, metres, 1).lon).toBeCloseTo(179.999, 6);
  });

  it('does not leave the map', () => {
    expect(reckon(0, 85, 0, 1_000, 60).lat).toBeLessThan(85.07);
  });
});

it('ends when the next report is due, when the position gets stale, and after a minute', () => {
  expect([reckonForS(10, 300), reckonForS(60, 30), reckonForS(900, 3_600)]).toEqual([10, 30, 60]);
});
