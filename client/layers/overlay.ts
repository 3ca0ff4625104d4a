import type { Layer } from '@deck.gl/core';
import { PathLayer, ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { GridLabel, LonLat } from './graticule-lines.ts';
import type { Scene } from './scene.ts';
import { fontFamily, type Rgba } from './style.ts';

/** A line of a tool: where, how wide in pixels, and whether it is dashed by being drawn in pieces. */
export interface OverlayLine {
  readonly path: readonly LonLat[];
  readonly widthPx: number;
  readonly colour: Rgba;
}
export interface OverlayText {
  readonly lon: number;
  readonly lat: number;
  readonly text: string;
  readonly colour: Rgba;
  readonly sizePx: number;
  readonly side: GridLabel['side'];
}
/** Lines, points and words that lie over the ground and are no part of the picture. */
export interface Overlay {
  readonly lines: readonly OverlayLine[];
  readonly points: readonly LonLat[];
  readonly texts: readonly OverlayText[];
  /** Drawn round every word, so that it reads on any ground. */
  readonly halo: Rgba;
  readonly pointColour: Rgba;
}

/** Where a word stands against its point, pixels: at an edge of the view it is pushed into it. */
const pushes: Readonly<Record<GridLabel['side'], readonly [number, number]>> = {
  left: [8, 0],
  top: [0, 14],
  bottom: [0, -60],
  middle: [0, 0],
};

/** The layers of one overlay; `id` tells it apart from others. */
export function overlayLayers(
  id: string,
  overlay: Overlay,
  { markScale }: Pick<Scene, 'markScale'>,
): Layer[] {
  const { lines, points, texts, halo, pointColour } = overlay;
  return [
    new PathLayer<OverlayLine>({
      id: `${id}-lines`,
      data: lines,
      getPath: ({ path }) => path.map(([lon, lat]): [number, number] => [lon, lat]),
      getColor: ({ colour }) => [...colour],
      getWidth: ({ widthPx }) => widthPx * markScale,
      widthUnits: 'pixels',
      wrapLongitude: false,
    }),
    new ScatterplotLayer<LonLat>({
      id: `${id}-points`,
      data: points,
      getPosition: ([lon, lat]) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: 4.5 * markScale,
      getFillColor: [...pointColour],
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5 * markScale,
      getLineColor: [...halo],
    }),
    ...(texts.length === 0
      ? []
      : [
          new TextLayer<OverlayText>({
            id: `${id}-texts`,
            data: texts,
            getText: ({ text }) => text,
            getPosition: ({ lon, lat }) => [lon, lat],
            getColor: ({ colour }) => [...colour],
            getSize: ({ sizePx }) => sizePx * markScale,
            getPixelOffset: ({ side }) => [...pushes[side]],
            getTextAnchor: ({ side }) => (side === 'left' ? 'start' : 'middle'),
            getAlignmentBaseline: 'center',
            fontFamily,
            fontWeight: 560,
            characterSet: 'auto',
            fontSettings: { sdf: true, fontSize: 48, buffer: 8, radius: 14, cutoff: 0.22, smoothing: 0.12 },
            outlineWidth: 4,
            outlineColor: [...halo],
          }),
        ]),
  ];
}
