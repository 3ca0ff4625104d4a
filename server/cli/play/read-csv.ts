import { parse } from 'csv-parse';
import { through } from './bytes.ts';
import {
  parseTrackNumber,
  parseTrackTime,
  toTrackFix,
  type TrackFix,
  type TrackReader,
} from './track-fix.ts';

/** Names that a column may have, the first that is there counts. */
const columns = {
  unit: ['unit', 'track', 'id'],
  time: ['t', 'time'],
  lat: ['lat', 'latitude'],
  lon: ['lon', 'lng', 'longitude'],
  kmh: ['kmh'],
  heading: ['hdg', 'heading', 'course'],
} as const;
type Column = keyof typeof columns;

/** CSV with a header `unit,t,lat,lon,kmh,hdg`; `track` for `unit`, any order, other columns passed over. */
export const readCsv: TrackReader = async function* readCsv(bytes, { name, onUnreadable }) {
  const rows = through(
    bytes,
    parse({ bom: true, skip_empty_lines: true, relax_column_count: true, relax_quotes: true }),
  );
  let places: Partial<Record<Column, number>> | undefined;
  let line = 0;
  for await (const given of rows) {
    const row = given as string[]; // csv-parse without `columns` gives arrays of text
    line += 1;
    if (!places) {
      places = placesOf(row, name);
      continue;
    }
    const fix = fixOf(row, places);
    if (typeof fix === 'string') onUnreadable({ where: `row ${line}`, why: fix });
    else yield fix;
  }
};

function placesOf(header: readonly string[], name: string): Partial<Record<Column, number>> {
  const words = header.map((word) => word.trim().toLowerCase());
  const found = Object.entries(columns).flatMap(([column, names]) => {
    const at = names.map((word) => words.indexOf(word)).find((place) => place >= 0);
    return at === undefined ? [] : [[column, at] as const];
  });
  const places: Partial<Record<Column, number>> = Object.fromEntries(found);
  const missing = (['unit', 'time', 'lat', 'lon'] as const).filter((column) => places[column] === undefined);
  if (missing.length === 0) return places;
  const wanted = missing.map((column) => columns[column][0]).join(', ');
  throw new Error(`${name}: its first line names no column ${wanted}; expected unit,t,lat,lon,kmh,hdg`);
}

function fixOf(row: readonly string[], places: Partial<Record<Column, number>>): TrackFix | string {
  const text = (column: Column): string => row[places[column] ?? -1] ?? '';
  const kmh = parseTrackNumber(text('kmh'));
  return toTrackFix({
    unit: text('unit'),
    atMs: parseTrackTime(text('time')),
    lat: parseTrackNumber(text('lat')),
    lon: parseTrackNumber(text('lon')),
    speedMps: kmh === undefined || kmh < 0 ? undefined : kmh / 3.6,
    courseDeg: parseTrackNumber(text('heading')),
  });
}
