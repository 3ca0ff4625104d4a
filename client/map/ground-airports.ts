import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { fontNames } from './basemap-fonts.ts';
import { byZoom } from './basemap-ground.ts';
import type { Wording } from './basemap-names.ts';

/** Where a schema keeps airports, and which of its things they are. */
export type Airports = readonly [layer: string, filter?: ExpressionSpecification];

/**
 * Airfields: an open ring, where towns have a full dot, with the code under the name. Names come later than those of
 * towns and leave them their room.
 */
export function airportLayers(
  source: string,
  { palette, text }: Wording,
  [layer, filter]: Airports,
): LayerSpecification[] {
  const of = { source, 'source-layer': layer, ...(filter === undefined ? {} : { filter }) };
  const code: ExpressionSpecification = ['coalesce', ['get', 'iata'], ''];
  const withCode: ExpressionSpecification = ['format', text, {}, '\n', {}, code, { 'font-scale': 0.85 }];
  return [
    {
      id: `${source}-airport-ring`,
      type: 'circle',
      ...of,
      minzoom: 6.5,
      paint: {
        'circle-radius': byZoom([6, 2.2, 10, 4, 14, 6]),
        'circle-color': palette.halo,
        'circle-stroke-color': palette.area,
        'circle-stroke-width': 1.4,
      },
    },
    {
      id: `${source}-airport-name`,
      type: 'symbol',
      ...of,
      minzoom: 8.5,
      layout: {
        'text-field': ['case', ['==', code, ''], text, withCode],
        'text-font': [fontNames.regular],
        'text-size': 11,
        'text-variable-anchor': ['bottom', 'top', 'right', 'left'],
        'text-radial-offset': 0.8,
        'text-max-width': 9,
        'text-padding': 4,
      },
      paint: {
        'text-color': palette.area,
        'text-halo-color': palette.halo,
        'text-halo-width': 1.4,
        'text-halo-blur': 0.4,
      },
    },
  ];
}
