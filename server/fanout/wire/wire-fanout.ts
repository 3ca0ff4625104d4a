import { toDs } from '../../../shared/wire/motion.ts';
import type { ViewRequest } from '../../../shared/wire/wire.ts';
import { audienceOf } from '../../audience/audience.ts';
import type { ViewContext } from '../../audience/view-context.ts';
import type { Principal } from '../../../shared/role.ts';
import type { Mission } from '../../mission/mission.ts';
import type { LivePicture } from '../../picture/live-picture.ts';
import { seqOfCursor } from '../cursor.ts';
import { Boards } from './boards.ts';
import type { BuiltFrame } from './built-frame.ts';
import { FrameBuilder, type Round } from './frame-builder.ts';
import { Groups } from './groups.ts';
import { cutAfterMs, WireViewer, type Due, type WireLine } from './wire-viewer.ts';

interface Parts {
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly nowMs: () => number;
  /** Told of a viewer that could not be served, and why. */
  readonly onFault?: (err: unknown) => void;
}

/** How long an answer may wait for this server to fold what another server has already shown. */
const catchUpMs = 1_500;
/** How often views are chosen anew although nobody moved them: units come and go. */
const chooseAgainEveryTicks = 300;
const tidyEveryTicks = 600;
/** Further than this from one tick to the next, and the clock was put forward (or this process slept). */
const clockJumpDs = 300;
/** Frames of its own cost what a viewer asks for; it gets them this far apart at least. */
const ownFramesApartTicks = 3;
/** How often a viewer that keeps up is asked whether it still does. */
const askEveryTicks = 4;

/**
 * The packed wire: in each tick brings the boards of all audiences up to the picture, writes the news of each watched
 * cell once, and gives every viewer one frame. A viewer that does not keep up is passed over, and gets everything it
 * has as keyframes when it takes again; nobody else waits for it.
 */
