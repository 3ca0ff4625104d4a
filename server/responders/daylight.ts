import { getPosition } from 'suncalc';

/** Where the sun is lower than at civil dusk, degrees, a pilot without night equipment sees nothing to land on. */
const duskDeg = -6;

export function isNight(lon: number, lat: number, atMs: number): boolean {
  return getPosition(new Date(atMs), lat, lon).altitude < duskDeg;
}

/** Whether a flight there and back is by day: at the start, on landing and at home again, with time on the ground. */
export function flysByDay(
  home: { readonly lon: number; readonly lat: number },
  target: { readonly lon: number; readonly lat: number },
  atMs: number,
  oneWayS: number,
): boolean {
  const thereMs = atMs + oneWayS * 1_000;
  const backMs = thereMs + onGroundMs + oneWayS * 1_000;
  return (
    !isNight(home.lon, home.lat, atMs) &&
    !isNight(target.lon, target.lat, thereMs) &&
    !isNight(home.lon, home.lat, backMs)
  );
}

const onGroundMs = 20 * 60_000;
