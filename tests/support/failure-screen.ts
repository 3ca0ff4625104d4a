import { Connection } from '../../client/store/connection.svelte.ts';
import type { LinkState } from '../../client/store/link.ts';
import { Clock } from '../../client/store/time.svelte.ts';
import type { Followed, Following } from './failure-viewer.ts';

/** Where a viewer sits: as whom it signed in, at which address, and by which wire it follows. */
export interface Seat {
  readonly role: 'watch' | 'wall';
  /** The address it connects to, which may lead through a proxy. */
  readonly url: string;
  /** A server to ask for the picture that it should have. */
  readonly serverUrl: string;
  readonly following: Following;
}

/** What a screen said, and for how long. */
export interface Said {
  readonly kind: LinkState['kind'];
  readonly fromMs: number;
  toMs: number;
}

const lookEveryMs = 100;
/** What a screen said for less than this nobody has read: a picture about to be brought up to date, for example. */
const readInMs = 1_000;

/** One viewer with the words of its screen, judged by the client's own store, and a log of them. */
export class Screen {
  readonly seat: Seat;
  readonly said: Said[] = [];
  /** Asked at every look: how old the held picture truly is, ms; undefined where that is not known. */
  trueAgeMs: (followed: Followed) => number | undefined = () => undefined;
  /** The oldest picture that this screen called live for long enough to be read, ms. */
  oldestLiveMs = 0;
  /** Ages of the picture at the last looks, as long as it was called live. */
  readonly #liveAges: number[] = [];
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #looking: NodeJS.Timeout;
  #followed: Followed | undefined;

  constructor(seat: Seat) {
    this.seat = seat;
    const monotonic = (): number => performance.now();
    this.#clock = new Clock(monotonic, Date.now());
    this.#connection = new Connection(this.#clock, monotonic);
    this.#connection.start();
    this.#looking = setInterval(() => this.look(), lookEveryMs);
  }

  async open(token: string): Promise<void> {
    const { following, url } = this.seat;
    const nowMs = (): number => this.serverNowMs;
    this.#followed = await following.open({ url, token, link: this.#connection, nowMs });
  }

  get followed(): Followed {
    if (!this.#followed) throw new Error('the screen is not open yet');
    return this.#followed;
  }

  get state(): LinkState {
    return this.#connection.state;
  }

  /** The server's time as this screen has it. */
  get serverNowMs(): number {
    return this.#clock.exactMs;
  }

  close(): void {
    clearInterval(this.#looking);
    this.#connection.stop();
    this.#followed?.close();
  }

  /** Writes down what the screen says now. */
  look(): void {
    const { kind } = this.state;
    const nowMs = performance.now();
    const last = this.said.at(-1);
    if (last?.kind === kind) last.toMs = nowMs;
    else this.said.push({ kind, fromMs: last?.toMs ?? nowMs, toMs: nowMs });
    const ageMs = kind === 'live' && this.#followed ? this.trueAgeMs(this.#followed) : undefined;
    if (ageMs === undefined) this.#liveAges.length = 0;
    else this.#liveAges.push(ageMs);
    if (this.#liveAges.length > readInMs / lookEveryMs) this.#liveAges.shift();
    if (this.#liveAges.length === readInMs / lookEveryMs)
      this.oldestLiveMs = Math.max(this.oldestLiveMs, Math.min(...this.#liveAges));
  }
}

/** How long a screen did not call its picture live, since a time, ms. */
export function notLiveMs(screen: Screen, fromMs: number): number {
  return screen.said
    .filter(({ kind, toMs }) => kind !== 'live' && toMs > fromMs)
    .reduce((sum, said) => sum + said.toMs - Math.max(said.fromMs, fromMs), 0);
}

/** The words of a screen since a time, as `live 2.1 s, offline 1.3 s, live`. */
export function saidSince(screen: Screen, fromMs: number): string {
  const since = screen.said.filter(({ toMs }) => toMs > fromMs);
  const words = since.map(({ kind, fromMs: begun, toMs }, at) => {
    const last = at === since.length - 1;
    return last ? kind : `${kind} ${((toMs - Math.max(begun, fromMs)) / 1_000).toFixed(1)} s`;
  });
  return words.join(', ');
}
