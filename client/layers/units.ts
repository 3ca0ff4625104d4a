import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import { courseTick, type CourseTickProps } from './course-tick.ts';
import { reckoning, type ReckoningProps } from './reckoning.ts';
import type { Scene } from './scene.ts';
import { paletteOf, sizes, withAlpha } from './style.ts';

/**
 * Own units, drained by age: APP-6 symbols with a tick along the course of those under way; or an arrow along the course,
 * and a dot when halted. Columns go to the card as they are, and no accessor runs over them; a picked index is the row
 * in the store.
 */
export function unitLayers(scene: Scene): Layer[] {
  const { unitData, baseMs, reckonMs, icons, symbols, markScale, theme } = scene;
  const { unit, halo } = paletteOf(theme);
  const atlas = symbols ?? icons;
  return [
    new IconLayer<undefined, ReckoningProps & CourseTickProps>({
      id: 'units',
      data: unitData,
      positionFormat: 'XY',
      iconAtlas: atlas.image,
      iconMapping: atlas.mapping,
      getSize: (symbols ? sizes.unitSymbol : sizes.unit) * markScale,
      pickable: true,
      // The tick is drawn where the symbol has nothing.
      alphaCutoff: symbols ? 0 : 0.05,
      extensions: [reckoning, courseTick],
      tickColour: symbols ? unit : withAlpha(unit, 0),
      tickHalo: halo,
      nowS: (reckonMs - baseMs) / 1000,
    }),
  ];
}
