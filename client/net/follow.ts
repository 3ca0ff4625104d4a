import type { FailureBody } from '../../shared/failure.ts';
import type { Beat } from '../../shared/wire/frame.ts';
import type { PositionsAnswer } from '../../shared/model/position.ts';
import type { WallCall } from '../../shared/model/wall-call.ts';
import type { ServiceStatus } from '../../shared/wire/live.ts';
import type { FrameNews, ThingsPatch, ViewRequest, WireAnswer } from '../../shared/wire/wire.ts';
import { FrameReader, type ReadFrame } from './frame-reader.ts';
import type { UnitSink } from './held-cell.ts';
import type { LiveSocket, OpenSocket } from './live-socket.ts';

/** Who holds the picture. */
export interface PictureSink {
  readonly units: UnitSink;
  /** Everything but units, in place of what is held. */
  replace(things: ThingsPatch): void;
  apply(things: ThingsPatch): void;
  /** Drops what is not among the ids now visible. */
  keepOnly(ids: NonNullable<FrameNews['ids']>): void;
  /** Counts beside or in place of single units, and what else the news say. */
  note(news: FrameNews): void;
  unitsChanged(): void;
}

/** Who tells the operator how true the picture is. Times are the server's, ms since 1970. */
export interface LinkSink {
  /** So many bytes came. */
  received(bytes: number): void;
  connected(): void;
  disconnected(reason: string): void;
  attempt(n: number): void;
  serverTime(atMs: number, fresh: boolean): void;
  /** A frame with a beat; `behindS` where values in between were passed over. */
  heartbeat(beat: Beat, behindS: number | undefined): void;
  status(status: ServiceStatus): void;
  refused(error: FailureBody['error']): void;
  /** Walls are asked to load anew. */
  wallCalled(call: WallCall): void;
}

export interface Timers {
  setTimeout(run: () => void, ms: number): unknown;
}

/** Wait before asking again after the server refused a subscription. */
const askAgainMs = 2_000;
/** A link that is up and brings nothing for so long is opened anew; each time in vain the patience doubles. */
const patienceMs = 6_000;
const longestPatienceMs = 96_000;
const lookEveryMs = 2_000;

interface FollowParts {
  readonly open: OpenSocket;
  readonly picture: PictureSink;
  readonly link: LinkSink;
  readonly timers?: Timers;
  /** The server's time as far as it is known, ms since 1970. */
  readonly nowMs: () => number;
  /** A clock that nobody puts forward or back, ms. */
  readonly monotonicMs: () => number;
}

/**
 * Keeps one picture true to one server: says hello with the cursor it holds and the view it wants, takes everything
 * or what changed, follows the frames, and asks anew when it cannot go on from what it holds. It never judges how
 * things look or are drawn.
 */
export class Follow {
  readonly #picture: PictureSink;
  readonly #link: LinkSink;
  readonly #timers: Timers;
  readonly #socket: LiveSocket;
  readonly #reader: FrameReader;
  readonly #monotonicMs: () => number;
  #closed = false;
  #connected = false;
  /** Ends the calls that wait for an answer when the link goes: socket.io would leave them waiting for ever. */
  readonly #unanswered = new Set<(reply: 'no link') => void>();
  #heardAtMs: number;
  #lookedAtMs: number;
  #patienceMs = patienceMs;
  /** Counts hellos, so that an answer to an earlier one, or to a link that has gone, is not taken. */
  #hello = 0;
  /** Whether the first frame after a hello has come. */
  #following = false;
  #epoch = '';
  #seq = 0;
  #view: ViewRequest = {};
  /** The view that the server was asked for last. */
  #asked: ViewRequest = {};

