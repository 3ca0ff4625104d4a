import { blockFlag, blockNumbers, readBlockBody, type BlockHead } from '../../shared/wire/block.ts';
import { WireFault } from '../../shared/wire/bytes.ts';
import { readFrame, type Beat, type Frame } from '../../shared/wire/frame.ts';
import { toDs } from '../../shared/wire/motion.ts';
import type { FrameNews, ViewNote } from '../../shared/wire/wire.ts';
import { HeldCell, Owners, type UnitSink } from './held-cell.ts';

/** What a frame said besides the units, which are in the store by now. */
export interface ReadFrame {
  readonly beat: Beat | undefined;
  readonly news: FrameNews;
  readonly unitsChanged: boolean;
}

/**
 * Reads frames into the store of units. What cannot be read is counted and asked for again as a keyframe; the rest
 * of the frame still counts.
 */
export class FrameReader {
  readonly #units: UnitSink;
  readonly #mend: (cells: readonly number[]) => void;
  readonly #owners = new Owners();
  readonly #cells = new Map<number, HeldCell>();
  #nearDs: number;
  /** Frames and blocks that could not be read. */
  faults = 0;

  /** `nowMs` is about the server's time; `mend` asks the server for keyframes of these cells. */
  constructor(units: UnitSink, mend: (cells: readonly number[]) => void, nowMs: number) {
    this.#units = units;
    this.#mend = mend;
    this.#nearDs = toDs(nowMs);
  }

  /** Server time, as an answer told it: frames may lie within an hour of it. */
  near(nowMs: number): void {
    this.#nearDs = toDs(nowMs);
  }

  /** Undefined for bytes that are no frame: then every cell is asked for anew. */
  take(bytes: Uint8Array): ReadFrame | undefined {
    const frame = this.#read(bytes);
    if (!frame) return undefined;
    this.#nearDs = frame.tickDs;
    // Our own server's news: their shape is the protocol's; damage was found by the check sum.
    const news = (frame.news ?? {}) as FrameNews;
    if (news.view) this.#look(news.view);
    const broken: number[] = [];
    for (const head of frame.blocks) if (!this.#takeBlock(frame, head)) broken.push(head.key);
    this.#owners.settle(this.#units);
    if (broken.length > 0) this.#mend(broken);
    return { beat: frame.beat, news, unitsChanged: frame.blocks.length > 0 || news.view !== undefined };
  }

  #read(bytes: Uint8Array): Frame | undefined {
    try {
      return readFrame(bytes, this.#nearDs);
    } catch (reason) {
      if (!(reason instanceof WireFault)) throw reason;
      this.faults += 1;
      for (const cell of this.#cells.values()) cell.number = undefined;
      this.#mend([...this.#cells.keys()]);
      return undefined;
    }
  }

  /** Takes up the cells of a view and gives up the others. A hidden page keeps what it has until it looks again. */
  #look({ mode, cells }: ViewNote): void {
    if (mode === 'hidden') return;
    const wanted = new Set(cells);
    for (const [key, cell] of this.#cells) {
      if (wanted.has(key)) continue;
      cell.drop();
      this.#cells.delete(key);
    }
    for (const key of wanted) {
      if (!this.#cells.has(key)) this.#cells.set(key, new HeldCell(this.#units, this.#owners));
    }
  }

  /** False when the cell must be sent whole. */
  #takeBlock({ bytes, tickDs }: Frame, head: BlockHead): boolean {
    const cell = this.#cells.get(head.key);
    // News of a cell that was given up while they were on their way.
    if (!cell) return true;
    const isKeyframe = (head.flags & blockFlag.keyframe) !== 0;
    if (!isKeyframe) {
      // A keyframe has been asked for; until it comes news mean nothing.
      if (cell.number === undefined) return true;
      if (head.number !== (cell.number + 1) % blockNumbers) return this.#fail(cell);
    }
    try {
      readBlockBody(bytes, head, tickDs, cell);
    } catch (reason) {
      if (!(reason instanceof WireFault)) throw reason;
      return this.#fail(cell);
    } finally {
      cell.end();
    }
    cell.number = head.number;
    return true;
  }

  #fail(cell: HeldCell): false {
    this.faults += 1;
    cell.number = undefined;
    return false;
  }
}
