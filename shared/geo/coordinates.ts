import { forward } from './mgrs.ts';
import { toUtm } from './utm.ts';

/** Latitudes beyond which MGRS leaves the UTM grid (polar UPS is not written by this product). */
const mgrsSouth = -80;
const mgrsNorth = 84;

/**
 * MGRS for reading and saying aloud, in groups: `35N QB 12345 67890`. `digits` 5 is 1 m, 4 is 10 m, 3 is 100 m.
 * Outside the UTM grid there is none: the answer is undefined and the screen shows degrees only.
 */
export function mgrsText(lon: number, lat: number, digits = 5): string | undefined {
  if (lat < mgrsSouth || lat > mgrsNorth) return undefined;
  const plain = forward([lon, lat], digits);
  const parts = /^(\d{1,2}[A-Z])([A-Z]{2})(\d*)$/.exec(plain);
  if (!parts) return plain;
  const [, zone = '', square = '', numbers = ''] = parts;
  const half = numbers.length / 2;
  return [zone, square, numbers.slice(0, half), numbers.slice(half)].filter((part) => part !== '').join(' ');
}

/** Degrees with the hemisphere as a letter, `1.74200° N 30.30300° E`; latitude first, as it is spoken. */
export function decimalText(lon: number, lat: number, digits = 5): string {
  return `${Math.abs(lat).toFixed(digits)}° ${latLetter(lat)} ${Math.abs(lon).toFixed(digits)}° ${lonLetter(lon)}`;
}

/** Degrees, minutes, seconds: `01°44′31″ N 030°18′11″ E`. Seconds are rounded and never read 60. */
export function dmsText(lon: number, lat: number): string {
  return `${dms(Math.abs(lat), 2)} ${latLetter(lat)} ${dms(Math.abs(lon), 3)} ${lonLetter(lon)}`;
}

function dms(degrees: number, width: number): string {
  const total = Math.round(degrees * 3600);
  const pad = (value: number, digits: number) => String(value).padStart(digits, '0');
  return `${pad(Math.floor(total / 3600), width)}°${pad(Math.floor(total / 60) % 60, 2)}′${pad(total % 60, 2)}″`;
}

function latLetter(lat: number): string {
  return lat < 0 ? 'S' : 'N';
}

function lonLetter(lon: number): string {
  return lon < 0 ? 'W' : 'E';
}

/** UTM with its band, `35N 712345 E 192345 N`; undefined outside the grid, as for MGRS. */
export function utmText(lon: number, lat: number): string | undefined {
  const [, band] = /^\d+([A-Z])/.exec(mgrsText(lon, lat, 0) ?? '') ?? [];
  if (band === undefined) return undefined;
  const { zone, isNorth, eastingM, northingM } = toUtm(lon, lat);
  // A hair south of the equator counts as on it for the letter, and must for the figure.
  const upM = band >= 'N' && !isNorth ? 0 : northingM;
  return `${zone}${band} ${Math.floor(eastingM)} E ${Math.floor(upM)} N`;
}
