import type { BuiltFrame } from './built-frame.ts';
import type { Cell } from './cell.ts';
import type { ChosenView } from './choose-view.ts';
import type { ThingsBoard } from './things-board.ts';
import type { UnitBoard } from './unit-board.ts';
import type { WireViewer } from './wire-viewer.ts';

/** Viewers that get the very same frames: of one audience, with the same cells. */
export interface Group {
  readonly key: string;
  readonly view: ChosenView;
  readonly things: ThingsBoard;
  readonly board: UnitBoard;
  readonly cells: readonly Cell[];
  readonly viewers: Set<WireViewer>;
  /** The frame of a tick, made when the first viewer asks for it; null when there is nothing to say. */
  frame: { readonly tick: number; readonly built: BuiltFrame | null; readonly units: number } | undefined;
}

export function groupKey(audienceKey: string, { cells, resolution, bbox }: ChosenView): string {
  const hexagons =
    resolution === undefined ? '' : `${resolution} ${bbox?.map((edge) => edge.toFixed(2)).join()}`;
  return `${audienceKey} ${cells.join()} ${hexagons}`;
}
