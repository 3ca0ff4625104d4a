import { linesOf } from './bytes.ts';
import { parseTrackTime, toTrackFix, type TrackFix, type TrackReader } from './track-fix.ts';

/** One position a line, as `POST /api/positions` takes it. Ids are left out: a replay is a new report. */
export const readNdjson: TrackReader = async function* readNdjson(bytes, { onUnreadable }) {
  let line = 0;
  for await (const text of linesOf(bytes)) {
    line += 1;
    if (text.trim() === '') continue;
    const fix = fixOf(text);
    if (typeof fix === 'string') onUnreadable({ where: `line ${line}`, why: fix });
    else yield fix;
  }
};

function fixOf(text: string): TrackFix | string {
  const item = parsed(text);
  if (item === undefined) return 'it is not a JSON object';
  const number = (name: string): number | undefined => {
    const value = item[name];
    return typeof value === 'number' ? value : undefined;
  };
  const { unit, time } = item;
  return toTrackFix({
    unit: typeof unit === 'string' ? unit : undefined,
    atMs: typeof time === 'string' ? parseTrackTime(time) : NaN,
    lon: number('lon'),
    lat: number('lat'),
    courseDeg: number('courseDeg'),
    speedMps: number('speedMps'),
    altitudeM: number('altitudeM'),
    accuracyM: number('accuracyM'),
    batteryPct: number('batteryPct'),
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined; // any object has text keys
  } catch {
    return undefined;
  }
}
