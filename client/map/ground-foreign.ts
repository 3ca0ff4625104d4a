import type { LayerSpecification } from 'maplibre-gl';
import { byZoom } from './basemap-ground.ts';
import type { Palette } from './basemap-palette.ts';
import type { Filter, ForeignNames } from './foreign-schemas.ts';

const all = (...filters: Filter[]): Filter => ['all', ...filters];
const not = (filter: Filter): Filter => ['!', filter];
const isPolygon: Filter = ['==', ['geometry-type'], 'Polygon'];

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
