import type { CopyableRecord, RecordImport } from './copying.ts';
import type {
  Leases,
  Mode,
  RecordEntry,
  RecordRoom,
  RecordStatus,
  Shelf,
  Stamp,
  StreamName,
  TailListener,
} from './record.ts';
import { parseRedisAddress } from './redis/redis-address.ts';
import { RedisAppends } from './redis/redis-appends.ts';
import { RedisClient } from './redis/redis-client.ts';
import { inspect, type Inspection } from './redis/redis-inspect.ts';
import { findOrMakeRecord, RedisLife } from './redis/redis-life.ts';
import { RedisLeases } from './redis/redis-leases.ts';
import { readPages } from './redis/redis-pages.ts';
import { reasonOf } from './redis/redis-reasons.ts';
import { beginImport } from './redis/redis-import.ts';
import { appendScript, recordKeys, type RecordKeys } from './redis/redis-scripts.ts';
import { RedisShelf } from './redis/redis-shelf.ts';
import { RedisTail } from './redis/redis-tail.ts';
import { RedisWatch } from './redis/redis-watch.ts';
import { unavailable } from './unavailable.ts';

interface RedisSettings {
  readonly mode: Mode;
  readonly redisUrl: string;
  readonly redisPrefix: string;
}

const openWithinMs = 4000;
const commandTimeoutMs = 2500;

/**
 * Opens the record under a prefix of a Redis, a Redis behind Sentinel or a Redis Cluster, and makes it where there
 * is none. Fails within about five seconds, with one readable line that never holds a password.
 */
export async function openRedisRecord(settings: RedisSettings): Promise<RedisRecord> {
  const address = parseRedisAddress(settings.redisUrl);
  const { redisPrefix: prefix, mode } = settings;
  if (!/^[^{}\s]+$/.test(prefix))
    throw new Error('REDIS_PREFIX must not be empty or have braces or spaces in it');
  const writer = new RedisClient(address, 'append');
  const reader = new RedisClient(address, 'read');
  try {
    await Promise.all([writer.connect(openWithinMs), reader.connect(openWithinMs)]);
    const inspection = await inspect(writer);
    if (inspection.refusal !== undefined) throw new Error(inspection.refusal);
    const life = new RedisLife(mode, recordKeys(prefix));
    const unwritable = await findOrMakeRecord(writer, life, prefix);
    return new RedisRecord({ writer, reader, life, prefix, inspection, unwritable });
  } catch (cause) {
    writer.close();
    reader.close();
    throw cause instanceof Error && cause.message.startsWith('Redis at ')
      ? cause
      : new Error(reasonOf(cause, address.shown));
  }
}

interface RedisRecordParts {
  /** Appends and the pulse; nothing that takes long, so that nothing stands before them. */
  readonly writer: RedisClient;
  /** Reading back and the shelf. */
  readonly reader: RedisClient;
  readonly life: RedisLife;
  readonly prefix: string;
  readonly inspection: Inspection;
  readonly unwritable: string | undefined;
}

/** The record in Redis Streams, shared by any number of servers. */
export class RedisRecord implements CopyableRecord {
  readonly kind = 'redis';
  readonly mode: Mode;
  readonly shelf: Shelf;
  readonly leases: Leases;
  readonly #writer: RedisClient;
  readonly #reader: RedisClient;
  readonly #keys: RecordKeys;
  readonly #life: RedisLife;
  readonly #appends = new RedisAppends((stream, bodies) => this.#appendAll(stream, bodies));
  readonly #watch: RedisWatch;
  #tail: RedisTail | undefined;
  #tailAttached = false;
  /** The epoch changed while no tail was there to say so: the next tail begins with it. */
  #unannounced = false;
  #damaged = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: RedisRecordParts) {
    this.#writer = parts.writer;
    this.#reader = parts.reader;
    this.#keys = recordKeys(parts.prefix);
    this.#life = parts.life;
    this.mode = parts.life.mode;
    this.shelf = new RedisShelf(parts.reader, this.#keys.shelf);
    this.leases = new RedisLeases(parts.writer, parts.life, this.#keys);
    this.#watch = new RedisWatch(
      {
        client: parts.writer,
        life: parts.life,
        prefix: parts.prefix,
        takeOver: (epoch) => this.#takeOver(epoch),
      },
      parts.inspection,
      parts.unwritable,
    );
  }

  get epoch(): string {
    return this.#life.epoch;
  }

