import type { Layer } from '@deck.gl/core';
import { PathLayer, PolygonLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { PrivateLayer } from '../store/private-layers.svelte.ts';
import type { Scene } from './scene.ts';
import { fontFamily, paletteOf, privateColours, withAlpha, type Rgba } from './style.ts';

type Corner = readonly [number, number];
interface NamedPoint {
  readonly at: Corner;
  readonly name: string;
}
/** More words than this at once are a smear. */
const mostNames = 300;

/** What one file draws: areas, lines and points of all its shapes. */
export function partsOf({ shapes }: Pick<PrivateLayer, 'shapes'>): {
  areas: (readonly (readonly Corner[])[])[];
  lines: (readonly Corner[])[];
  points: NamedPoint[];
} {
  return {
    areas: shapes.flatMap(({ areas }) => areas),
    lines: shapes.flatMap(({ lines }) => lines),
    points: shapes.flatMap(({ points, name }) => points.map((at) => ({ at, name }))),
  };
}

export function privateLayers({
  mine,
  theme,
  markScale,
}: Pick<Scene, 'mine' | 'theme' | 'markScale'>): Layer[] {
  const { halo } = paletteOf(theme);
  return mine.flatMap((layer) =>
    layersOfFile(layer, privateColours(theme)[layer.colour] ?? halo, halo, markScale),
  );
}

function layersOfFile(layer: PrivateLayer, colour: Rgba, halo: Rgba, markScale: number): Layer[] {
  const { areas, lines, points } = partsOf(layer);
  const id = `private-${layer.id}`;
  const names = points.filter(({ name }) => name !== '').slice(0, mostNames);
  return [
    new PolygonLayer<(typeof areas)[number]>({
      id: `${id}-areas`,
      data: areas,
      getPolygon: (rings) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
      getFillColor: [...withAlpha(colour, 34)],
      getLineColor: [...colour],
      getLineWidth: 2 * markScale,
      lineWidthUnits: 'pixels',
    }),
    new PathLayer<(typeof lines)[number]>({
      id: `${id}-lines`,
      data: lines,
      getPath: (line) => line.map(([lon, lat]): [number, number] => [lon, lat]),
      getColor: [...colour],
      getWidth: 2.5 * markScale,
      widthUnits: 'pixels',
      jointRounded: true,
    }),
    new ScatterplotLayer<NamedPoint>({
      id: `${id}-points`,
      data: points,
      getPosition: ({ at: [lon, lat] }) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: 5 * markScale,
      getFillColor: [...colour],
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5 * markScale,
      getLineColor: [...halo],
    }),
    new TextLayer<NamedPoint>({
      id: `${id}-names`,
      data: names,
      getText: ({ name }) => name,
      getPosition: ({ at: [lon, lat] }) => [lon, lat],
      getColor: [...colour],
      getSize: 12 * markScale,
      getPixelOffset: [0, -14],
      fontFamily,
      fontWeight: 560,
      characterSet: 'auto',
      fontSettings: { sdf: true, fontSize: 48, buffer: 8, radius: 14, cutoff: 0.22, smoothing: 0.12 },
      outlineWidth: 4,
      outlineColor: [...halo],
    }),
  ];
}
