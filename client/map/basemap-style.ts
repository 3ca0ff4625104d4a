import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';

export interface BasemapOptions {
  /** `pmtiles://` URLs, the world first, each later pack drawn over those before it. */
  readonly packs: readonly string[];
  /** Dark for the operations room at night, bright for day and sun; the same meaning in both. */
  readonly theme: 'dark' | 'bright' | 'night' | 'day';
  /** Property that holds names in the reader's language, `name:fr` for one; `name` where a thing lacks it. */
  readonly labelField?: string;
  /** URL of each font file, under `subset-weight` as @fontsource calls them: `latin-400`, `arabic-600`. */
  readonly fonts?: Readonly<Record<string, string>>;
  /** False where the application draws towns and villages itself and their names would stand there twice. */
  readonly places?: boolean;
}

/** Every colour of one theme. Text keeps 4.5:1 against land and water. */
const palettes = {
  dark: {
    sea: '#08111b',
    land: '#111b26',
    coast: '#2a3d51',
    urban: '#1b2937',
    lake: '#0a1e33',
    lakeShore: '#1d3c5c',
    river: '#1b3d5e',
    border: '#526a80',
    province: '#3a4d60',
    disputedArea: '#2a2430',
    roadMain: '#5d7186',
    roadMinor: '#3f5163',
    dot: '#7d92a6',
    country: '#93a7ba',
    area: '#8297ab',
    water: '#7aa3c9',
    town: '#d5dfe8',
    village: '#a3b4c4',
    halo: '#0b1118',
  },
  bright: {
    sea: '#c4d6e4',
    land: '#f4f2ec',
    coast: '#8fa5b8',
    urban: '#e4dfd4',
    lake: '#b4cde0',
    lakeShore: '#86a6c0',
    river: '#8fb2cd',
    border: '#7a7f88',
    province: '#b3b6ba',
    disputedArea: '#e6dada',
    roadMain: '#a58f6e',
    roadMinor: '#c9bda6',
    dot: '#5d6873',
    country: '#4b5661',
    area: '#5a6570',
    water: '#2f5f88',
    town: '#1c242c',
    village: '#3c4853',
    halo: '#ffffff',
  },
} as const satisfies Record<string, Record<string, string>>;

type Palette = Readonly<Record<keyof (typeof palettes)['dark'], string>>;

const regular = 'Noto Sans Regular';
const semibold = 'Noto Sans Semibold';

/**
 * The ground under the operational picture: calm, so that the only bright things on the map are the units, alerts
 * and threats drawn above it. All areas and lines of a pack lie under those of the next; names of all packs come
 * last, so that no land hides them and none is drawn over another. Pure: no request, no clock.
 */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const { packs, theme, labelField = 'name', fonts, places = true } = options;
  const palette = theme === 'bright' || theme === 'day' ? palettes.bright : palettes.dark;
  const words = wordsOf(palette, labelField);
  const sourceOf = (index: number): string => `pack-${index}`;
  return {
    version: 8,
    name: `nightflash ${theme}`,
    sources: Object.fromEntries(packs.map((url, index) => [sourceOf(index), { type: 'vector', url }])),
    ...(fonts === undefined ? {} : { 'font-faces': fontFaces(fonts) }),
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
      ...packs.flatMap((_, index) => groundLayers(sourceOf(index), palette)),
      ...packs.flatMap((_, index) => (places ? dotLayers(sourceOf(index), palette) : [])),
      ...packs.flatMap((_, index) => areaNames(sourceOf(index), words)).toReversed(),
      ...(packs.length === 0 ? [] : [countryNames(sourceOf(0), words)]),
      ...packs.flatMap((_, index) => (places ? placeNames(sourceOf(index), words) : [])),
    ],
  };
}

/** Characters in each subset of the font, as its package declares them: what is not needed is not fetched. */
const unicodeRanges: Readonly<Record<string, readonly string[]>> = {
  latin: [
    'U+0000-00FF',
    'U+0131',
    'U+0152-0153',
    'U+02BB-02DC',
    'U+2000-206F',
    'U+20AC',
    'U+2122',
    'U+2190-2215',
  ],
  'latin-ext': [
    'U+0100-02BA',
    'U+02BD-02FF',
    'U+0300-036F',
    'U+1D00-1DBF',
    'U+1E00-1EFF',
    'U+2C60-2C7F',
    'U+A720-A7FF',
  ],
  cyrillic: ['U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116'],
  arabic: ['U+0600-06FF', 'U+0750-077F', 'U+0870-08FF', 'U+200C-200E', 'U+FB50-FDFF', 'U+FE70-FEFC'],
};

type FontFaces = NonNullable<StyleSpecification['font-faces']>;

function fontFaces(fonts: Readonly<Record<string, string>>): FontFaces {
  const facesOf = (weight: string): { url: string; 'unicode-range': string[] }[] =>
    Object.entries(unicodeRanges).flatMap(([subset, ranges]) => {
      const url = fonts[`${subset}-${weight}`];
      return url === undefined ? [] : [{ url, 'unicode-range': [...ranges] }];
    });
  return { [regular]: facesOf('400'), [semibold]: facesOf('600') };
}

