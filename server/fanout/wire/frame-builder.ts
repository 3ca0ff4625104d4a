import { unitState } from '../../../shared/rules/age.ts';
import { writeFrame, type Beat } from '../../../shared/wire/frame.ts';
import type { FrameNews, HexagonRow, Totals } from '../../../shared/wire/wire.ts';
import type { ViewContext } from '../../audience/view-context.ts';
import { builtFrame, frameRoom, type BuiltFrame } from './built-frame.ts';
import type { Cell } from './cell.ts';
import type { Group } from './group.ts';
import type { Groups } from './groups.ts';
import { countHexagons, HexagonIndex, within } from './hexagons.ts';
import { inside, type ThingsBoard } from './things-board.ts';
import type { UnitBoard } from './unit-board.ts';
import { viewNote, type Due, type WireViewer } from './wire-viewer.ts';

/** One tick. */
export interface Round {
  readonly tick: number;
  readonly tickDs: number;
  readonly context: ViewContext;
  readonly epoch: string;
  readonly beat: Beat | undefined;
}

/** How often units are counted for those who do not get them one by one. */
const countEveryTicks = 20;

/** Writes the news of each cell and each audience once a tick, and puts frames together from them. */
export class FrameBuilder {
  /** Units told to viewers by shared frames, each viewer counted. */
  deliveries = 0;
  readonly #groups: Groups;
  readonly #blocks = new Map<Cell, Uint8Array>();
  readonly #things = new Map<ThingsBoard, string>();
  readonly #counts = new Map<string, string>();
  /** Counts of all units by audience and resolution, and the tick in which they were made. */
  readonly #counted = new Map<string, { readonly tick: number; readonly counts: Counts }>();
  readonly #firstFrames = new Map<string, BuiltFrame>();
  readonly #hexagons = new Map<number, HexagonIndex>();

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  /** Takes all news of the tick. Cells of which a viewer needs a keyframe are written out of turn. */
  begin(round: Round, due: Iterable<WireViewer & { readonly due: Due }>): void {
    this.#blocks.clear();
    this.#things.clear();
    this.#counts.clear();
    this.#firstFrames.clear();
    for (const { group, due: owed, audience } of due) {
      if (group && audience.changesByItself && (owed.begin || owed.behindS !== undefined)) {
        group.things.lookAgain(round.context);
      }
      if (group && needsKeyframes(owed)) for (const cell of group.cells) this.#takeBlock(cell, round.tickDs);
    }
    for (const board of this.#groups.boards.unitBoards) {
      for (const cell of board.cellsDue(round.tick)) this.#takeBlock(cell, round.tickDs);
    }
    for (const board of this.#groups.boards.thingsBoards) {
      const news = board.take(round.context);
      if (news !== undefined) this.#things.set(board, news);
    }
  }

