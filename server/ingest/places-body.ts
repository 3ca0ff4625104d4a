import { parse } from 'csv-parse/sync';
import { Failure } from '../../shared/failure.ts';
import { placeSchema, type PlaceIn } from '../../shared/model/place.ts';
import type { RejectedItem } from '../../shared/model/position.ts';
import { parseBody } from './parse-body.ts';
import { parseJson } from './parse-json.ts';

/** What an import holds: the good places, and the others with their index among the features or data rows. */
export interface PlacesBody {
  readonly places: PlaceIn[];
  readonly rejected: RejectedItem[];
}

type Given = Readonly<Record<string, unknown>>;

/**
 * The places of a GeoJSON FeatureCollection, Feature or array of Features, or of a CSV with the columns
 * `id,kind,name,lon,lat,population?,languages?,names?` (other spellings; `alt` is read as well) and those of the registry
 * of villages: `reach,network,contactEveryH,liaison,nearestBaseId,hamletOf`. A bad one costs the others nothing; the
 * second of an id is refused, because which of the two villages is meant nobody can tell. The content type decides,
 * else the first character.
 */
export function placesOf(text: string, contentType: string): PlacesBody {
  const body = text.replace(/^\uFEFF/, '').trim();
  const isJson = /json/i.test(contentType) || (!/csv/i.test(contentType) && /^[[{]/.test(body));
  const items = isJson ? featuresOf(parseJson(body)).map(fromFeature) : rowsOf(body);
  const places: PlaceIn[] = [];
  const rejected: RejectedItem[] = [];
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const judged = judge(item, seen);
    if (judged instanceof Failure) {
      rejected.push({ index, code: judged.code, field: judged.field ?? '', message: judged.message });
    } else {
      seen.add(judged.id);
      places.push(judged);
    }
  });
  return { places, rejected };
}

function judge(item: Given | Failure, seen: ReadonlySet<string>): PlaceIn | Failure {
  if (item instanceof Failure) return item;
  try {
    const place = parseBody(placeSchema, item);
    if (!seen.has(place.id)) return place;
    return new Failure('conflict', `the id ${place.id} is in this import already; the first one stays`, {
      field: 'id',
    });
  } catch (reason) {
    // parseBody is made for one body and throws; an import lists its refusals.
    if (reason instanceof Failure) return reason;
    throw reason;
  }
}

function featuresOf(body: unknown): readonly unknown[] {
  if (Array.isArray(body)) return body;
  if (isObject(body) && body['type'] === 'Feature') return [body];
  if (isObject(body) && Array.isArray(body['features'])) return body['features'];
  throw new Failure(
    'bad-body',
    'the body must be a GeoJSON FeatureCollection, a Feature, an array of them, or CSV',
  );
}

function fromFeature(feature: unknown): Given | Failure {
  if (!isObject(feature) || feature['type'] !== 'Feature') {
    return new Failure('bad-body', 'an item is a GeoJSON Feature');
  }
  const { geometry, properties } = feature;
  if (!isObject(geometry) || geometry['type'] !== 'Point' || !Array.isArray(geometry['coordinates'])) {
    return new Failure('field-invalid', 'geometry: a place is a GeoJSON Point', { field: 'geometry' });
  }
  const [lon, lat]: unknown[] = geometry['coordinates'];
  const own = isObject(properties) ? properties : {};
  return {
    id: idText(feature['id'] ?? own['id']),
    kind: own['kind'],
    name: own['name'],
    lon,
    lat,
    population: numberIfText(own['population']),
    languages: typeof own['languages'] === 'string' ? languagesOf(own['languages']) : own['languages'],
    names: typeof own['names'] === 'string' ? namesOf(own['names']) : own['names'],
    ...given({
      reach: typeof own['reach'] === 'string' ? reachOf(own['reach']) : own['reach'],
      network: own['network'],
      contactEveryH: numberIfText(own['contactEveryH']),
      liaison: own['liaison'],
      nearestBaseId: idText(own['nearestBaseId']),
      hamletOf: idText(own['hamletOf']),
    }),
  };
}

const columns = [
  ...(['id', 'kind', 'name', 'lon', 'lat', 'population', 'languages', 'names', 'alt'] as const),
  ...(['reach', 'network', 'contactEveryH', 'liaison', 'nearestBaseId', 'hamletOf'] as const),
] as const;
const neededColumns = columns.slice(0, 5);

/**
 * Data rows as place-shaped objects. Semicolons separate as well (with decimal commas): so French
 * spreadsheets write.
 */
function rowsOf(text: string): Given[] {
  const headLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const delimiter = headLine.includes(';') ? ';' : ',';
  const [head = [], ...rows] = csvRows(text, delimiter);
  const names = head.map((name) => name.toLowerCase());
  const missing = neededColumns.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const expected = `the first line of CSV names the columns ${columns.join(',')}`;
    throw new Failure('bad-body', `${expected}; not there: ${missing.join(', ')}`);
  }
  const at = Object.fromEntries(columns.map((name) => [name, names.indexOf(name.toLowerCase())]));
  return rows.map((row) => fromRow((name) => row[at[name] ?? -1] ?? '', delimiter === ';'));
}

function csvRows(text: string, delimiter: string): string[][] {
  try {
    const options = {
      delimiter,
      trim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    };
    return parse(text, options);
  } catch (cause) {
    throw new Failure('bad-body', `the CSV cannot be read: ${(cause as Error).message.slice(0, 200)}`, {
      cause,
    });
  }
}

function fromRow(field: (name: (typeof columns)[number]) => string, decimalComma: boolean): Given {
  const number = (text: string): unknown => numberIfText(decimalComma ? text.replace(',', '.') : text);
  return {
    id: orMissing(field('id')),
    kind: orMissing(field('kind')),
    name: orMissing(field('name')),
    lon: number(field('lon')),
    lat: number(field('lat')),
    population: number(field('population')),
    languages: languagesOf(field('languages')),
    names: namesOf(field('names') || field('alt')),
    ...given({
      reach: reachOf(field('reach')),
      network: orMissing(field('network')),
      contactEveryH: number(field('contactEveryH')),
      liaison: orMissing(field('liaison')),
      nearestBaseId: orMissing(field('nearestBaseId')),
      hamletOf: orMissing(field('hamletOf')),
    }),
  };
}

function languagesOf(text: string): string[] | undefined {
  const languages = text.split(/[;|,\s]+/).filter((language) => language !== '');
  return languages.length > 0 ? languages : undefined;
}

function reachOf(text: string): string[] | undefined {
  return languagesOf(text.toLowerCase());
}

/** Without what is not said: what an import leaves out stays as it was. Null takes it away. */
function given(fields: Given): Given {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Other names in one text, with `|` or `;` between them: a name may hold a comma. */
function namesOf(text: string): string[] | undefined {
  const names = text.split(/[|;]/).map((name) => name.trim());
  const given = names.filter((name) => name !== '');
  return given.length > 0 ? given : undefined;
}

/**
 * A decimal number in text as the number, an empty one as missing; anything else stays, to be refused by its
 * field.
 */
function numberIfText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/.test(text) ? Number(text) : orMissing(text);
}

function orMissing(text: string): string | undefined {
  return text === '' ? undefined : text;
}

function idText(id: unknown): unknown {
  return typeof id === 'number' ? String(id) : id;
}

function isObject(value: unknown): value is Given {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