  /** How many stored elements readings have passed over because they cannot be entries. */
  get damaged(): number {
    return this.#damaged;
  }

  async append(stream: StreamName, body: Uint8Array): Promise<Stamp> {
    if (this.#closing !== undefined) throw unavailable('The record is closed');
    if (!this.#watch.verified) await this.#watch.pulse();
    if (!this.#watch.verified) throw unavailable(this.#watch.status.reason ?? 'Redis has just come back');
    return this.#appends.add(stream, body);
  }

  async #appendAll(stream: StreamName, bodies: readonly Uint8Array[]): Promise<readonly Stamp[]> {
    const { epoch, seenSeq } = this.#life;
    const keys = [
      this.#keys.meta,
      this.#keys[stream],
      this.#keys[stream === 'events' ? 'positions' : 'events'],
    ];
    try {
      const args = [epoch, seenSeq, ...bodies];
      const first = toStamp(await this.#writer.run(commandTimeoutMs, appendScript, keys, args));
      const stamps = bodies.map((_, index) => ({ seq: first.seq + index, atMs: first.atMs }));
      this.#life.saw(epoch, stream, stamps.at(-1) ?? first);
      return stamps;
    } catch (cause) {
      void this.#watch.pulse();
      throw this.#failure(cause);
    }
  }

  read(afterSeq: number): AsyncIterable<RecordEntry> {
    const toSeq = this.lastSeq();
    toSeq.catch(() => undefined); // thrown again where it is read
    return this.#readUpTo(afterSeq, toSeq);
  }

  async lastSeq(): Promise<number> {
    try {
      return Number((await this.#reader.call(commandTimeoutMs, 'hget', this.#keys.meta, 'seq')) ?? 0);
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  async tail(afterSeq: number, listener: TailListener): ReturnType<RecordRoom['tail']> {
    if (this.#tailAttached) throw new Error('This record has a tail already');
    this.#tailAttached = true;
    const client = new RedisClient(this.#writer.address, 'tail');
    await client.connect(openWithinMs).catch(() => undefined); // it goes on trying by itself
    const tail = new RedisTail(
      {
        client,
        keys: this.#keys,
        life: this.#life,
        listener,
        mend: () => this.#watch.pulseAgain(),
        adopted: () => void this.#watch.pulseAgain(),
        damaged: (count) => (this.#damaged += count),
      },
      this.#unannounced ? 'from the start of a new epoch' : afterSeq,
    );
    this.#unannounced = false;
    this.#tail = tail;
    return { stop: () => this.#stopTail(tail) };
  }

  status(): RecordStatus {
    return this.#watch.status;
  }

  onStatus(listener: (status: RecordStatus) => void): void {
    this.#watch.onStatus(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async isEmpty(): Promise<boolean> {
    const { positions, events, shelf } = this.#keys;
    const there = await this.#reader.call(commandTimeoutMs, 'exists', positions, events, shelf);
    return there === 0 && (await this.lastSeq()) === 0;
  }

  async beginImport(): Promise<RecordImport> {
    return beginImport(this.#writer, this.#keys, this.shelf, () => this.#watch.pulseAgain());
  }

  /** Without a tail the epoch is taken over here; with one by the tail, between two batches. */
  #takeOver(epoch: string): boolean {
    if (this.#tailAttached) {
      this.#tail?.hurry();
      return false;
    }
    this.#life.begin(epoch);
    this.#unannounced = true;
    return true;
  }

  async *#readUpTo(afterSeq: number, toSeq: Promise<number>): AsyncGenerator<RecordEntry> {
    const pages = readPages(this.#reader, this.#keys, afterSeq, await toSeq);
    try {
      for await (const page of pages) {
        this.#damaged += page.damaged;
        yield* page.entries;
      }
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  #failure(cause: unknown): Error {
    return unavailable(this.#writer.reasonOf(cause));
  }

  async #stopTail(tail: RedisTail): Promise<void> {
    await tail.stop();
    if (this.#tail !== tail) return;
    this.#tail = undefined;
    this.#tailAttached = false;
  }

  async #close(): Promise<void> {
    await this.#tail?.stop();
    await this.#watch.stop();
    this.#writer.close();
    this.#reader.close();
  }
}

function toStamp(answer: unknown): Stamp {
  const [seq, atMs] = Array.isArray(answer) ? answer.map(Number) : [];
  if (seq === undefined || atMs === undefined)
    throw new Error('Redis answered an append with something else');
  return { seq, atMs };
}
