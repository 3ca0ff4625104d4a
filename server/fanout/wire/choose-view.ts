import type { BboxOf } from '../../../shared/geo/area.ts';
import {
  cellLevels,
  cellsTouching,
  nowhereCell,
  slowWholeCell,
  wholeCell,
  withMargin,
} from '../../../shared/wire/cells.ts';
import type { Audience } from '../../audience/audience.ts';
import type { ViewMode, ViewRequest } from '../../../shared/wire/wire.ts';

/** An audience with no more units than this gets them all at once: lists and maps need nothing further. */
export const wholeUpToUnits = 2_000;
/** More single units than this in a view are a smear; they are counted in hexagons instead. */
export const hexagonsFromUnits = 5_000;
/** On a slow view it is the line that does not bear them. */
export const slowHexagonsFromUnits = 500;
/** Cells that one view may have. */
const mostCells = 36;
/** Share of the view around it that is fetched as well. */
const marginShare = 0.25;

export interface ChosenView {
  readonly mode: ViewMode;
  readonly cells: readonly number[];
  /** Resolution of the H3 grid where hexagons are shown. */
  readonly resolution?: number;
  readonly bbox?: BboxOf;
}

/** Which cells a view gets. `unitsAround` tells about how many units an area has, `units` how many there are. */
export function chooseView(
  { bbox, zoom, hidden, slow }: ViewRequest,
  units: number,
  unitsAround: (bbox: BboxOf) => number,
): ChosenView {
  if (hidden) return { mode: 'hidden', cells: [] };
  if (!bbox || units <= wholeUpToUnits) return wholeView(slow);
  const wide = withMargin(bbox, marginShare);
  if (unitsAround(wide) > (slow ? slowHexagonsFromUnits : hexagonsFromUnits)) {
    return { mode: 'hexagons', cells: [], resolution: hexagonResolution(zoom ?? 5), bbox: wide };
  }
  for (const level of cellLevels) {
    const cells = cellsTouching(level, wide, mostCells);
    if (cells) return { mode: 'cells', cells: [nowhereCell, ...cells] };
  }
  return { mode: 'cells', cells: [nowhereCell, slowWholeCell] };
}

/**
 * For those who see few units, or late ones: what others see of where units are now must not show in what they get.
 * The delayed see all, at the slow rate where there are many.
 */
export function viewOfFew({ hidden, slow }: ViewRequest, { principal }: Audience, units: number): ChosenView {
  if (hidden) return { mode: 'hidden', cells: [] };
  const isMany = principal.role === 'analyst' && units > wholeUpToUnits;
  if (isMany) return { mode: 'cells', cells: [nowhereCell, slowWholeCell] };
  return wholeView(slow);
}

function wholeView(slow: boolean | undefined): ChosenView {
  return { mode: 'whole', cells: [slow ? slowWholeCell : wholeCell, nowhereCell] };
}

/** H3 resolution at which a hexagon is about 50 to 100 px across on the map. */
export function hexagonResolution(zoom: number): number {
  return Math.max(1, Math.min(8, Math.round((zoom - 1) * 0.72)));
}