  constructor({ open, picture, link, timers = globalThis, nowMs, monotonicMs }: FollowParts) {
    this.#picture = picture;
    this.#link = link;
    this.#timers = timers;
    this.#monotonicMs = monotonicMs;
    this.#heardAtMs = this.#lookedAtMs = monotonicMs();
    this.#reader = new FrameReader(picture.units, (cells) => this.#socket.mend(cells), nowMs());
    this.#socket = open({
      connected: () => {
        this.#heardAtMs = monotonicMs();
        this.#connected = true;
        link.connected();
        this.#subscribe();
      },
      disconnected: (reason) => {
        this.#following = false;
        this.#hello += 1;
        this.#endCalls();
        link.disconnected(reason);
      },
      attempt: (n) => link.attempt(n),
      frame: (bytes) => this.#take(bytes),
      status: (status) => link.status(status),
      goodbye: (body) => link.refused(body.error),
      reload: (call) => link.wallCalled(call),
    });
    this.#watch();
  }

  /** `epoch.seq`: what this viewer holds is at least of this; empty while it holds nothing. */
  get cursor(): string {
    return this.#epoch === '' ? '' : `${this.#epoch}.${this.#seq}`;
  }

  /** Frames and blocks that could not be read, since the page was opened. */
  get faults(): number {
    return this.#reader.faults;
  }

  /** What is on screen is another part of the world now. */
  look(view: ViewRequest): void {
    this.#view = view;
    if (this.#following) this.#askForView();
  }

  /**
   * Sends packed fixes (shared/model/packed-fixes.ts). 'no link' also where the link went before the answer came:
   * whether they were taken is then unknown, and sending them again does no harm.
   */
  sendFixes(bytes: Uint8Array): Promise<PositionsAnswer | FailureBody | 'no link'> {
    if (!this.#connected) return Promise.resolve('no link');
    return new Promise((resolve) => {
      this.#unanswered.add(resolve);
      this.#socket.fixes(bytes, (reply) => {
        this.#unanswered.delete(resolve);
        resolve(reply);
      });
    });
  }

  close(): void {
    this.#closed = true;
    this.#hello += 1;
    this.#endCalls();
    this.#socket.close();
  }

  #endCalls(): void {
    this.#connected = false;
    for (const end of this.#unanswered) end('no link');
    this.#unanswered.clear();
  }

  /** Half-open links look like links: the transport would notice in a minute, this notices sooner. */
  #watch(): void {
    if (this.#closed) return;
    const nowMs = this.#monotonicMs();
    // A page that was busy or asleep itself may have what it misses waiting at the door.
    const wasAwake = nowMs - this.#lookedAtMs < 2 * lookEveryMs;
    this.#lookedAtMs = nowMs;
    if (wasAwake && nowMs - this.#heardAtMs > this.#patienceMs) {
      this.#heardAtMs = nowMs;
      this.#patienceMs = Math.min(longestPatienceMs, this.#patienceMs * 2);
      this.#socket.reconnect();
    }
    this.#timers.setTimeout(() => this.#watch(), lookEveryMs);
  }

  #askForView(): void {
    this.#asked = this.#view;
    this.#socket.view(this.#view);
  }

  #subscribe(fresh = false): void {
    this.#following = false;
    this.#asked = this.#view;
    const hello = (this.#hello += 1);
    const { cursor } = this;
    const since = cursor === '' || fresh ? {} : { since: cursor };
    this.#socket.subscribe({ ...this.#view, ...since }, (reply) => {
      if (hello === this.#hello) this.#answer(reply);
    });
  }

  #answer(reply: WireAnswer): void {
    if ('error' in reply) return this.#refused(reply.error);
    const serverMs = Date.parse(reply.you.serverTime);
    this.#link.serverTime(serverMs, true);
    this.#reader.near(serverMs);
  }

  #refused(error: FailureBody['error']): void {
    this.#link.refused(error);
    const hello = this.#hello;
    this.#timers.setTimeout(() => {
      if (hello === this.#hello) this.#subscribe(true);
    }, askAgainMs);
  }

  #take(bytes: Uint8Array): void {
    this.#link.received(bytes.length);
    const frame = this.#reader.take(bytes);
    if (!frame) return;
    const { begin } = frame.news;
    // Until the hello is answered frames are of a subscription that was before it.
    if (!this.#following && !begin) return;
    if (begin) {
      this.#following = true;
      this.#epoch = begin.epoch;
      // The operator may have looked elsewhere while the hello was on its way.
      if (this.#view !== this.#asked) this.#askForView();
    }
    this.#takeNews(frame);
    if (frame.unitsChanged) this.#picture.unitsChanged();
    if (!frame.beat) return;
    this.#seq = frame.beat.seq;
    this.#heardAtMs = this.#monotonicMs();
    this.#patienceMs = patienceMs;
    this.#link.serverTime(frame.beat.atMs, false);
    this.#link.heartbeat(frame.beat, frame.news.behindS);
  }

  #takeNews({ news }: ReadFrame): void {
    const { begin, things, ids } = news;
    if (begin?.fresh && things) this.#picture.replace(things);
    else if (things) this.#picture.apply(things);
    if (ids) this.#picture.keepOnly(ids);
    this.#picture.note(news);
  }
}
