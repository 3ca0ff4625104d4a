import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { fontNames } from './basemap-fonts.ts';
import { byZoom } from './basemap-ground.ts';
import type { Wording } from './basemap-names.ts';
import type { Palette } from './basemap-palette.ts';
import type { Airports } from './ground-airports.ts';

type Filter = ExpressionSpecification;

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
const not = (filter: Filter): Filter => ['!', filter];
const isPolygon: Filter = ['==', ['geometry-type'], 'Polygon'];

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

/** Areas and lines of a pack in another schema, as our own packs show theirs; lowest first. */
export function foreignGround(source: string, palette: Palette, names: ForeignNames): LayerSpecification[] {
  const fill = (id: string, [layer, filter]: readonly [string, Filter], colour: string) =>
    ({
      id: `${source}-${id}`,
      type: 'fill',
      source,
      'source-layer': layer,
      filter,
      paint: { 'fill-color': colour },
    }) satisfies LayerSpecification;
  const line = (
    id: string,
    layer: string,
    filter: Filter,
    colour: string,
    widths: number[],
    more: More = {},
  ) =>
    ({
      id: `${source}-${id}`,
      type: 'line',
      source,
      'source-layer': layer,
      minzoom: more.minzoom ?? 0,
      filter,
      layout: { 'line-join': 'round', 'line-cap': more.dash ? 'butt' : 'round' },
      paint: {
        'line-color': colour,
        'line-width': byZoom(widths),
        ...(more.dash ? { 'line-dasharray': more.dash } : {}),
      },
    }) satisfies LayerSpecification;
  const { road, boundary } = names;
  return [
    ...(names.land === undefined ? [] : [fill('land', [names.land, isPolygon], palette.land)]),
    fill('urban', names.urban, palette.urban),
    fill('ocean', names.sea, palette.sea),
    line('river', ...names.river, palette.river, [3, 0.4, 6, 0.9, 10, 2.4, 14, 5], { minzoom: 3 }),
    fill('water', names.water, palette.lake),
    line('track', road, names.track, palette.roadMinor, [11, 0.5, 14, 1.6], { minzoom: 11, dash: [3, 2] }),
    line('road', road, names.minor, palette.roadMinor, [8, 0.4, 11, 1.2, 14, 3], { minzoom: 8 }),
    line('main', road, names.main, palette.roadMain, [6, 0.5, 10, 1.4, 14, 3.6], { minzoom: 6 }),
    line('trunk', road, names.trunk, palette.roadMain, [4, 0.5, 8, 1.2, 10, 2, 14, 5], { minzoom: 4 }),
    line('runway', ...names.runway, palette.roadMain, [10, 1, 14, 5], { minzoom: 10 }),
    line('province', boundary, names.region, palette.province, [4, 0.5, 10, 1.3], {
      minzoom: 4,
      dash: [4, 3],
    }),
    line(
      'border',
      boundary,
      all(names.country, not(names.isDisputed)),
      palette.border,
      [1, 0.5, 5, 1.2, 10, 2.4],
    ),
    line(
      'unsettled',
      boundary,
      all(names.country, names.isDisputed),
      palette.border,
      [1, 0.5, 5, 1.2, 10, 2.2],
      {
        dash: [3, 3],
      },
    ),
  ];
}
interface More {
  readonly minzoom?: number;
  readonly dash?: number[];
}

/** Names of towns and villages of a pack in another schema. */
export function foreignPlaceNames(
  source: string,
  wording: Wording,
  names: ForeignNames,
): LayerSpecification[] {
  const { village, town } = wording.palette;
  const name = (id: string, filter: Filter, look: NameLook): LayerSpecification =>
    nameLayer(`${source}-${id}`, source, wording, { ...look, filter, names });
  return [
    name('village-name', names.isVillage, { colour: village, size: [10, 11, 14, 13], minzoom: 10 }),
    name('town-name', names.isTown, { colour: town, size: [7, 11, 12, 13], minzoom: 7, isStrong: true }),
    name('city-name', names.isCity, {
      colour: town,
      size: [4, 11, 9, 14, 12, 16],
      minzoom: 4,
      isStrong: true,
    }),
  ];
}

/** Names of countries of a pack in another schema. */
export function foreignCountryNames(
  source: string,
  wording: Wording,
  names: ForeignNames,
): LayerSpecification {
  const look = { colour: wording.palette.country, size: [2, 11, 6, 16], minzoom: 1, names };
  const layer = nameLayer(`${source}-country-name`, source, wording, {
    ...look,
    filter: names.isCountryName,
  });
  return {
    ...layer,
    maxzoom: 7.5,
    layout: {
      ...layer.layout,
      'text-field': wording.text,
      'text-transform': 'uppercase',
      'text-letter-spacing': wording.spacing,
    },
  };
}

interface NameLook {
  readonly colour: string;
  readonly size: readonly number[];
  readonly minzoom: number;
  readonly isStrong?: boolean;
}

function nameLayer(
  id: string,
  source: string,
  { palette, placeText }: Wording,
  {
    colour,
    size,
    minzoom,
    isStrong = false,
    filter,
    names,
  }: NameLook & { filter: Filter; names: ForeignNames },
): SymbolLayerSpecification {
  return {
    id,
    type: 'symbol',
    source,
    'source-layer': names.place,
    minzoom,
    filter,
    layout: {
      'text-field': placeText,
      'text-font': [isStrong ? fontNames.semibold : fontNames.regular],
      'text-size': byZoom(size),
      'text-padding': 4,
      'text-max-width': 10,
      'symbol-sort-key': names.placeOrder,
    },
    paint: {
      'text-color': colour,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.4,
      'text-halo-blur': 0.4,
    },
  };
}
