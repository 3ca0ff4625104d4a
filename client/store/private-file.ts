import type { BboxOf } from '../../shared/geo/area.ts';

/** Longitude, latitude, degrees. */
type Corner = readonly [number, number];
/** A shape of a file of the operator's own: the parts of GeoJSON that can be drawn. */
export interface PrivateShape {
  readonly name: string;
  readonly points: readonly Corner[];
  readonly lines: readonly (readonly Corner[])[];
  /** Each a ring and its holes. */
  readonly areas: readonly (readonly (readonly Corner[])[])[];
}
export interface PrivateContent {
  readonly shapes: readonly PrivateShape[];
  readonly bbox: BboxOf;
}

export const largestFileBytes = 20 * 1_048_576;

export type FileProblem =
  | 'too-large'
  | 'kmz'
  | 'not-known'
  | 'not-json'
  | 'not-xml'
  | 'not-geojson'
  | 'empty'
  | 'feature-geometry'
  | 'feature-number'
  | 'feature-degrees';

/** Why a file is not shown; `at` says which line or which feature, counted from one. */
export class FileRefused extends Error {
  readonly problem: FileProblem;
  readonly at: number;

  constructor(problem: FileProblem, at = 0) {
    super(problem);
    this.problem = problem;
    this.at = at;
  }
}

export type FileKind = 'geojson' | 'kml' | 'gpx';

/** What a file is, by its name and size; throws `FileRefused`. */
export function kindOfFile({ name, size }: { readonly name: string; readonly size: number }): FileKind {
  if (size > largestFileBytes) throw new FileRefused('too-large');
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  switch (ending) {
    case 'json':
    case 'geojson':
      return 'geojson';
    case 'kml':
    case 'gpx':
      return ending;
    case 'kmz':
      throw new FileRefused('kmz');
    default:
      throw new FileRefused('not-known');
  }
}

/** The shapes of a GeoJSON text; throws `FileRefused` that names the line or the feature. */
export function readGeoJson(text: string): PrivateContent {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new FileRefused('not-json', lineOf(text, cause));
  }
  return shapesOf(value);
}

/** The shapes of parsed GeoJSON; throws `FileRefused` that names the feature. */
export function shapesOf(value: unknown): PrivateContent {
  const shapes = featuresOf(value).map((feature, index) => shapeOf(feature, index + 1));
  const drawn = shapes.filter(({ points, lines, areas }) => points.length + lines.length + areas.length > 0);
  if (drawn.length === 0) throw new FileRefused('empty');
  return { shapes: drawn, bbox: boxOf(drawn) };
}

/** Some browsers say at which letter JSON breaks off, some at which line; 0 where neither is known. */
function lineOf(text: string, cause: unknown): number {
  const message = cause instanceof Error ? cause.message : '';
  const line = /line (\d+)/.exec(message)?.[1];
  if (line !== undefined) return Number(line);
  const at = /position (\d+)/.exec(message)?.[1];
  if (at === undefined) return text.split('\n').length;
  return text.slice(0, Number(at)).split('\n').length;
}

type Loose = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const bareGeometries = [
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
];

function featuresOf(value: unknown): readonly unknown[] {
  if (!isObject(value)) throw new FileRefused('not-geojson');
  if (value['type'] === 'FeatureCollection' && Array.isArray(value['features'])) return value['features'];
  if (value['type'] === 'Feature') return [value];
  if (bareGeometries.includes(String(value['type'])))
    return [{ type: 'Feature', properties: null, geometry: value }];
  throw new FileRefused('not-geojson');
}

interface Parts {
  readonly points: Corner[];
  readonly lines: Corner[][];
  readonly areas: Corner[][][];
}

function shapeOf(feature: unknown, at: number): PrivateShape {
  if (!isObject(feature)) throw new FileRefused('feature-geometry', at);
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  const name = ['name', 'Name', 'NAME', 'title'].map((key) => properties[key]).find(isText) ?? '';
  const parts: Parts = { points: [], lines: [], areas: [] };
  // A feature without a geometry is allowed: it stands nowhere.
  if (feature['geometry'] !== null && feature['geometry'] !== undefined)
    collect(feature['geometry'], parts, at);
  return { name: name.slice(0, 80), ...parts };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function collect(geometry: unknown, parts: Parts, at: number): void {
  if (!isObject(geometry)) throw new FileRefused('feature-geometry', at);
  const { type, coordinates, geometries } = geometry;
  const corner = (value: unknown) => cornerOf(value, at);
  const line = (value: unknown) => listOf(value, at).map(corner);
  const area = (value: unknown) => listOf(value, at).map(line);
  switch (type) {
    case 'Point':
      parts.points.push(corner(coordinates));
      break;
    case 'MultiPoint':
      parts.points.push(...line(coordinates));
      break;
    case 'LineString':
      parts.lines.push(line(coordinates));
      break;
    case 'MultiLineString':
      parts.lines.push(...area(coordinates));
      break;
    case 'Polygon':
      parts.areas.push(area(coordinates));
      break;
    case 'MultiPolygon':
      parts.areas.push(...listOf(coordinates, at).map(area));
      break;
    case 'GeometryCollection':
      for (const inner of listOf(geometries, at)) collect(inner, parts, at);
      break;
    default:
      throw new FileRefused('feature-geometry', at);
  }
}

function listOf(value: unknown, at: number): readonly unknown[] {
  if (!Array.isArray(value)) throw new FileRefused('feature-geometry', at);
  return value;
}

function cornerOf(value: unknown, at: number): Corner {
  const [lon, lat] = listOf(value, at);
  if (typeof lon !== 'number' || typeof lat !== 'number' || !Number.isFinite(lon) || !Number.isFinite(lat))
    throw new FileRefused('feature-number', at);
  // Metres of a grid look like this: shown as degrees they would be a lie.
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90) throw new FileRefused('feature-degrees', at);
  return [lon, lat];
}

function boxOf(shapes: readonly PrivateShape[]): BboxOf {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const { points, lines, areas } of shapes)
    for (const [lon, lat] of [...points, ...lines.flat(), ...areas.flat(2)]) {
      west = Math.min(west, lon);
      east = Math.max(east, lon);
      south = Math.min(south, lat);
      north = Math.max(north, lat);
    }
  return [west, south, east, north];
}