type Zooms = readonly (readonly [zoom: number, value: number])[];

/** A size that grows with the zoom, steadily between the zooms given. */
function byZoom(stops: Zooms): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

function hasLevel(level: number, disputed: boolean): ExpressionSpecification {
  return [
    'all',
    ['==', ['get', 'level'], level],
    ['==', ['coalesce', ['get', 'disputed'], 0], disputed ? 1 : 0],
  ];
}

/** Areas and lines of one pack. */
function groundLayers(source: string, palette: Palette): LayerSpecification[] {
  const fill = (layer: string, colour: string, opacity = 1): LayerSpecification => ({
    id: `${source}-${layer}`,
    type: 'fill',
    source,
    'source-layer': layer,
    paint: { 'fill-color': colour, 'fill-opacity': opacity },
  });
  const line = lineMaker(source);
  return [
    fill('land', palette.land),
    fill('urban', palette.urban),
    fill('disputed', palette.disputedArea, 0.5),
    line('coast', 'land', palette.coast, [
      [1, 0.5],
      [6, 0.9],
      [10, 1.4],
    ]),
    line(
      'river',
      'river',
      palette.river,
      [
        [3, 0.4],
        [6, 0.9],
        [10, 2.4],
      ],
      { minzoom: 3 },
    ),
    fill('water', palette.lake),
    line(
      'shore',
      'water',
      palette.lakeShore,
      [
        [3, 0.3],
        [6, 0.7],
        [10, 1.2],
      ],
      { minzoom: 3 },
    ),
    line(
      'county',
      'boundary',
      palette.province,
      [
        [7, 0.5],
        [10, 0.9],
      ],
      { minzoom: 7, dash: [2, 3], filter: ['==', ['get', 'level'], 6] },
    ),
    line(
      'province',
      'boundary',
      palette.province,
      [
        [4, 0.5],
        [10, 1.3],
      ],
      { minzoom: 4, dash: [4, 3], filter: hasLevel(4, false) },
    ),
    line(
      'track',
      'road',
      palette.roadMinor,
      [
        [7, 0.5],
        [10, 1.1],
        [14, 2.5],
      ],
      { minzoom: 6.5, filter: ['>=', ['get', 'rank'], 3] },
    ),
    line(
      'road',
      'road',
      palette.roadMinor,
      [
        [6, 0.5],
        [10, 1.5],
        [14, 3],
      ],
      { minzoom: 5.5, filter: ['==', ['get', 'rank'], 2] },
    ),
    line(
      'trunk',
      'road',
      palette.roadMain,
      [
        [5, 0.5],
        [8, 1.1],
        [10, 1.8],
        [14, 4],
      ],
      { minzoom: 5, filter: ['==', ['get', 'rank'], 1] },
    ),
    line(
      'border',
      'boundary',
      palette.border,
      [
        [1, 0.4],
        [5, 1],
        [10, 1.8],
      ],
      { filter: hasLevel(2, false) },
    ),
    line(
      'unsettled',
      'boundary',
      palette.border,
      [
        [1, 0.4],
        [5, 1],
        [10, 1.6],
      ],
      { dash: [3, 3], filter: hasLevel(2, true) },
    ),
  ];
}

interface LineOptions {
  readonly minzoom?: number;
  readonly dash?: number[];
  readonly filter?: ExpressionSpecification;
}

type MakeLine = (
  name: string,
  layer: string,
  colour: string,
  width: Zooms,
  options?: LineOptions,
) => LayerSpecification;

function lineMaker(source: string): MakeLine {
  return (name, layer, colour, width, { minzoom = 0, dash, filter } = {}) => ({
    id: `${source}-${name}`,
    type: 'line',
    source,
    'source-layer': layer,
    minzoom,
    ...(filter === undefined ? {} : { filter }),
    layout: { 'line-join': 'round', 'line-cap': dash === undefined ? 'round' : 'butt' },
    paint: {
      'line-color': colour,
      'line-width': byZoom(width),
      ...(dash === undefined ? {} : { 'line-dasharray': dash }),
    },
  });
}

const isVillage: ExpressionSpecification = ['==', ['get', 'kind'], 'village'];
const isTown: ExpressionSpecification = ['!=', ['get', 'kind'], 'village'];
/** Towns appear with the zoom, by rank: 4 and below from afar, all from zoom 8. */
const townInRank: ExpressionSpecification = [
  '<=',
  ['get', 'rank'],
  ['step', ['zoom'], 2, 4, 4, 5, 5, 6, 6, 7, 8, 8, 10],
];

function dotLayers(source: string, palette: Palette): LayerSpecification[] {
  const dot = (
    name: string,
    filter: ExpressionSpecification,
    minzoom: number,
    radius: Zooms,
  ): LayerSpecification => ({
    id: `${source}-${name}`,
    type: 'circle',
    source,
    'source-layer': 'place',
    minzoom,
    filter,
    paint: {
      'circle-radius': byZoom(radius),
      'circle-color': palette.dot,
      'circle-stroke-color': palette.halo,
      'circle-stroke-width': 1,
    },
  });
  return [
    dot('village-dot', isVillage, 7, [
      [7, 0.9],
      [10, 1.8],
      [14, 3],
    ]),
    dot('town-dot', ['all', isTown, townInRank], 4, [
      [4, 1.6],
      [8, 2.8],
      [14, 4],
    ]),
  ];
}