export class WireFanout {
  readonly #parts: Parts;
  readonly #boards = new Boards();
  readonly #groups = new Groups(this.#boards);
  readonly #builder: FrameBuilder;
  readonly #viewers = new Map<WireLine, WireViewer>();
  /** Number of the last call on each line: one that was overtaken while it waited changes nothing. */
  readonly #calls = new WeakMap<WireLine, number>();
  /** The tick in which a line last got a frame of its own. */
  readonly #ownFrames = new WeakMap<WireLine, number>();
  #tick = 0;
  #lastTickDs = 0;
  #beatDue = false;
  #lastBeatMs = 0;
  readonly counters = { frames: 0, bytes: 0, stalled: 0, cut: 0, mended: 0 };

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#builder = new FrameBuilder(this.#groups);
    parts.livePicture.onNews((news) => {
      if (news.fresh) this.#startOver();
      if (news.changes.some(({ kind }) => kind === 'heartbeat')) this.#beatDue = true;
      this.#boards.take(news);
    });
  }

  get deliveries(): number {
    return this.#builder.deliveries;
  }

  get viewerCount(): number {
    return this.#viewers.size;
  }

  /**
   * Begins (or begins anew) the subscription of a line; its first frame comes with the next tick. With a cursor of
   * this epoch it gets what changed since, otherwise everything.
   */
  async subscribe(line: WireLine, principal: Principal, view: ViewRequest, since?: string): Promise<void> {
    const { livePicture } = this.#parts;
    const call = this.#nextCall(line);
    const audience = audienceOf(principal);
    const wanted = seqOfCursor(since, livePicture.epoch);
    const caughtUp = wanted !== undefined && (await livePicture.reached(wanted, catchUpMs));
    if (this.#calls.get(line) !== call) return;
    // The record may have become another one during the wait.
    const sinceSeq =
      caughtUp && !audience.changesByItself ? seqOfCursor(since, livePicture.epoch) : undefined;
    this.#remove(line);
    this.#viewers.set(line, new WireViewer(line, audience, view, { begin: { sinceSeq }, view: true }));
  }

  /** The viewer wants to see something else; takes effect with the next tick. */
  look(line: WireLine, view: ViewRequest): void {
    const viewer = this.#viewers.get(line);
    if (!viewer) return;
    viewer.wanted = view;
    viewer.due = { ...viewer.due, view: true };
  }

  /** The viewer could not read something of these cells, or of any. */
  mend(line: WireLine, cells: readonly number[]): void {
    const viewer = this.#viewers.get(line);
    const own = viewer?.group?.view.cells;
    if (!viewer || !own || viewer.due?.mend === 'all') return;
    this.counters.mended++;
    const mend = viewer.due?.mend ?? new Set<number>();
    for (const key of cells) if (own.includes(key)) mend.add(key);
    viewer.due = { ...viewer.due, mend };
  }

  unsubscribe(line: WireLine): void {
    this.#nextCall(line);
    this.#remove(line);
  }

  /** One round of frames. Called by a timer; the time is an argument of everything below. */
  tick(tickLengthMs: number): void {
    const { livePicture, mission, nowMs } = this.#parts;
    const atMs = nowMs();
    const context: ViewContext = { picture: livePicture.picture, mission, atMs };
    this.#tick++;
    const round: Round = {
      tick: this.#tick,
      tickDs: toDs(atMs),
      context,
      epoch: livePicture.epoch,
      beat: this.#takeBeat(context, tickLengthMs),
    };
    const passedDs = round.tickDs - this.#lastTickDs;
    this.#lastTickDs = round.tickDs;
    this.#boards.bringUp(context, this.#tick);
    if (passedDs < 0 || passedDs > clockJumpDs) this.#clockJumped(round.tickDs);
    this.#chooseViews(round);
    this.#builder.begin(round, this.#viewersDue());
    for (const viewer of this.#viewers.values()) this.#serveOrCut(viewer, round);
    if (this.#tick % tidyEveryTicks === 0) this.#tidy();
  }

  /** One viewer's fault ends one session. */
  #serveOrCut(viewer: WireViewer, round: Round): void {
    try {
      this.#serve(viewer, round);
    } catch (err) {
      this.#parts.onFault?.(err);
      this.counters.cut++;
      this.#remove(viewer.line);
      viewer.line.close('this viewer could not be served; it may come back');
    }
  }

  #serve(viewer: WireViewer, round: Round): void {
    const { atMs } = round.context;
    if (this.#isBehind(viewer)) {
      this.#stall(viewer, atMs);
      return;
    }
    if (viewer.stalledSinceMs !== undefined) {
      const behindS = Math.max(0, (atMs - viewer.stalledSinceMs) / 1000);
      viewer.stalledSinceMs = undefined;
      viewer.due = { ...viewer.due, behindS };
      // Cells that were due are written already; the keyframes come with the next tick.
      return;
    }
    const isTurn = this.#isTurn(viewer);
    // Without what it is owed, news would make no sense to it.
    if (!isTurn && (viewer.due?.begin || viewer.due?.behindS !== undefined)) return;
    const frame =
      viewer.due && isTurn ? this.#ownFrame(viewer, round) : this.#builder.groupFrame(viewer, round);
    viewer.sentSeq = round.context.picture.seq;
    if (!frame) return;
    this.counters.frames++;
    this.counters.bytes += frame.message.length;
    viewer.line.send(frame);
  }

  /** Looks at one viewer in a few each tick: asking the socket costs nearly as much as sending. */
  #isBehind(viewer: WireViewer): boolean {
    const isAsked = viewer.stalledSinceMs !== undefined || viewer.due !== undefined;
    return (isAsked || (this.#tick + viewer.turn) % askEveryTicks === 0) && viewer.isBehind;
  }

  #ownFrame(viewer: WireViewer, round: Round): BuiltFrame | undefined {
    this.#ownFrames.set(viewer.line, this.#tick);
    const frame = this.#builder.ownFrame(viewer, round);
    viewer.due = undefined;
    return frame;
  }

  #isTurn({ line }: WireViewer): boolean {
    return this.#tick - (this.#ownFrames.get(line) ?? -Infinity) >= ownFramesApartTicks;
  }

  #stall(viewer: WireViewer, atMs: number): void {
    if (viewer.stalledSinceMs === undefined) {
      viewer.stalledSinceMs = atMs;
      this.counters.stalled++;
    } else if (atMs - viewer.stalledSinceMs > cutAfterMs) {
      this.counters.cut++;
      this.#remove(viewer.line);
      viewer.line.close('the viewer took nothing for a minute');
    }
  }

  /** Puts every viewer that asked for another view, or has none yet, into the group of its cells. */
  #chooseViews(round: Round): void {
    const all = this.#tick % chooseAgainEveryTicks === 0;
    for (const viewer of this.#viewers.values()) {
      if (!this.#isTurn(viewer) || !(viewer.due?.view || (all && viewer.group))) continue;
      const before = viewer.group;
      this.#groups.place(viewer, round.context, round.tickDs);
      if (before !== viewer.group) viewer.due = { ...viewer.due, view: true };
    }
  }

  *#viewersDue(): Generator<WireViewer & { readonly due: Due }> {
    for (const viewer of this.#viewers.values()) if (hasDue(viewer) && this.#isTurn(viewer)) yield viewer;
  }

  /** A heartbeat that came the whole way goes on at once; without one there is still a word every second or so. */
  #takeBeat({ picture, atMs }: ViewContext, tickLengthMs: number): Round['beat'] {
    const isOverdue = Math.abs(atMs - this.#lastBeatMs) > 1_200;
    if (!this.#beatDue && !isOverdue) return undefined;
    this.#beatDue = false;
    this.#lastBeatMs = atMs;
    return { atMs, seq: picture.seq, heartbeatMs: picture.heartbeat?.timeMs, tickLengthMs };
  }

  /** What viewers hold is of another time: they all get keyframes of this one. */
  #clockJumped(tickDs: number): void {
    for (const board of this.#boards.unitBoards) for (const cell of board.cells()) cell.reread(tickDs);
    for (const viewer of this.#viewers.values()) {
      viewer.due = { ...viewer.due, mend: 'all' };
      // News would be of rows that the viewer does not have: nobody waits for its turn.
      this.#ownFrames.delete(viewer.line);
    }
  }

  /** Another epoch: what viewers hold is of a record that is gone. They come back and get a fresh picture. */
  #startOver(): void {
    for (const line of [...this.#viewers.keys()]) {
      this.#remove(line);
      line.close('the record was replaced; the picture starts anew');
    }
    this.#groups.clear();
    this.#boards.clear();
  }

  #remove(line: WireLine): void {
    const viewer = this.#viewers.get(line);
    if (!viewer) return;
    this.#groups.leave(viewer);
    this.#viewers.delete(line);
  }

  #tidy(): void {
    const viewers = [...this.#viewers.values()];
    this.#boards.tidy({
      units: new Set(viewers.map(({ audience }) => audience.unitsKey)),
      things: new Set(viewers.map(({ audience }) => audience.key)),
    });
  }

  #nextCall(line: WireLine): number {
    const call = (this.#calls.get(line) ?? 0) + 1;
    this.#calls.set(line, call);
    return call;
  }
}

function hasDue(viewer: WireViewer): viewer is WireViewer & { readonly due: Due } {
  return viewer.due !== undefined;
}
