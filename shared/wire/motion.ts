/**
 * A fix in the whole numbers of the wire, and where both sides expect a unit to be next. Everything here must come
 * out the same in every engine: sines are taken from tables of rounded values, the rest is plain arithmetic.
 *
 *     lonE5, latE5   1e-5 degree (about 1.1 m)
 *     timeDs         0.1 s since 1970
 *     speedCode      0 unknown, else 1 + speed in 0.25 m/s
 *     courseCode     0 unknown, else 1 + course in 1/256 of a turn
 */
const e5 = 1e5;
const metresPerE5 = 1.11319; // 1e-5 degree of latitude on a sphere of 6,378 km
const speedStepMps = 0.25;
const courseSteps = 256;
const turnE5 = 360e5;
/** Beyond this nobody is expected to have gone straight on. */
const predictAtMostDs = 600;

export const toE5 = (degrees: number): number => Math.round(degrees * e5);
export const fromE5 = (value: number): number => value / e5;
export const toDs = (ms: number): number => Math.floor(ms / 100);

export function speedCodeOf(speedMps: number | undefined): number {
  if (speedMps === undefined || Number.isNaN(speedMps)) return 0;
  return 1 + Math.min(0xfffe, Math.round(speedMps / speedStepMps));
}

export function courseCodeOf(courseDeg: number | undefined): number {
  if (courseDeg === undefined || Number.isNaN(courseDeg)) return 0;
  return 1 + (((Math.round((courseDeg * courseSteps) / 360) % courseSteps) + courseSteps) % courseSteps);
}

/** m/s; NaN for unknown. */
export const speedOfCode = (code: number): number => (code === 0 ? NaN : (code - 1) * speedStepMps);
/** Degrees; NaN for unknown. */
export const courseOfCode = (code: number): number => (code === 0 ? NaN : ((code - 1) * 360) / courseSteps);

const table = (size: number, value: (index: number) => number): Float64Array =>
  Float64Array.from({ length: size }, (_, index) => Math.round(value(index) * 1e6) / 1e6);
const northShare = table(courseSteps, (step) => Math.cos((step * 2 * Math.PI) / courseSteps));
const eastShare = table(courseSteps, (step) => Math.sin((step * 2 * Math.PI) / courseSteps));
/** Length of a degree of longitude against one of latitude, by whole degrees of latitude. */
const lonShrink = table(91, (lat) => Math.max(0.01, Math.cos((lat * Math.PI) / 180)));

const distanceE5 = (speedCode: number, elapsedDs: number): number => {
  if (speedCode < 2 || elapsedDs <= 0) return 0;
  return ((speedCode - 1) * speedStepMps * Math.min(predictAtMostDs, elapsedDs)) / 10 / metresPerE5;
};

/** Latitude expected after going straight on. */
export function expectedLatE5(
  latE5: number,
  speedCode: number,
  courseCode: number,
  elapsedDs: number,
): number {
  if (courseCode === 0) return latE5;
  const lat = latE5 + distanceE5(speedCode, elapsedDs) * (northShare[courseCode - 1] ?? 0);
  return Math.max(-90e5, Math.min(90e5, Math.round(lat)));
}

/** Longitude expected after going straight on from `latE5`. */
export function expectedLonE5(
  lonE5: number,
  latE5: number,
  speedCode: number,
  courseCode: number,
  elapsedDs: number,
): number {
  if (courseCode === 0) return lonE5;
  const across = distanceE5(speedCode, elapsedDs) * (eastShare[courseCode - 1] ?? 0);
  return wrapE5(Math.round(lonE5 + across / shrinkAt(latE5)));
}

/** How much shorter a degree of longitude is than one of latitude. */
export function shrinkAt(latE5: number): number {
  return lonShrink[Math.min(90, Math.round(Math.abs(latE5) / e5))] ?? 0.01;
}

/** Longitude brought into -180° to 180°. */
export function wrapE5(lonE5: number): number {
  if (lonE5 > 180e5) return lonE5 - turnE5;
  return lonE5 < -180e5 ? lonE5 + turnE5 : lonE5;
}

/** The short way from one longitude to another. */
export function lonGapE5(from: number, to: number): number {
  return wrapE5(to - from);
}

/** The short way from one course to another, in steps: -128 to 127. */
export function courseGap(from: number, to: number): number {
  return ((to - from + courseSteps + courseSteps / 2) % courseSteps) - courseSteps / 2;
}
