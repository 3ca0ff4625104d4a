import { parseAngles } from './parse-angles.ts';
import { parseGrid } from './parse-grid.ts';

export type CoordinateFormat = 'mgrs' | 'utm' | 'decimal' | 'dm' | 'dms' | 'link';

/** One way to read a text as a position. */
export interface PointReading {
  readonly lon: number;
  readonly lat: number;
  readonly format: CoordinateFormat;
  /** How exactly the text says it, metres: the last digit that is written. */
  readonly precisionM: number;
}

/** Why a text that looks like a position is none. */
export type CoordinateProblem =
  | 'not-a-position'
  | 'latitude-range'
  | 'longitude-range'
  | 'minutes-range'
  | 'letters'
  | 'mgrs-digits'
  | 'mgrs-square'
  | 'utm-range';

export type CoordinateReading =
  | { readonly ok: true; readonly readings: readonly PointReading[] }
  | { readonly ok: false; readonly problem: CoordinateProblem };

/** Longer texts are never positions; expressions below stay quick on rubbish. */
const longest = 300;

/**
 * Reads a position in any notation that people send: MGRS, UTM, degrees as decimals, with minutes, or with seconds,
 * `geo:` and the links of web maps. Where a text can be read in several ways all of them are answered, likeliest
 * first; nothing is chosen silently.
 */
export function parseCoordinates(text: string): CoordinateReading {
  if (text.length > longest) return { ok: false, problem: 'not-a-position' };
  const plain = unified(text);
  const linked = parseLink(plain);
  if (linked) return linked;
  return parseGrid(plain) ?? parseAngles(plain) ?? { ok: false, problem: 'not-a-position' };
}

/** One sign for each meaning: people's keyboards, phones and word processors have many. */
function unified(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[′’‘‛`´ʹ]/g, "'")
    .replace(/''|[″”“„ʺ]/g, '"')
    .replace(/[º˚]/g, '°')
    .replace(/[−–—‒]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

const number = String.raw`(-?\d{1,3}(?:\.\d+)?)`;
/** Latitude first in all of them. */
const links = [
  new RegExp(`^geo:${number},${number}`, 'i'),
  new RegExp(`[@=/]${number},\\+?(?:%20)?${number}(?![\\d.])`),
  new RegExp(`#map=[\\d.]+/${number}/${number}`),
  new RegExp(`mlat=${number}&mlon=${number}`),
];

function parseLink(text: string): CoordinateReading | undefined {
  if (!/^(geo:|https?:\/\/)/i.test(text)) return undefined;
  for (const link of links) {
    const [, lat, lon] = link.exec(text) ?? [];
    if (lat === undefined || lon === undefined) continue;
    const digits = Math.min(decimalsOf(lat), decimalsOf(lon));
    return inRange([
      { lon: Number(lon), lat: Number(lat), format: 'link', precisionM: 111_320 / 10 ** digits },
    ]);
  }
  return { ok: false, problem: 'not-a-position' };
}

export function decimalsOf(written: string): number {
  return /[.,](\d+)$/.exec(written)?.[1]?.length ?? 0;
}

/** The readings that lie on the earth; where none does, why the first one does not. */
export function inRange(readings: readonly PointReading[]): CoordinateReading {
  const good = readings.filter(({ lon, lat }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180);
  if (good.length > 0) return { ok: true, readings: good };
  const [first] = readings;
  return {
    ok: false,
    problem: !first ? 'not-a-position' : Math.abs(first.lat) > 90 ? 'latitude-range' : 'longitude-range',
  };
}
