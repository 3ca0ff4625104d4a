/** One fix of a recording. `atMs` is in the recording's own time: since 1970, or since its beginning. */
export interface TrackFix {
  readonly unit: string;
  readonly atMs: number;
  readonly lon: number;
  readonly lat: number;
  readonly courseDeg?: number;
  readonly speedMps?: number;
  readonly altitudeM?: number;
  readonly accuracyM?: number;
  readonly batteryPct?: number;
}

/** A row of a recording that holds no fix: where it is and why. */
export interface Unreadable {
  readonly where: string;
  readonly why: string;
}

/** Fixes as they stand in a file. Rows without a fix are told to `onUnreadable` and passed over. */
export type TrackReader = (
  bytes: AsyncIterable<Uint8Array>,
  about: { readonly name: string; readonly onUnreadable: (row: Unreadable) => void },
) => AsyncIterable<TrackFix>;

const optional = ['courseDeg', 'speedMps', 'altitudeM', 'accuracyM', 'batteryPct'] as const;
type Given = { readonly [K in keyof TrackFix]?: TrackFix[K] | undefined };

/** The fix that the values make, or why they make none. Values that are not numbers count as absent. */
export function toTrackFix({ unit, atMs, lon, lat, ...more }: Given): TrackFix | string {
  if (unit === undefined || unit.trim() === '') return 'it names no unit';
  if (atMs === undefined || !Number.isFinite(atMs)) return 'it has no time';
  if (lon === undefined || !(Math.abs(lon) <= 180)) return 'its longitude is not a number from -180 to 180';
  if (lat === undefined || !(Math.abs(lat) <= 90)) return 'its latitude is not a number from -90 to 90';
  const fix: { -readonly [K in keyof TrackFix]: TrackFix[K] } = {
    unit: unit.trim().slice(0, 64),
    atMs,
    lon,
    lat,
  };
  for (const name of optional) {
    const value = more[name];
    if (value !== undefined && Number.isFinite(value)) fix[name] = value;
  }
  if (fix.courseDeg !== undefined) fix.courseDeg = ((fix.courseDeg % 360) + 360) % 360;
  return fix;
}

/** A time as recordings write it: seconds as a number, or RFC 3339. NaN for anything else. */
export function parseTrackTime(text: string): number {
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1_000;
  return /^\d{4}-\d{2}-\d{2}T/.test(trimmed) ? Date.parse(trimmed) : NaN;
}

/** A number from a text; undefined for an empty one. */
export function parseTrackNumber(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? undefined : Number(trimmed);
}