interface Words {
  readonly palette: Palette;
  readonly text: ExpressionSpecification;
  /** Letters set apart mark areas; Arabic letters must stay joined. */
  readonly spacing: number;
}

function wordsOf(palette: Palette, labelField: string): Words {
  const text: ExpressionSpecification = ['coalesce', ['get', labelField], ['get', 'name']];
  return { palette, text, spacing: labelField.endsWith('ar') ? 0 : 0.12 };
}

interface NameOptions {
  readonly id: string;
  readonly source: string;
  readonly layer: 'label' | 'place';
  readonly filter: ExpressionSpecification;
  readonly colour: string;
  readonly font: string;
  readonly size: ExpressionSpecification | number;
  readonly minzoom: number;
  readonly maxzoom?: number;
  readonly layout?: Extract<LayerSpecification, { type: 'symbol' }>['layout'];
}

function nameLayer(words: Words, options: NameOptions): LayerSpecification {
  const { id, source, layer, filter, colour, font, size, minzoom, maxzoom = 24, layout } = options;
  return {
    id: `${source}-${id}`,
    type: 'symbol',
    source,
    'source-layer': layer,
    minzoom,
    maxzoom,
    filter,
    layout: {
      'text-field': words.text,
      'text-font': [font],
      'text-size': size,
      'text-padding': 4,
      'symbol-sort-key': ['get', 'rank'],
      ...layout,
    },
    paint: {
      'text-color': colour,
      'text-halo-color': words.palette.halo,
      'text-halo-width': 1.4,
      'text-halo-blur': 0.4,
    },
  };
}

/** Only the lowest pack names countries: two packs would place one country's name in two spots. */
function countryNames(source: string, words: Words): LayerSpecification {
  const inRank: ExpressionSpecification = ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 2, 2, 3, 3, 4, 5, 5, 6]];
  return nameLayer(words, {
    id: 'country-name',
    source,
    layer: 'label',
    filter: ['all', ['==', ['get', 'kind'], 'country'], inRank],
    colour: words.palette.country,
    font: regular,
    size: [
      'interpolate',
      ['linear'],
      ['zoom'],
      2,
      ['match', ['get', 'rank'], [1, 2], 11, 10],
      6,
      ['match', ['get', 'rank'], [1, 2], 17, 3, 15, 12.5],
    ],
    minzoom: 1,
    maxzoom: 7.5,
    layout: {
      'text-transform': 'uppercase',
      'text-letter-spacing': words.spacing,
      'text-max-width': 7,
      'text-padding': 8,
    },
  });
}

function areaNames(source: string, words: Words): LayerSpecification[] {
  const spaced = { 'text-letter-spacing': words.spacing, 'text-max-width': 8, 'text-padding': 12 } as const;
  const kind = (name: string): ExpressionSpecification => ['==', ['get', 'kind'], name];
  const common = { source, layer: 'label', font: regular } as const;
  return [
    nameLayer(words, {
      ...common,
      id: 'county-name',
      filter: kind('adm2'),
      colour: words.palette.area,
      size: 11,
      minzoom: 8,
      maxzoom: 11,
      layout: spaced,
    }),
    nameLayer(words, {
      ...common,
      id: 'province-name',
      filter: kind('adm1'),
      colour: words.palette.area,
      size: 12,
      minzoom: 5.5,
      maxzoom: 9,
      layout: { ...spaced, 'text-transform': 'uppercase' },
    }),
    nameLayer(words, {
      ...common,
      id: 'water-name',
      filter: kind('water'),
      colour: words.palette.water,
      size: 12,
      minzoom: 7,
      layout: spaced,
    }),
  ];
}

function placeNames(source: string, words: Words): LayerSpecification[] {
  const beside = {
    'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
    'text-radial-offset': 0.55,
    'text-justify': 'auto',
    'text-max-width': 12,
  } as const;
  const layout = { ...beside, 'text-variable-anchor': [...beside['text-variable-anchor']] };
  const townSize: ExpressionSpecification = [
    'interpolate',
    ['linear'],
    ['zoom'],
    4,
    ['match', ['get', 'kind'], ['capital', 'city'], 12, 11],
    9,
    ['match', ['get', 'kind'], 'capital', 16, 'city', 14, 12.5],
  ];
  const common = { source, layer: 'place', layout } as const;
  return [
    nameLayer(words, {
      ...common,
      id: 'village-name',
      filter: isVillage,
      colour: words.palette.village,
      font: regular,
      size: byZoom([
        [9, 11],
        [13, 13],
      ]),
      minzoom: 8.5,
    }),
    nameLayer(words, {
      ...common,
      id: 'town-name',
      filter: ['all', isTown, townInRank],
      colour: words.palette.town,
      font: semibold,
      size: townSize,
      minzoom: 4,
    }),
  ];
}
