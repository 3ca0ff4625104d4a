import type { ItemRefusal } from '../ingest/parse-position.ts';
import type { PositionCandidate } from '../ingest/positions.ts';

/**
 * What a phone reported, in our units; `unknown` where only the door judges, undefined where the phone did
 * not say.
 */
export interface PhoneReport {
  readonly unit: string | undefined;
  readonly device: string | undefined;
  readonly time: string;
  readonly lon: unknown;
  readonly lat: unknown;
  readonly courseDeg?: number | undefined;
  readonly speedMps?: number | undefined;
  readonly altitudeM?: number | undefined;
  readonly accuracyM?: number | undefined;
  readonly batteryPct?: number | undefined;
}

/**
 * A report as a candidate for the door; a place that only says "I do not know where I am" is refused as
 * `no-fix`.
 */
export function candidateOf({ device, ...item }: PhoneReport): PositionCandidate {
  const refusal = isNoFix(item.lon, item.lat)
    ? noFix('the device had no fix: its place is not one')
    : undefined;
  return { item, ...(device === undefined ? {} : { device }), ...(refusal ? { refusal } : {}) };
}

export function noFix(message: string): ItemRefusal {
  return { code: 'no-fix', field: 'lat', message };
}

/** Phones fill in 0,0 or a number that is no degree (999, 181) when they have no fix. */
function isNoFix(lon: unknown, lat: unknown): boolean {
  if (typeof lon !== 'number' || typeof lat !== 'number') return false;
  return (lon === 0 && lat === 0) || Math.abs(lon) > 180 || Math.abs(lat) > 90;
}

/** A text that says something; of a parameter given several times the last, as Traccar reads it. */
export function textOf(value: unknown): string | undefined {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last === 'number') return String(last);
  const text = typeof last === 'string' ? last.trim() : '';
  return text === '' ? undefined : text;
}

/** A number, or a decimal number in text; undefined for everything else. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** The number where it is one, else what was given: then the door refuses it by its field. */
export function coordinateOf(value: unknown): unknown {
  return numberOf(value) ?? textOf(value);
}

/** Widest values that the door takes, per field beside the place. */
const believable = {
  courseDeg: [0, 360],
  speedMps: [0, 1000],
  altitudeM: [-1000, 30_000],
  accuracyM: [0, 1_000_000],
  batteryPct: [0, 100],
} as const;

/**
 * A value beside the place, scaled to our unit; undefined when the phone did not know (negative speed,
 * course, accuracy) or said nonsense. Where somebody is must not be lost over a broken thermometer.
 */
export function besideOf(field: keyof typeof believable, value: unknown, scale = 1): number | undefined {
  const [min, max] = believable[field];
  const number = (numberOf(value) ?? NaN) * scale;
  return number >= min && number <= max ? number : undefined;
}

/** Times below this are seconds, others milliseconds: the rule of Traccar's decoder. */
const secondsBelow = 2 ** 31;

/**
 * A device's time as RFC 3339: seconds or milliseconds since 1970, RFC 3339, or `yyyy-MM-dd HH:mm:ss` in UTC.
 * A missing one is the server's; one that is no time stays as it came, for the door to refuse.
 */
export function timeOf(value: unknown, nowMs: number): string {
  const text = textOf(value);
  if (text === undefined) return new Date(nowMs).toISOString();
  const number = numberOf(text);
  if (number === undefined) {
    return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text;
  }
  const time = new Date(Math.round(number < secondsBelow ? number * 1000 : number));
  return number > 0 && !Number.isNaN(time.getTime()) ? time.toISOString() : text;
}

/** The name of a device within its protocol, short enough to be kept with every fix. */
export function deviceOf(protocol: string, id: string | undefined): string | undefined {
  return id === undefined ? undefined : `${protocol}:${id.slice(0, 64)}`;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
