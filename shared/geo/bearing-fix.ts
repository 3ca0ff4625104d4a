import { bearingDeg, distanceM, pointAlong } from './distance.ts';

/** From where something was heard or seen, and in which direction, degrees true. */
export interface Sight {
  readonly lon: number;
  readonly lat: number;
  readonly bearingDeg: number;
}

export interface BearingFix {
  readonly lon: number;
  readonly lat: number;
  /** Radius of the circle that holds every crossing within the error of both bearings, metres. */
  readonly radiusM: number;
}

/** How far a person without an instrument is off, degrees. */
const errorDeg = 10;
/** A bell or flare is not heard or seen from further away. */
const farthestM = 40_000;
const smallestRadiusM = 300;

/**
 * Where two bearings cross, on great circles, with the radius of what their errors leave open. Undefined where they
 * do not cross ahead of both within 40 km, or so flatly that within their errors they need not cross at all.
 */
export function crossing(a: Sight, b: Sight): BearingFix | undefined {
  const middle = crossingPoint(a, b);
  if (!middle) return undefined;
  let radiusM = smallestRadiusM;
  for (const [offA, offB] of [
    [-errorDeg, -errorDeg],
    [-errorDeg, errorDeg],
    [errorDeg, -errorDeg],
    [errorDeg, errorDeg],
  ] as const) {
    const corner = crossingPoint(turned(a, offA), turned(b, offB));
    if (!corner) return undefined;
    radiusM = Math.max(radiusM, distanceM(middle.lon, middle.lat, corner.lon, corner.lat));
  }
  return { ...middle, radiusM: Math.ceil(radiusM) };
}

function turned(sight: Sight, byDeg: number): Sight {
  return { ...sight, bearingDeg: (sight.bearingDeg + byDeg + 360) % 360 };
}

/** By the triangle between both places and the crossing; flat, which at these distances is off by less than a metre a kilometre. */
function crossingPoint(a: Sight, b: Sight): { lon: number; lat: number } | undefined {
  const apartM = distanceM(a.lon, a.lat, b.lon, b.lat);
  if (apartM < 1) return undefined;
  const [atA, atB] = [
    signedTurn(bearingDeg(a.lon, a.lat, b.lon, b.lat), a.bearingDeg),
    signedTurn(b.bearingDeg, bearingDeg(b.lon, b.lat, a.lon, a.lat)),
  ];
  // Both must look to the same side of the line between them, and towards each other.
  if (atA === 0 || atB === 0 || Math.sign(atA) !== Math.sign(atB)) return undefined;
  const [angleA, angleB] = [Math.abs(atA), Math.abs(atB)];
  const angleAtCrossing = 180 - angleA - angleB;
  if (angleAtCrossing < 3) return undefined;
  const toRadians = Math.PI / 180;
  const fromAM = (apartM * Math.sin(angleB * toRadians)) / Math.sin(angleAtCrossing * toRadians);
  const fromBM = (apartM * Math.sin(angleA * toRadians)) / Math.sin(angleAtCrossing * toRadians);
  if (fromAM > farthestM || fromBM > farthestM) return undefined;
  return pointAlong(a.lon, a.lat, a.bearingDeg, fromAM);
}

/** From one bearing to another, -180 to 180. */
function signedTurn(from: number, to: number): number {
  return ((to - from + 540) % 360) - 180;
}
