import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import { stateNames } from '../store/positions.ts';
import { unitIcon } from './icon-names.ts';
import type { Scene } from './scene.ts';
import { sizes } from './style.ts';

interface AtRow {
  readonly index: number;
}

/**
 * Own units: an arrow along the course when under way, a dot when halted, drained by age. Columns go to the card as
 * they are; a picked index is the row of `positions`.
 */
export function unitLayers({
  positions,
  positionsRevision,
  stateRevision,
  icons,
  markScale,
}: Scene): Layer[] {
  const moving = (row: number) => positions.isMoving(row);
  const state = (row: number) => stateNames[positions.state[row] ?? 0] ?? 'lost';
  return [
    new IconLayer<undefined>({
      id: 'units',
      data: {
        length: positions.length,
        attributes: { getPosition: { value: positions.lonLat, size: 2 } },
      },
      positionFormat: 'XY',
      iconAtlas: icons.image,
      iconMapping: icons.mapping,
      getIcon: (_: undefined, { index }: AtRow) => unitIcon(state(index), moving(index)),
      // Screen angles turn against the clock, courses with it. A dot and a lost unit stand upright.
      getAngle: (_: undefined, { index }: AtRow) =>
        moving(index) && state(index) !== 'lost' ? -(positions.course[index] ?? 0) : 0,
      getSize: sizes.unit * markScale,
      pickable: true,
      updateTriggers: {
        getIcon: [positionsRevision, stateRevision],
        getAngle: [positionsRevision, stateRevision],
      },
    }),
  ];
}
