import type { Layer } from '@deck.gl/core';
import { TextLayer } from '@deck.gl/layers';
import { partOffsets, type LabelPart } from './label-placement.ts';
import type { Scene } from './scene.ts';
import { colours, fontFamily } from './style.ts';

interface DrawnPart extends LabelPart {
  readonly position: [number, number];
  readonly offset: [number, number];
  readonly size: number;
}

/** Weights of the two kinds of pieces; the measure in map/ must use the same. */
export const labelWeight = { strong: 640, plain: 500 } as const;

/** The labels that found room, in their two weights, with a dark halo so that they read on any ground. */
export function labelLayers({ labels }: Scene): Layer[] {
  const parts: DrawnPart[] = labels.flatMap((label) => {
    const lefts = partOffsets(label);
    return label.parts.map((part, index) => ({
      ...part,
      position: [label.lon, label.lat],
      offset: [lefts[index] ?? 0, label.dy],
      size: label.size,
    }));
  });
  const weights = (['plain', 'strong'] as const).filter((weight) => ofWeight(parts, weight).length > 0);
  // A text layer without a letter makes an atlas without size, which the card refuses.
  return weights.map(
    (weight) =>
      new TextLayer<DrawnPart>({
        id: `labels-${weight}`,
        data: ofWeight(parts, weight),
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
        fontSettings: { sdf: true, fontSize: 64, buffer: 10, radius: 18, cutoff: 0.22, smoothing: 0.12 },
        outlineWidth: 4,
        outlineColor: [...colours.ground],
      }),
  );
}

function ofWeight(parts: readonly DrawnPart[], weight: keyof typeof labelWeight): DrawnPart[] {
  return parts.filter(({ strong }) => strong === (weight === 'strong'));
}
