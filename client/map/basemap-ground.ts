import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './basemap-palette.ts';

/** A size that grows with the zoom, smoothly between the stops given: zoom, size, zoom, size … */
export function byZoom(stops: readonly number[]): ExpressionSpecification {
  // The type wants at least one stop, which a list of any length cannot promise; every caller gives some.
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}

/** Areas and lines of one pack, lowest first. */
export function groundLayers(source: string, palette: Palette): LayerSpecification[] {
  return [
    fill(source, 'land', palette.land),
    fill(source, 'urban', palette.urban),
    fill(source, 'disputed', palette.disputedArea),
    ...waterLayers(source, palette),
    ...roadLayers(source, palette),
    ...borderLayers(source, palette),
  ];
}

function waterLayers(source: string, { coast, river, lake, lakeShore }: Palette): LayerSpecification[] {
  return [
    line(source, 'coast', 'land', coast, [1, 0.5, 6, 0.9, 10, 1.4], {
      filter: ['!=', ['get', 'outline'], 0],
    }),
    line(source, 'river', 'river', river, [3, 0.4, 6, 0.9, 10, 2.4], { minzoom: 3 }),
    fill(source, 'water', lake),
    line(source, 'shore', 'water', lakeShore, [3, 0.3, 6, 0.7, 10, 1.2], { minzoom: 3 }),
  ];
}

/** Rank 1 joins towns, 2 leads through districts, 3 and more are tracks. */
function roadLayers(source: string, { roadMain, roadMinor }: Palette): LayerSpecification[] {
  const rank: ExpressionSpecification = ['get', 'rank'];
  const track = { minzoom: 6.5, filter: ['>=', rank, 3] } satisfies LineOptions;
  const road = { minzoom: 5.5, filter: ['==', rank, 2] } satisfies LineOptions;
  const trunk = { minzoom: 5, filter: ['==', rank, 1] } satisfies LineOptions;
  return [
    line(source, 'track', 'road', roadMinor, [7, 0.5, 10, 1.1, 14, 2.5], track),
    line(source, 'road', 'road', roadMinor, [6, 0.5, 10, 1.5, 14, 3], road),
    line(source, 'trunk', 'road', roadMain, [5, 0.5, 8, 1.1, 10, 1.8, 14, 4], trunk),
  ];
}

/**
 * Dashes say "not settled" between countries and "inner border" within one; solid is a border between states.
 */
function borderLayers(source: string, { province, border }: Palette): LayerSpecification[] {
  const county = { minzoom: 7, dash: [2, 3], filter: ['==', ['get', 'level'], 6] } satisfies LineOptions;
  const inner = { minzoom: 4, dash: [4, 3], filter: ['==', ['get', 'level'], 4] } satisfies LineOptions;
  return [
    line(source, 'county', 'boundary', province, [7, 0.5, 10, 0.9], county),
    line(source, 'province', 'boundary', province, [4, 0.5, 10, 1.3], inner),
    line(source, 'border', 'boundary', border, [1, 0.5, 5, 1.2, 10, 2.4], { filter: betweenStates(0) }),
    line(source, 'unsettled', 'boundary', border, [1, 0.5, 5, 1.2, 10, 2.2], {
      dash: [3, 3],
      filter: betweenStates(1),
    }),
  ];
}

function betweenStates(disputed: 0 | 1): ExpressionSpecification {
  return ['all', ['==', ['get', 'level'], 2], ['==', ['coalesce', ['get', 'disputed'], 0], disputed]];
}

function fill(source: string, layer: string, colour: string): LayerSpecification {
  return {
    id: `${source}-${layer}`,
    type: 'fill',
    source,
    'source-layer': layer,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': colour },
  };
}

interface LineOptions {
  readonly minzoom?: number;
  readonly dash?: number[];
  readonly filter?: ExpressionSpecification;
}

function line(
  source: string,
  name: string,
  layer: string,
  colour: string,
  widths: readonly number[],
  { minzoom = 0, dash, filter }: LineOptions,
): LayerSpecification {
  return {
    id: `${source}-${name}`,
    type: 'line',
    source,
    'source-layer': layer,
    minzoom,
    ...(filter === undefined ? {} : { filter }),
    layout: { 'line-join': 'round', 'line-cap': dash === undefined ? 'round' : 'butt' },
    paint: {
      'line-color': colour,
      'line-width': byZoom(widths),
      ...(dash === undefined ? {} : { 'line-dasharray': dash }),
    },
  };
}
