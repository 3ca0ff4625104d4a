import type { LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import { fontNames } from './basemap-fonts.ts';
import { byZoom } from './basemap-ground.ts';
import type { Wording } from './basemap-names.ts';
import type { Filter, ForeignNames } from './foreign-schemas.ts';

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
