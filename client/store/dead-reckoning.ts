import type { MapPoint } from './selection.svelte.ts';

/** However seldom a unit reports, it is not drawn further along its course than this after its last fix. */
export const reckonAtMostS = 60;
/** Circumference of a sphere of the mean earth radius. */
export const earthAroundM = 2 * Math.PI * 6_371_008.8;

const radians = Math.PI / 180;
/** Where Mercator's map ends: nothing is reckoned beyond. */
const mostLat = 85.06;

/** How long after a fix the unit is drawn along its course: until its next report is due. */
export function reckonForS(reportEveryS: number, staleAfterS: number): number {
  return Math.min(reportEveryS, staleAfterS, reckonAtMostS);
}

/**
 * Where a unit is drawn `elapsedS` after its fix when it has kept course and speed. The way is straight on Mercator's
 * map and as long as the scale at the fix says, which is how the shader of the symbols goes: both must agree to the
 * pixel. Over the minute that is reckoned at most, this is within a thousandth of the way on the sphere.
 */
export function reckon(
  lon: number,
  lat: number,
  courseDeg: number,
  speedMps: number,
  elapsedS: number,
): MapPoint {
  const turns = (speedMps * elapsedS) / (earthAroundM * Math.cos(lat * radians));
  const east = lon + 360 * turns * Math.sin(courseDeg * radians);
  const north = Math.asinh(Math.tan(lat * radians)) + 2 * Math.PI * turns * Math.cos(courseDeg * radians);
  const reached = Math.atan(Math.sinh(north)) / radians;
  return { lon: wrapped(east), lat: Math.max(-mostLat, Math.min(mostLat, reached)) };
}

function wrapped(lon: number): number {
  if (lon >= -180 && lon <= 180) return lon;
  return ((((lon + 180) % 360) + 360) % 360) - 180;
}
