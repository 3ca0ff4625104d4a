import type { ViewNote, ViewRequest } from '../../../shared/wire/wire.ts';
import type { Audience } from '../../audience/audience.ts';
import type { BuiltFrame } from './built-frame.ts';
import type { Group } from './group.ts';

/** What the fan-out needs of a connection; the gateway gives it one over Socket.IO, tests one in memory. */
export interface WireLine {
  send(frame: BuiltFrame): void;
  /** Bytes that have not left this process. */
  waitingBytes(): number;
  /** For how long the other side has owed an answer to a ping, ms; 0 when it owes none. */
  unansweredMs(): number;
  close(reason: string): void;
}

/** More than this waiting, and the viewer does not keep up. */
const mostWaitingBytes = 64 * 1024;
/** A ping that is not answered for so long lies behind a queue somewhere on the way. */
const mostUnansweredMs = 2_500;
/** How long a viewer may take nothing before its line is cut; it comes back and resumes by cursor. */
export const cutAfterMs = 60_000;

let viewers = 0;

/** One viewer: what it wants, what it has, and whether it keeps up. */
export class WireViewer {
  readonly line: WireLine;
  readonly audience: Audience;
  wanted: ViewRequest;
  /** Spreads over the ticks what is done for one viewer after another. */
  readonly turn = viewers++;
  /** Undefined until its first frame. */
  group: Group | undefined;
  /** What it gets in its next frame besides the news: set while it is to be served by itself. */
  due: Due | undefined;
  /** Cells that it holds since its last own frame. */
  heldCells: ReadonlySet<number> = new Set();
  /** The picture it has been given is at least of this seq. */
  sentSeq = 0;
  stalledSinceMs: number | undefined;

  constructor(line: WireLine, audience: Audience, wanted: ViewRequest, due: Due) {
    this.line = line;
    this.audience = audience;
    this.wanted = wanted;
    this.due = due;
  }

  get isBehind(): boolean {
    return this.line.waitingBytes() > mostWaitingBytes || this.line.unansweredMs() > mostUnansweredMs;
  }
}

/** What a viewer is owed beside the news that all get. */
export interface Due {
  /** First frame of a subscription: everything, or what changed since a seq of this epoch. */
  readonly begin?: { readonly sinceSeq: number | undefined };
  /** After a stall: everything it has is to be brought up to date. */
  readonly behindS?: number;
  /** Cells to send whole although it has them. */
  readonly mend?: Set<number> | 'all';
  /** The view may be another one. */
  readonly view?: boolean;
}

export function viewNote(group: Group): ViewNote {
  return { mode: group.view.mode, cells: group.view.cells };
}