  /** The frame that all viewers of the group get; undefined where there is nothing to say. */
  groupFrame({ group }: WireViewer, round: Round): BuiltFrame | undefined {
    if (!group) return undefined;
    if (group.frame?.tick !== round.tick) {
      const units = group.cells.reduce((sum, cell) => sum + (this.#blocks.has(cell) ? cell.toldUnits : 0), 0);
      group.frame = { tick: round.tick, built: this.#buildGroupFrame(group, round) ?? null, units };
    }
    this.deliveries += group.frame.units;
    return group.frame.built ?? undefined;
  }

  #buildGroupFrame(group: Group, round: Round): BuiltFrame | undefined {
    const news = [this.#things.get(group.things), this.#countsOf(group, round, false)].filter(isText);
    const blocks = group.cells.flatMap((cell) => this.#blocks.get(cell) ?? []);
    if (!round.beat && news.length === 0 && blocks.length === 0) return undefined;
    return build(round, round.beat, news, blocks);
  }

  /** The first frame of a subscription; viewers that come back together share it. */
  #firstFrame(viewer: WireViewer, group: Group, begin: NonNullable<Due['begin']>, round: Round): BuiltFrame {
    const key = `${begin.sinceSeq ?? ''} ${group.key}`;
    const known = this.#firstFrames.get(key);
    if (known) return known;
    const blocks = group.cells.map((cell) => cell.keyframe(round.tickDs));
    const built = build(
      round,
      round.beat ?? beatOf(round),
      this.#ownNews(viewer, { begin }, group, round),
      blocks,
    );
    this.#firstFrames.set(key, built);
    return built;
  }

  /** A frame for one viewer that begins, looks elsewhere, has stalled or could not read something. */
  ownFrame(viewer: WireViewer, round: Round): BuiltFrame | undefined {
    const { group, due } = viewer;
    if (!group || !due) return undefined;
    if (due.begin) {
      viewer.heldCells = new Set(group.view.cells);
      return this.#firstFrame(viewer, group, due.begin, round);
    }
    const held = due.behindS === undefined ? viewer.heldCells : new Set<number>();
    const blocks = group.cells.map((cell) =>
      held.has(cell.key) && !isToMend(due, cell) ? this.#blocks.get(cell) : cell.keyframe(round.tickDs),
    );
    viewer.heldCells = new Set(group.view.cells);
    const beat = round.beat ?? beatOf(round);
    return build(round, beat, this.#ownNews(viewer, due, group, round), blocks.filter(isBytes));
  }

  #ownNews(viewer: WireViewer, due: Due, group: Group, round: Round): string[] {
    const { context, epoch } = round;
    const { begin, behindS } = due;
    const sinceSeq = begin ? begin.sinceSeq : behindS === undefined ? undefined : resumeSeq(viewer);
    const things =
      begin || behindS !== undefined
        ? sinceSeq === undefined
          ? group.things.whole(context)
          : group.things.since(context, sinceSeq)
        : this.#things.get(group.things);
    const note: FrameNews = {
      ...(begin ? { begin: { epoch, fresh: sinceSeq === undefined } } : {}),
      view: viewNote(group),
      ...(behindS === undefined ? {} : { behindS }),
    };
    return [
      inside(note),
      things,
      this.#countsOf(group, round, begin !== undefined || due.view === true),
    ].filter(isText);
  }

  #takeBlock(cell: Cell, tickDs: number): void {
    if (this.#blocks.has(cell)) return;
    const block = cell.takeBlock(tickDs);
    if (block) this.#blocks.set(cell, block);
  }

  /** Hexagons and totals as news, for those who do not get every unit. */
  #countsOf({ board, view }: Group, round: Round, isDue: boolean): string | undefined {
    if (view.mode === 'whole' || view.mode === 'hidden') return undefined;
    if (!isDue && round.tick % countEveryTicks !== 0) return undefined;
    const key = `${board.audience.unitsKey} ${view.resolution ?? ''} ${view.bbox?.join() ?? ''}`;
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    const { rows, totals } = this.#count(board, view.resolution, round);
    const news: { totals: Totals; hexagons?: readonly HexagonRow[] } =
      view.mode === 'hexagons'
        ? { totals, hexagons: view.bbox ? within(rows, view.bbox) : rows }
        : { totals };
    const text = inside(news);
    this.#counts.set(key, text);
    return text;
  }

  /** Counts all units once for all who look at them in this resolution. */
  #count(board: UnitBoard, resolution: number | undefined, { tick, tickDs, context }: Round): Counts {
    const { mission } = context;
    const key = `${board.audience.unitsKey} ${resolution ?? ''}`;
    const known = this.#counted.get(key);
    if (known && tick - known.tick < countEveryTicks) return known.counts;
    const isOld = (staleAfterS: number | undefined, timeDs: number): boolean => {
      const state = unitState((tickDs - timeDs) / 10, Infinity, staleAfterS ?? mission.staleAfterS);
      return state === 'stale' || state === 'lost';
    };
    const counts = countHexagons(
      board,
      resolution === undefined ? undefined : this.#index(resolution),
      isOld,
    );
    this.#counted.set(key, { tick, counts });
    return counts;
  }

  #index(resolution: number): HexagonIndex {
    const known = this.#hexagons.get(resolution);
    if (known) return known;
    const index = new HexagonIndex(resolution);
    this.#hexagons.set(resolution, index);
    return index;
  }
}

type Counts = ReturnType<typeof countHexagons>;

function build(
  { tickDs }: Round,
  beat: Beat | undefined,
  news: readonly string[],
  blocks: readonly Uint8Array[],
): BuiltFrame {
  const text = news.length === 0 ? undefined : `{${news.join(',')}}`;
  return builtFrame(writeFrame({ tickDs, beat, news: text, blocks }, frameRoom));
}

function beatOf({ context }: Round): Beat {
  const { picture, atMs } = context;
  return { atMs, seq: picture.seq, heartbeatMs: picture.heartbeat?.timeMs, tickLengthMs: 100 };
}

/** What came into sight by the movement of others has not changed: after a stall such an audience gets everything. */
function resumeSeq({ audience, sentSeq }: WireViewer): number {
  return audience.changesByItself ? -1 : sentSeq;
}

function needsKeyframes({ begin, behindS, view, mend }: Due): boolean {
  return begin !== undefined || behindS !== undefined || view === true || mend !== undefined;
}

function isToMend({ mend }: Due, { key }: Cell): boolean {
  return mend === 'all' || (mend?.has(key) ?? false);
}

const isText = (value: string | undefined): value is string => value !== undefined && value !== '';
const isBytes = (value: Uint8Array | undefined): value is Uint8Array => value !== undefined;
