/**
 * Universal Transverse Mercator on WGS 84: Krüger's series in the third flattening, to the fourth order, as in
 * C. F. F. Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85 (2011), equations 35 and 36.
 * Good to far below a millimetre inside a zone and its neighbours.
 */
const axisM = 6_378_137;
const flattening = 1 / 298.257_223_563;
const scaleAtMiddle = 0.9996;
const falseEastingM = 500_000;
const falseNorthingM = 10_000_000;

const n = flattening / (2 - flattening);
const eccentricity = Math.sqrt(flattening * (2 - flattening));
/** Radius of a circle as long as a meridian. */
const meridianRadiusM = (axisM / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const forwardTerms = [
  n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
  (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4,
  (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
  (49561 / 161280) * n ** 4,
];
const backTerms = [
  n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3 - (1 / 360) * n ** 4,
  (1 / 48) * n ** 2 + (1 / 15) * n ** 3 - (437 / 1440) * n ** 4,
  (17 / 480) * n ** 3 - (37 / 840) * n ** 4,
  (4397 / 161280) * n ** 4,
];
const radians = Math.PI / 180;

export interface UtmPoint {
  /** 1 to 60. */
  readonly zone: number;
  readonly isNorth: boolean;
  readonly eastingM: number;
  readonly northingM: number;
}

/** The zone of a position, with the exceptions of south-west Norway and Svalbard. */
export function utmZone(lon: number, lat: number): number {
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
  if (lat >= 72 && lat <= 84 && lon >= 0 && lon < 42)
    return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return Math.min(60, Math.floor((lon + 180) / 6) + 1);
}

/** Longitude of the middle of a zone, degrees. */
export function middleOfZone(zone: number): number {
  return zone * 6 - 183;
}

/** A position on the grid, of its own zone or of one that is named. */
export function toUtm(lon: number, lat: number, zone = utmZone(lon, lat)): UtmPoint {
  const across = (lon - middleOfZone(zone)) * radians;
  const tan = Math.tan(lat * radians);
  const sigma = Math.sinh(eccentricity * Math.atanh((eccentricity * tan) / Math.hypot(1, tan)));
  const conformal = tan * Math.hypot(1, sigma) - sigma * Math.hypot(1, tan);
  const up = Math.atan2(conformal, Math.cos(across));
  const out = Math.asinh(Math.sin(across) / Math.hypot(conformal, Math.cos(across)));
  let [xi, eta] = [up, out];
  forwardTerms.forEach((term, index) => {
    const times = 2 * (index + 1);
    xi += term * Math.sin(times * up) * Math.cosh(times * out);
    eta += term * Math.cos(times * up) * Math.sinh(times * out);
  });
  const isNorth = lat >= 0;
  return {
    zone,
    isNorth,
    eastingM: falseEastingM + scaleAtMiddle * meridianRadiusM * eta,
    northingM: (isNorth ? 0 : falseNorthingM) + scaleAtMiddle * meridianRadiusM * xi,
  };
}

/** The position of a point of the grid, degrees. */
export function fromUtm({ zone, isNorth, eastingM, northingM }: UtmPoint): { lon: number; lat: number } {
  const xi = (northingM - (isNorth ? 0 : falseNorthingM)) / (scaleAtMiddle * meridianRadiusM);
  const eta = (eastingM - falseEastingM) / (scaleAtMiddle * meridianRadiusM);
  let [up, out] = [xi, eta];
  backTerms.forEach((term, index) => {
    const times = 2 * (index + 1);
    up -= term * Math.sin(times * xi) * Math.cosh(times * eta);
    out -= term * Math.cos(times * xi) * Math.sinh(times * eta);
  });
  const across = Math.atan2(Math.sinh(out), Math.cos(up));
  const lat = latitudeOf(Math.sin(up) / Math.hypot(Math.sinh(out), Math.cos(up)));
  return { lon: across / radians + middleOfZone(zone), lat };
}

/** From the tangent of the conformal latitude to the latitude, by Newton's method; three steps reach the last digit. */
function latitudeOf(conformal: number): number {
  let tan = conformal;
  for (let step = 0; step < 3; step++) {
    const sigma = Math.sinh(eccentricity * Math.atanh((eccentricity * tan) / Math.hypot(1, tan)));
    const now = tan * Math.hypot(1, sigma) - sigma * Math.hypot(1, tan);
    const slope = ((1 - eccentricity ** 2) * Math.hypot(1, tan)) / (1 + (1 - eccentricity ** 2) * tan * tan);
    tan += (conformal - now) / (Math.hypot(1, now) * slope);
  }
  return Math.atan(tan) / radians;
}
