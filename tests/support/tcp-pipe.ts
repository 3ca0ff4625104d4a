import type { Socket } from 'node:net';

/** What a way between two parties is like, each direction by itself. */
export interface Weather {
  /** One way; a round trip takes twice this. */
  readonly latencyMs: number;
  /** Up to so much more, evenly spread. */
  readonly jitterMs: number;
  /** Chance of a segment to be lost. TCP sends it again, so it is late and everything behind it waits. */
  readonly lossChance: number;
  readonly bytesPerS: number;
}

/** What one packet carries on most ways. */
const segmentBytes = 1_400;
/** The first time TCP waits before it sends a lost segment again; doubled each further time. */
const retransmitMs = 200;
const maxRetransmits = 5;
/** What may be under way; beyond it the sender is made to wait, as by a full window. */
const windowBytes = 64 * 1024;

type Random = () => number;

interface Segment {
  readonly bytes: Buffer;
  readonly dueMs: number;
}

/** One direction of a connection. Bytes never overtake one another. */
export class Pipe {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #random: Random;
  readonly #weather: () => Weather;
  readonly #queue: Segment[] = [];
  #queuedBytes = 0;
  /** When the last byte taken will have left the sender, and when it will be there. */
  #sentMs = 0;
  #dueMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #held = false;
  #swallowed: ((bytes: number) => void) | undefined;
  #ended = false;

  constructor(from: Socket, to: Socket, random: Random, weather: () => Weather) {
    this.#from = from;
    this.#to = to;
    this.#random = random;
    this.#weather = weather;
    from.on('data', (bytes: Buffer) => this.#take(bytes));
    from.on('end', () => {
      this.#ended = true;
      this.#pass();
    });
    to.on('drain', () => this.#pass());
  }

  hold(): void {
    this.#held = true;
    clearTimeout(this.#timer);
  }

  release(): void {
    this.#held = false;
    this.#pass();
  }

  /** From now on nothing arrives, what is under way included. */
  swallow(swallowed: (bytes: number) => void): void {
    this.hold();
    this.#swallowed = swallowed;
    swallowed(this.#queuedBytes);
    this.#queue.length = 0;
    this.#queuedBytes = 0;
    this.#from.resume();
  }

  #take(bytes: Buffer): void {
    if (this.#swallowed) return this.#swallowed(bytes.length);
    for (let at = 0; at < bytes.length; at += segmentBytes) {
      this.#send(bytes.subarray(at, at + segmentBytes));
    }
    if (this.#queuedBytes > windowBytes) this.#from.pause();
    this.#pass();
  }

  #send(bytes: Buffer): void {
    const { latencyMs, jitterMs, lossChance, bytesPerS } = this.#weather();
    this.#sentMs = Math.max(this.#sentMs, performance.now()) + (bytes.length / bytesPerS) * 1_000;
    let wayMs = latencyMs + this.#random() * jitterMs;
    for (let again = 0; again < maxRetransmits && this.#random() < lossChance; again++) {
      wayMs += retransmitMs * 2 ** again;
    }
    this.#dueMs = Math.max(this.#dueMs, this.#sentMs + wayMs);
    this.#queue.push({ bytes, dueMs: this.#dueMs });
    this.#queuedBytes += bytes.length;
  }

  /** Hands on what is due, and comes back for the rest. */
  #pass(): void {
    clearTimeout(this.#timer);
    if (this.#held || this.#to.destroyed) return;
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      const waitMs = head.dueMs - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#pass(), waitMs);
        return;
      }
      this.#queue.shift();
      this.#queuedBytes -= head.bytes.length;
      if (this.#queuedBytes <= windowBytes / 2) this.#from.resume();
      if (!this.#to.write(head.bytes)) return; // goes on when it has drained
    }
    if (this.#ended) this.#to.end();
  }
}
