import {
  decimalsOf,
  inRange,
  type CoordinateProblem,
  type CoordinateReading,
  type PointReading,
} from './parse-coordinates.ts';

type Axis = 'lat' | 'lon';
interface Angle {
  readonly degrees: number;
  /** Which one it is, where a letter says so. */
  readonly axis: Axis | undefined;
  readonly format: 'decimal' | 'dm' | 'dms';
  readonly precisionM: number;
}

/** O is the French ouest. */
const letters: Readonly<Record<string, readonly [Axis, sign: 1 | -1]>> = {
  N: ['lat', 1],
  S: ['lat', -1],
  E: ['lon', 1],
  W: ['lon', -1],
  O: ['lon', -1],
};
const metresPerDegree = 111_320;

/**
 * Degrees as decimals, with minutes, or with seconds; hemispheres as letters before or behind, or as signs; decimal
 * points or commas. Latitude comes first, as it is spoken, unless letters say otherwise; two plain numbers may as well
 * be the other way round, and are answered both ways. Undefined for a text that is no pair of angles.
 */
export function parseAngles(text: string): CoordinateReading | undefined {
  if (!/^[-+\d\s.,;/°'"dmsNSEWO]+$/i.test(text) || !/\d/.test(text)) return undefined;
  const halves = halvesOf(withPoints(withSigns(text)));
  if (!halves) return undefined;
  const [first, second] = halves.map(readAngle);
  if (!first || !second) return undefined;
  if (typeof first === 'string' || typeof second === 'string')
    return { ok: false, problem: typeof first === 'string' ? first : (second as CoordinateProblem) };
  return together(first, second);
}

function together(first: Angle, second: Angle): CoordinateReading {
  if (first.axis !== undefined && first.axis === second.axis) return { ok: false, problem: 'letters' };
  const isLonFirst = first.axis === 'lon' || second.axis === 'lat';
  const spoken = pair(first, second);
  if (isLonFirst) return inRange([pair(second, first)]);
  if (first.axis ?? second.axis) return inRange([spoken]);
  const other = pair(second, first);
  return inRange(spoken.lat === other.lat ? [spoken] : [spoken, other]);
}

function pair(lat: Angle, lon: Angle): PointReading {
  const format = lat.format === lon.format ? lat.format : 'dms';
  return {
    lon: lon.degrees,
    lat: lat.degrees,
    format,
    precisionM: Math.max(lat.precisionM, lon.precisionM),
  };
}

/** `1d44m31s` becomes `1°44'31"`: its s is no south. */
function withSigns(text: string): string {
  if (!/\d ?d/i.test(text)) return text;
  return text
    .replace(/(\d) ?d(eg)?(?![a-z])/gi, '$1°')
    .replace(/(\d) ?m(in)?(?![a-z])/gi, "$1'")
    .replace(/(\d) ?s(ec)?(?= ?[NSEWO])/gi, '$1"');
}

/** Decimal commas become points; commas that part two numbers stay. */
function withPoints(text: string): string {
  const hasSigns = /[°'"NSEWOdms]/i.test(text);
  const bothHave = /^[-+]?\d+,\d+(?:\s*[;/]\s*|,?\s+)[-+]?\d+,\d+$/.test(text);
  return hasSigns || bothHave ? text.replace(/(\d),(\d)/g, '$1.$2') : text;
}

/** The text of each angle. */
function halvesOf(text: string): [string, string] | undefined {
  const sides = [
    /^(.*?\d.*?[NSEWO])[\s,;/]*(.*\d.*)$/i, // 1.7N 30.3E
    /^([NSEWO][^NSEWO]*[NSEWO]?)[\s,;/]+([NSEWO].*)$/i, // N1.7 E30.3
    /^([NSEWO][^NSEWO]*)([NSEWO].*)$/i, // N1.7E30.3
    /^([^,;/]*\d[^,;/]*)[,;/]([^,;/]*\d[^,;/]*)$/, // 1.7, 30.3
  ];
  for (const side of startsWithLetter(text) ? sides.slice(1) : sides) {
    const [, first, second] = side.exec(text) ?? [];
    if (first !== undefined && second !== undefined) return [first.trim(), second.trim()];
  }
  const numbers = text.split(' ');
  const middle = numbers.length / 2;
  if (![1, 2, 3].includes(middle)) return undefined;
  return [numbers.slice(0, middle).join(' '), numbers.slice(middle).join(' ')];
}

const startsWithLetter = (text: string): boolean => /^[NSEWO]/i.test(text);

const angle =
  /^([NSEWO])? ?([-+])? ?(\d{1,3}(?:\.\d+)?) ?(?:°|d(?:eg)?)? ?(?:(\d{1,2}(?:\.\d+)?) ?(?:'|m(?:in)?)? ?)?(?:(\d{1,2}(?:\.\d+)?) ?(?:"|s(?:ec)?(?![\w]))? ?)?([NSEWO])?$/i;

function readAngle(text: string): Angle | CoordinateProblem | undefined {
  const match = angle.exec(text.replace(/[,;/]+$/, '').trim());
  if (!match) return undefined;
  const [, before, sign, degrees = '', minutes, seconds, behind] = match;
  if (before !== undefined && behind !== undefined) return 'letters';
  const letter = (before ?? behind)?.toUpperCase();
  if (letter !== undefined && sign !== undefined) return 'letters';
  const written = [degrees, minutes, seconds].filter((part) => part !== undefined);
  // Only what is written last may be broken down further.
  if (written.slice(0, -1).some((part) => part.includes('.'))) return 'minutes-range';
  if ([minutes, seconds].some((part) => Number(part ?? 0) >= 60)) return 'minutes-range';
  const value = Number(degrees) + Number(minutes ?? 0) / 60 + Number(seconds ?? 0) / 3600;
  const [axis, direction] = letters[letter ?? ''] ?? [undefined, sign === '-' ? -1 : 1];
  const last = written.at(-1) ?? '';
  return {
    degrees: value === 0 ? 0 : value * direction,
    axis,
    format: written.length === 1 ? 'decimal' : written.length === 2 ? 'dm' : 'dms',
    precisionM: metresPerDegree / 60 ** (written.length - 1) / 10 ** decimalsOf(last),
  };
}
