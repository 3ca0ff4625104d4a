import type { FailureBody } from '../../shared/failure.ts';
import type { PatchOut, PictureOut, VisibleIds } from '../../shared/picture/picture.ts';
import type { Subscribe } from '../../shared/wire/subscribe.ts';
import type { ServiceStatus, SubscribeAnswer } from '../../shared/wire/live.ts';
import type { LiveSocket, OpenSocket } from './live-socket.ts';

/** Who holds the picture. `cursor` is empty while nothing is held. */
export interface PictureSink {
  readonly cursor: string;
  replace(picture: PictureOut): void;
  resume(patch: PatchOut, ids: VisibleIds): void;
  apply(patch: PatchOut): void;
}

/** Who tells the operator how true the picture is. Times are the server's, RFC 3339. */
export interface LinkSink {
  connected(): void;
  disconnected(reason: string): void;
  attempt(n: number): void;
  serverTime(at: string, fresh: boolean): void;
  heartbeat(patch: Pick<PatchOut, 'at' | 'heartbeat' | 'behindS'>): void;
  behind(sinceAt: string): void;
  status(status: ServiceStatus): void;
  refused(error: FailureBody['error']): void;
}

export interface Timers {
  setTimeout(run: () => void, ms: number): unknown;
}

/** Wait before asking again after the server refused a subscription. */
const askAgainMs = 2_000;

/**
 * Keeps one picture true to one server: says hello with the cursor it holds, takes picture or patch, follows the
 * patches, and asks anew when it cannot go on from what it holds. It never judges how things look or are drawn.
 */
export class Follow {
  readonly #picture: PictureSink;
  readonly #link: LinkSink;
  readonly #timers: Timers;
  readonly #socket: LiveSocket;
  /** Counts hellos, so that an answer to an earlier one, or to a link that has gone, is not taken. */
  #hello = 0;
  #following = false;

  constructor(open: OpenSocket, picture: PictureSink, link: LinkSink, timers: Timers = globalThis) {
    this.#picture = picture;
    this.#link = link;
    this.#timers = timers;
    this.#socket = open({
      connected: () => {
        link.connected();
        this.#subscribe();
      },
      disconnected: (reason) => {
        this.#following = false;
        this.#hello += 1;
        link.disconnected(reason);
      },
      attempt: (n) => link.attempt(n),
      patch: (patch) => this.#take(patch),
      status: (status) => link.status(status),
      behind: (note) => link.behind(note.sinceAt),
      goodbye: (body) => link.refused(body.error),
    });
  }

  close(): void {
    this.#hello += 1;
    this.#socket.close();
  }

  #subscribe(fresh = false): void {
    this.#following = false;
    const hello = (this.#hello += 1);
    const cursor = this.#picture.cursor;
    const request: Subscribe = cursor === '' || fresh ? {} : { since: cursor };
    this.#socket.subscribe(request, (reply) => {
      if (hello === this.#hello) this.#answer(reply);
    });
  }

  #answer(reply: SubscribeAnswer): void {
    if ('error' in reply) return this.#refused(reply.error);
    this.#link.serverTime(reply.you.serverTime, true);
    if ('picture' in reply) this.#picture.replace(reply.picture);
    else this.#picture.resume(reply.patch, reply.ids);
    this.#following = true;
    this.#link.heartbeat('picture' in reply ? reply.picture : reply.patch);
  }

  #refused(error: FailureBody['error']): void {
    this.#link.refused(error);
    const hello = this.#hello;
    this.#timers.setTimeout(() => {
      if (hello === this.#hello) this.#subscribe(true);
    }, askAgainMs);
  }

  #take(patch: PatchOut): void {
    if (!this.#following) return;
    const held = parseCursor(this.#picture.cursor);
    const next = parseCursor(patch.cursor);
    if (held.epoch !== next.epoch) return this.#subscribe(true);
    this.#link.serverTime(patch.at, false);
    // A patch from before what is held would take things back in time.
    if (next.seq >= held.seq) this.#picture.apply(patch);
    this.#link.heartbeat(patch);
  }
}

/** A cursor is `epoch.seq`; seq is compared as a number. */
export function parseCursor(cursor: string): { epoch: string; seq: number } {
  const dot = cursor.lastIndexOf('.');
  return { epoch: cursor.slice(0, Math.max(0, dot)), seq: Number(cursor.slice(dot + 1)) };
}
