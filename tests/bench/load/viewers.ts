import type { Address } from '../peers/peer.ts';
import { dialects, type Dialect } from './dialect.ts';
import type { Fleet } from './fleet.ts';
import { LightSocket } from './light-socket.ts';

/** One viewer in so many reads everything. */
const viewersPerJudge = 50;
const connectAtOnce = 50;
const agesKept = 200_000;

/** What viewers counted since the last `begin`. */
export interface Seen {
  /** Mean over the judges. */
  readonly fixesPerViewer: number;
  /** Mean over all, and the least that one of them got. */
  readonly bytesPerViewer: number;
  readonly leastBytes: number;
  readonly messagesPerViewer: number;
  /** From the sending of a fix to its reading by a judge, ms. */
  readonly agesMs: readonly number[];
}

/** The viewers of one peer in this process. */
export class Viewers {
  readonly #address: Address;
  readonly #dialect: Dialect;
  readonly #viewers: Viewer[] = [];
  lost = 0;

  constructor(address: Address) {
    this.#address = address;
    this.#dialect = dialects[address.dialect];
  }

  get count(): number {
    return this.#viewers.length;
  }

  /** Brings the number of viewers to `count`; answers once all of them have joined. */
  async bringTo(count: number): Promise<void> {
    while (this.#viewers.length > count) this.#viewers.pop()?.close();
    while (this.#viewers.length < count) {
      const more = Math.min(connectAtOnce, count - this.#viewers.length);
      const joining = Array.from({ length: more }, (_, n) => this.#join(this.#viewers.length + n));
      this.#viewers.push(...(await Promise.all(joining)));
    }
  }

  begin(fleet: Fleet): void {
    for (const viewer of this.#viewers) viewer.begin(fleet);
  }

  seen(): Seen {
    const judges = this.#viewers.filter(({ isJudge }) => isJudge);
    const mean = (of: readonly Viewer[], what: (viewer: Viewer) => number): number =>
      of.reduce((sum, viewer) => sum + what(viewer), 0) / Math.max(1, of.length);
    return {
      fixesPerViewer: mean(judges, ({ fixes }) => fixes),
      bytesPerViewer: mean(this.#viewers, ({ bytes }) => bytes),
      leastBytes: this.#viewers.reduce((least, { bytes }) => Math.min(least, bytes), Infinity),
      messagesPerViewer: mean(this.#viewers, ({ messages }) => messages),
      agesMs: judges.flatMap(({ agesMs }) => agesMs),
    };
  }

  /** How many of the first `expected` units at most a judge does not have the latest fix of. */
  missing(fleet: Fleet, expected: number): number {
    return this.#viewers.reduce((most, viewer) => Math.max(most, viewer.missing(fleet, expected)), 0);
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.length = 0;
  }

  async #join(place: number): Promise<Viewer> {
    const isJudge = place % viewersPerJudge === 0;
    const viewer = new Viewer(this.#dialect, isJudge);
    await viewer.join(this.#address, () => this.lost++);
    return viewer;
  }
}

class Viewer {
  readonly isJudge: boolean;
  fixes = 0;
  bytes = 0;
  messages = 0;
  agesMs: number[] = [];
  readonly #dialect: Dialect;
  /** When the newest fix that this viewer has of each unit was sent, ms. */
  readonly #heldMs: number[] = [];
  #fleet: Fleet | undefined;
  #socket: LightSocket | undefined;
  #isClosing = false;

  constructor(dialect: Dialect, isJudge: boolean) {
    this.#dialect = dialect;
    this.isJudge = isJudge;
  }

  async join(address: Address, lost: () => void): Promise<void> {
    const dialect = this.#dialect;
    const path = await dialect.path(address);
    const judge = this.isJudge ? dialect.judge((unit, timeMs) => this.#take(unit, timeMs)) : undefined;
    await new Promise<void>((resolve, reject) => {
      const socket = new LightSocket(address.port, path, this.isJudge, {
        opened: () => !dialect.mustGreet && resolve(),
        message: (message) => {
          const answer = dialect.answer(message, address, (body) => socket.say(body));
          if (answer === 'joined') resolve();
          judge?.(message);
        },
        counted: (bytes) => {
          this.bytes += bytes;
          this.messages++;
        },
        closed: () => {
          if (!this.#isClosing) lost();
          reject(new Error('a viewer was sent away'));
        },
      });
      this.#socket = socket;
    });
  }

  begin(fleet: Fleet): void {
    this.#fleet = fleet;
    this.fixes = 0;
    this.bytes = 0;
    this.messages = 0;
    this.agesMs = [];
  }

  missing(fleet: Fleet, expected: number): number {
    if (!this.isJudge) return 0;
    let missing = 0;
    for (let unit = 0; unit < expected; unit++) {
      if ((this.#heldMs[unit] ?? 0) !== fleet.lastSentMs(unit)) missing++;
    }
    return missing;
  }

  close(): void {
    this.#isClosing = true;
    this.#socket?.close();
  }

  #take(unit: number, readMs: number): void {
    const { timeStepMs, timeWrapsMs } = this.#dialect;
    const sentMs = this.#fleet?.sentAt(unit, readMs, timeStepMs, timeWrapsMs);
    if (sentMs === undefined) return;
    while (this.#heldMs.length <= unit) this.#heldMs.push(0);
    this.#heldMs[unit] = sentMs;
    this.fixes++;
    if (this.agesMs.length < agesKept) this.agesMs.push(Date.now() - sentMs);
  }
}
