import { setTimeout as delay } from 'node:timers/promises';
import { callListener } from '../call-listener.ts';
import type { RecordEntry, TailListener } from '../record.ts';
import type { RedisClient } from './redis-client.ts';
import { mergeParts, parseStreamPart } from './redis-entries.ts';
import type { RedisLife, Verdict } from './redis-life.ts';
import { checkScript, type RecordKeys } from './redis-scripts.ts';

export interface TailParts {
  /** A connection of the tail's own: its XREAD blocks it. */
  readonly client: RedisClient;
  readonly keys: RecordKeys;
  readonly life: RedisLife;
  readonly listener: TailListener;
  /** The record in Redis is gone or went back: have it mended (the watch does that where writes are taken). */
  mend(): Promise<void>;
  /** This tail has taken over another epoch. */
  adopted(): void;
  damaged(count: number): void;
}

const blockMs = 1000;
/** How long after the end of a BLOCK an answer may take before the connection counts as dead. */
const graceMs = 1500;
const countPerStream = 512;
const longestPauseMs = 1000;
/** A round costs the same for one entry as for hundreds: while entries come, rounds begin at least this far apart. */
const paceMs = 4;

/**
 * Follows both streams with one XREAD. In the same round trip, behind the XREAD, it asks whether the record is
 * still the one it follows, and only then lets the entries through; on a fresh connection it also looks for the
 * newest entry this server has seen.
 */
export class RedisTail {
  readonly #parts: TailParts;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;
  #cursor: number;
  #freshConnection = true;
  #reading = false;
  #failures = 0;

  constructor(parts: TailParts, from: number | 'from the start of a new epoch') {
    this.#parts = parts;
    this.#cursor = typeof from === 'number' ? from : 0;
    if (typeof from !== 'number') callListener(() => parts.listener.onEpoch(parts.life.epoch));
    parts.client.onClose(() => (this.#freshConnection = true));
    this.#running = this.#run();
  }

  /**
   * Ends a waiting XREAD, so that the record is looked at now. Anything else is left alone: hurried again and again,
   * as under load, a new connection would never live long enough to look.
   */
  hurry(): void {
    if (this.#stopping.signal.aborted || !this.#reading) return;
    this.#reading = false;
    this.#parts.client.reconnect();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#parts.client.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      try {
        const begun = performance.now();
        await this.#round();
        const rest = paceMs - (performance.now() - begun);
        if (rest > 0) await delay(rest, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      } catch {
        this.#freshConnection = true;
        await this.#pause();
      }
    }
  }

  async #round(): Promise<void> {
    const { client, life, keys } = this.#parts;
    const waitMs = blockMs + graceMs;
    if (this.#freshConnection) {
      this.#freshConnection = false;
      if (!(await this.#heed(await life.ask(client, graceMs, checkScript, true)))) return;
    }
    const from = String(this.#cursor);
    this.#reading = true;
    const [reply, verdict] = await Promise.all([
      client.xread(waitMs, [
        ...['COUNT', countPerStream, 'BLOCK', blockMs],
        ...['STREAMS', keys.positions, keys.events, `${from}-0`, `${from}-0`],
      ]),
      life.ask(client, waitMs, checkScript, false),
    ]).finally(() => (this.#reading = false));
    if (await this.#heed(verdict)) this.#deliver(reply);
  }

  /** Answers whether the record is the one we follow; if not, sees to what is to be done. */
  async #heed(verdict: Verdict): Promise<boolean> {
    if (this.#stopping.signal.aborted) return false;
    if (verdict.state === 'same') {
      this.#failures = 0;
      return true;
    }
    if (verdict.state === 'other') this.#adopt(verdict.epoch);
    else {
      if (verdict.state !== 'foreign') await this.#parts.mend();
      await this.#pause();
    }
    this.#freshConnection = true;
    return false;
  }

  #adopt(epoch: string): void {
    this.#cursor = 0;
    this.#parts.life.begin(epoch);
    callListener(() => this.#parts.listener.onEpoch(epoch));
    this.#parts.adopted();
  }

  #deliver(reply: unknown): void {
    const { keys, life, listener } = this.#parts;
    const parts = streamsOf(reply).map(([key, elements]) =>
      parseStreamPart(key === keys.positions ? 'positions' : 'events', elements),
    );
    const { entries, completeTo } = mergeParts(parts, countPerStream);
    const highest = Math.max(this.#cursor, ...parts.map((part) => part.lastSeq));
    this.#cursor = Math.min(highest, completeTo);
    const damaged = parts.reduce((sum, part) => sum + part.damaged, 0);
    if (damaged > 0) this.#parts.damaged(damaged);
    const last: RecordEntry | undefined = entries.at(-1);
    if (last === undefined) return;
    life.saw(life.epoch, last.stream, last);
    callListener(() => listener.onEntries(entries));
  }

  async #pause(): Promise<void> {
    this.#failures += 1;
    const ms = Math.min(20 * 2 ** this.#failures, longestPauseMs);
    await delay(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }
}

/** XREAD's reply: null, or `[[key, elements], …]`. */
function streamsOf(reply: unknown): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(reply)) return [];
  return reply.map((part: unknown) => (Array.isArray(part) ? [String(part[0]), part[1]] : ['', undefined]));
}
