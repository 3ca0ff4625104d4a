import type { ExpressionSpecification, LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { fontNames } from './basemap-fonts.ts';
import { byZoom } from './basemap-ground.ts';
import type { Palette } from './basemap-palette.ts';

/** What all names of one style have in common. */
export interface Wording {
  readonly palette: Palette;
  readonly text: ExpressionSpecification;
  /** The same for towns and villages: below it, smaller, the name as it is written there, where that is another. */
  readonly placeText: ExpressionSpecification;
  /** Letters set apart mark areas; Arabic letters must stay joined. */
  readonly spacing: number;
}

export function wordingOf(palette: Palette, labelField: string): Wording {
  const text: ExpressionSpecification = ['coalesce', ['get', labelField], ['get', 'name']];
  const local: ExpressionSpecification = ['get', 'name'];
  const both: ExpressionSpecification = ['format', text, {}, '\n', {}, local, { 'font-scale': 0.85 }];
  const isOther: ExpressionSpecification = ['all', ['has', labelField], ['!=', ['get', labelField], local]];
  const placeText: ExpressionSpecification = ['case', isOther, both, text];
  return { palette, text, placeText, spacing: labelField.endsWith('ar') ? 0 : 0.12 };
}

const kind: ExpressionSpecification = ['get', 'kind'];
const rank: ExpressionSpecification = ['get', 'rank'];
const isVillage: ExpressionSpecification = ['==', kind, 'village'];
/** Towns appear with the zoom: ranks up to 4 from afar, all from zoom 8. */
const isTownInRank: ExpressionSpecification = [
  'all',
  ['!=', kind, 'village'],
  ['<=', rank, ['step', ['zoom'], 2, 4, 4, 5, 5, 6, 6, 7, 8, 8, 10]],
];

/** Dots of towns and villages. */
export function dotLayers(source: string, palette: Palette): LayerSpecification[] {
  const dot = (
    name: string,
    filter: ExpressionSpecification,
    minzoom: number,
    radii: number[],
  ): LayerSpecification => ({
    id: `${source}-${name}`,
    type: 'circle',
    source,
    'source-layer': 'place',
    minzoom,
    filter,
    paint: {
      'circle-radius': byZoom(radii),
      'circle-color': palette.dot,
      'circle-stroke-color': palette.halo,
      'circle-stroke-width': 1,
    },
  });
  return [
    dot('village-dot', isVillage, 7.5, [7, 0.8, 10, 1.8, 14, 3]),
    dot('town-dot', isTownInRank, 4, [4, 1.6, 8, 2.8, 14, 4]),
  ];
}

/** Names of countries, from one pack only: two packs would place one country's name in two spots. */
export function countryNames(source: string, wording: Wording): LayerSpecification {
  const inRank: ExpressionSpecification = ['<=', rank, ['step', ['zoom'], 1, 2, 2, 3, 3, 4, 5, 5, 6]];
  const near: ExpressionSpecification = ['match', rank, [1, 2], 17, 3, 15, 12.5];
  return names(wording, `${source}-country-name`, 'label', wording.palette.country, {
    source,
    minzoom: 1,
    maxzoom: 7.5,
    filter: ['all', ['==', kind, 'country'], inRank],
    layout: {
      'text-size': ['interpolate', ['linear'], ['zoom'], 2, ['match', rank, [1, 2], 11, 10], 6, near],
      'text-transform': 'uppercase',
      'text-letter-spacing': wording.spacing,
      'text-max-width': 7,
      'text-padding': 8,
    },
  });
}

/** Names of districts, provinces and waters. */
export function areaNames(source: string, wording: Wording): LayerSpecification[] {
  const { area, water } = wording.palette;
  const spaced = { 'text-letter-spacing': wording.spacing, 'text-max-width': 8, 'text-padding': 12 };
  const of = (value: string): ExpressionSpecification => ['==', kind, value];
  return [
    names(wording, `${source}-county-name`, 'label', area, {
      source,
      minzoom: 8,
      maxzoom: 11,
      filter: of('adm2'),
      layout: { ...spaced, 'text-size': 11 },
    }),
    names(wording, `${source}-province-name`, 'label', area, {
      source,
      minzoom: 5.5,
      maxzoom: 9,
      filter: of('adm1'),
      layout: { ...spaced, 'text-size': 12, 'text-transform': 'uppercase' },
    }),
    names(wording, `${source}-water-name`, 'label', water, {
      source,
      minzoom: 7,
      filter: of('water'),
      layout: { ...spaced, 'text-size': 12 },
    }),
  ];
}

/** Names of towns and villages, beside their dots, on whichever side has room. */
export function placeNames(source: string, wording: Wording): LayerSpecification[] {
  const { village, town } = wording.palette;
  const beside: SymbolLayerSpecification['layout'] = {
    'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
    'text-radial-offset': 0.55,
    'text-justify': 'auto',
    'text-max-width': 12,
  };
  const far: ExpressionSpecification = ['match', kind, ['capital', 'city'], 12, 11];
  const near: ExpressionSpecification = ['match', kind, 'capital', 16, 'city', 14, 12.5];
  const townSize: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 4, far, 9, near];
  return [
    names(wording, `${source}-village-name`, 'place', village, {
      source,
      minzoom: 8.5,
      filter: isVillage,
      layout: { ...beside, 'text-size': byZoom([9, 11, 13, 13]) },
    }),
    names(wording, `${source}-town-name`, 'place', town, {
      source,
      minzoom: 4,
      filter: isTownInRank,
      layout: { ...beside, 'text-size': townSize, 'text-font': [fontNames.semibold] },
    }),
  ];
}

type NameOptions = Pick<SymbolLayerSpecification, 'source' | 'minzoom' | 'maxzoom' | 'filter' | 'layout'>;

/**
 * One layer of names. A lower rank wins room first; a name that finds none is left out, never drawn over
 * another.
 */
function names(
  { text, placeText, palette }: Wording,
  id: string,
  layer: 'label' | 'place',
  colour: string,
  { layout, ...options }: NameOptions,
): LayerSpecification {
  return {
    id,
    type: 'symbol',
    'source-layer': layer,
    ...options,
    layout: {
      'text-field': layer === 'place' ? placeText : text,
      'text-font': [fontNames.regular],
      'text-padding': 4,
      'symbol-sort-key': rank,
      ...layout,
    },
    paint: {
      'text-color': colour,
      'text-halo-color': palette.halo,
      'text-halo-width': 1.4,
      'text-halo-blur': 0.4,
    },
  };
}
