import type { ExpressionSpecification } from 'maplibre-gl';
import type { Airports } from './ground-airports.ts';

export type Filter = ExpressionSpecification;

/** Where a schema keeps what an operational map shows, and how it tells one kind from another. */
export interface ForeignNames {
  /** Land as an area; undefined where a pack has water only, and land is what is left. */
  readonly land: string | undefined;
  readonly urban: readonly [layer: string, filter: Filter];
  readonly water: readonly [layer: string, filter: Filter];
  readonly sea: readonly [layer: string, filter: Filter];
  readonly river: readonly [layer: string, filter: Filter];
  readonly road: string;
  readonly trunk: Filter;
  readonly main: Filter;
  readonly minor: Filter;
  readonly track: Filter;
  readonly boundary: string;
  readonly country: Filter;
  readonly region: Filter;
  readonly isDisputed: Filter;
  readonly place: string;
  readonly isCity: Filter;
  readonly isTown: Filter;
  readonly isVillage: Filter;
  readonly isCountryName: Filter;
  readonly airport: Airports;
  /** Runways, from near. */
  readonly runway: readonly [layer: string, filter: Filter];
  /** What wins room first: a lower figure. */
  readonly placeOrder: ExpressionSpecification;
}

const among = (property: string, ...values: string[]): Filter => [
  'in',
  ['get', property],
  ['literal', values],
];
const is = (property: string, value: string | number | boolean): Filter => ['==', ['get', property], value];

const all = (...filters: Filter[]): Filter => ['all', ...filters];

/** https://docs.protomaps.com/basemaps/layers, version 4. */
export const protomaps: ForeignNames = {
  land: 'earth',
  urban: ['landuse', among('kind', 'residential', 'urban_area', 'commercial', 'industrial')],
  water: ['water', ['all', ['==', ['geometry-type'], 'Polygon'], ['!=', ['get', 'kind'], 'ocean']]],
  sea: ['water', is('kind', 'ocean')],
  river: [
    'water',
    ['all', ['==', ['geometry-type'], 'LineString'], among('kind', 'river', 'stream', 'canal')],
  ],
  road: 'roads',
  trunk: is('kind', 'highway'),
  main: is('kind', 'major_road'),
  minor: ['all', is('kind', 'minor_road'), ['!=', ['get', 'kind_detail'], 'service']],
  track: is('kind', 'path'),
  boundary: 'boundaries',
  country: is('kind', 'country'),
  region: is('kind', 'region'),
  isDisputed: ['==', ['coalesce', ['get', 'disputed'], false], true],
  place: 'places',
  isCity: ['all', is('kind', 'locality'), is('kind_detail', 'city')],
  isTown: ['all', is('kind', 'locality'), is('kind_detail', 'town')],
  isVillage: ['all', is('kind', 'locality'), among('kind_detail', 'village', 'hamlet')],
  isCountryName: is('kind', 'country'),
  airport: ['pois', is('kind', 'aerodrome')],
  runway: ['roads', is('kind_detail', 'runway')],
  placeOrder: ['-', 20, ['coalesce', ['get', 'population_rank'], 0]],
};

/** https://openmaptiles.org/schema, version 3. */
export const openMapTiles: ForeignNames = {
  land: undefined,
  urban: ['landuse', among('class', 'residential', 'suburb', 'commercial', 'industrial')],
  water: ['water', ['!=', ['get', 'class'], 'ocean']],
  sea: ['water', is('class', 'ocean')],
  river: ['waterway', among('class', 'river', 'canal', 'stream')],
  road: 'transportation',
  trunk: among('class', 'motorway', 'trunk'),
  main: among('class', 'primary', 'secondary'),
  minor: among('class', 'tertiary', 'minor'),
  track: among('class', 'track', 'path'),
  boundary: 'boundary',
  country: ['all', is('admin_level', 2), ['!=', ['coalesce', ['get', 'maritime'], 0], 1]],
  region: is('admin_level', 4),
  isDisputed: ['==', ['coalesce', ['get', 'disputed'], 0], 1],
  place: 'place',
  isCity: is('class', 'city'),
  isTown: is('class', 'town'),
  isVillage: among('class', 'village', 'hamlet'),
  isCountryName: is('class', 'country'),
  airport: ['aerodrome_label'],
  runway: ['aeroway', all(['==', ['geometry-type'], 'LineString'], is('class', 'runway'))],
  placeOrder: ['coalesce', ['get', 'rank'], 30],
};
