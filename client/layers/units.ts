import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import { reckoning, type ReckoningProps } from './reckoning.ts';
import type { Scene } from './scene.ts';
import { sizes } from './style.ts';

/**
 * Own units: an arrow along the course when under way, a dot when halted, drained by age. Columns go to the card as
 * they are, and no accessor runs over them; a picked index is the row in the store.
 */
export function unitLayers({ unitData, baseMs, reckonMs, icons, markScale }: Scene): Layer[] {
  return [
    new IconLayer<undefined, ReckoningProps>({
      id: 'units',
      data: unitData,
      positionFormat: 'XY',
      iconAtlas: icons.image,
      iconMapping: icons.mapping,
      getSize: sizes.unit * markScale,
      pickable: true,
      extensions: [reckoning],
      nowS: (reckonMs - baseMs) / 1000,
    }),
  ];
}
