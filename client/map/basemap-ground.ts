import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Palette } from './basemap-palette.ts';

type Zooms = readonly (readonly [zoom: number, value: number])[];

/** A size that grows with the zoom, smoothly between the zooms given. */
export function byZoom(stops: Zooms): ExpressionSpecification {
  // The type wants the stops one by one; a list of pairs is the same thing flattened.
  return ['interpolate', ['exponential', 1.4], ['zoom'], ...stops.flat()] as ExpressionSpecification;
}

interface LineOptions {
  readonly minzoom?: number;
  readonly dash?: number[];
  readonly filter?: ExpressionSpecification;
}

/** Areas and lines of one pack, lowest first. */
export function groundLayers(source: string, palette: Palette): LayerSpecification[] {
  const { province, roadMinor, roadMain, border } = palette;
  const fill = fillMaker(source);
  const line = lineMaker(source);
  const coast: Zooms = [[1, 0.5], [6, 0.9], [10, 1.4]]; // prettier-ignore
  return [
    fill('land', palette.land),
    fill('urban', palette.urban),
    fill('disputed', palette.disputedArea, 0.5),
    line('coast', 'land', palette.coast, coast, { filter: isTraced }),
    line('river', 'river', palette.river, [[3, 0.4], [6, 0.9], [10, 2.4]], { minzoom: 3 }),
    fill('water', palette.lake),
    line('shore', 'water', palette.lakeShore, [[3, 0.3], [6, 0.7], [10, 1.2]], { minzoom: 3 }),
  ];
}
