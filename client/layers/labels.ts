import type { Layer } from '@deck.gl/core';
import { TextLayer } from '@deck.gl/layers';
import { partOffsets, type LabelPart, type PlacedLabel } from './label-placement.ts';
import { reckoning, still, type Motion, type ReckoningProps } from './reckoning.ts';
import type { Scene } from './scene.ts';
import { fontFamily, paletteOf } from './style.ts';

interface DrawnPart extends LabelPart {
  readonly position: [number, number];
  readonly offset: [number, number];
  readonly size: number;
  readonly motion: Motion;
}

/** Weights of the two kinds of pieces; the measure in map/ must use the same. */
export const labelWeight = { strong: 640, plain: 500 } as const;

/** Whether a label goes along with a unit that is under way. */
export function movesWithUnit({ anchor }: PlacedLabel): boolean {
  return (anchor?.motion[1] ?? 0) > 0;
}

/** The labels that found room, in their two weights, with a dark halo so that they read on any ground. */
export function labelLayers({ labels, baseMs, reckonMs, theme }: Scene): Layer[] {
  const parts = partsOf(labels);
  return (['plain', 'strong'] as const).map(
    (weight) =>
      new TextLayer<DrawnPart, ReckoningProps>({
        id: `labels-${weight}`,
        data: parts[weight].length > 0 ? parts[weight] : nothing,
        getText: ({ text }) => text,
        getPosition: ({ position }) => position,
        getPixelOffset: ({ offset }) => offset,
        getSize: ({ size }) => size,
        getColor: ({ colour }) => [...colour],
        getTextAnchor: 'start',
        getAlignmentBaseline: 'center',
        fontFamily,
        fontWeight: labelWeight[weight],
        characterSet: 'auto',
        fontSettings,
        outlineWidth: 4,
        outlineColor: [...paletteOf(theme).ground],
        extensions: [reckoning],
        getMotion: ({ motion }: DrawnPart) => [...motion],
        nowS: (reckonMs - baseMs) / 1000,
      }),
  );
}

/**
 * Stands far off every map in a weight that has no label now. A text layer without a letter makes an atlas without
 * size, which the card refuses; one that is made anew leaves the sampler of its old atlas behind.
 */
const nothing: readonly DrawnPart[] = [
  {
    text: '·',
    strong: false,
    position: [0, 89],
    offset: [0, 0],
    size: 1,
    colour: [0, 0, 0, 0],
    motion: still,
  },
];

const fontSettings = { sdf: true, fontSize: 64, buffer: 10, radius: 18, cutoff: 0.22, smoothing: 0.12 };

interface Parts {
  readonly plain: readonly DrawnPart[];
  readonly strong: readonly DrawnPart[];
}
/** Pieces by their labels: as long as the labels are the same the text layers get the same list, and set no type. */
const partsKept = new WeakMap<readonly PlacedLabel[], Parts>();

function partsOf(labels: readonly PlacedLabel[]): Parts {
  const kept = partsKept.get(labels);
  if (kept) return kept;
  const all: DrawnPart[] = labels.flatMap((label) => {
    const lefts = partOffsets(label);
    const { lon, lat } = label.anchor ?? label;
    return label.parts.map((part, index) => ({
      ...part,
      position: [lon, lat],
      offset: [lefts[index] ?? 0, label.dy],
      size: label.size,
      motion: label.anchor?.motion ?? still,
    }));
  });
  const parts = { plain: all.filter(({ strong }) => !strong), strong: all.filter(({ strong }) => strong) };
  partsKept.set(labels, parts);
  return parts;
}
