import type { Shelf } from '../record.ts';
import { unavailable } from '../unavailable.ts';
import type { Argument, RedisClient } from './redis-client.ts';

/** A reader waits no longer than this: it is the token of a call, or one piece of a snapshot. */
const readWithinMs = 4_000;
/** Longer than an append's: all pieces of a snapshot may be on their way at once. */
const writeWithinMs = 15_000;
const scanCount = 1000;

/** The shelf of a record in Redis: one hash. */
export class RedisShelf implements Shelf {
  readonly #client: RedisClient;
  readonly #key: string;

  constructor(client: RedisClient, key: string) {
    this.#client = client;
    this.#key = key;
  }

  async get(key: string): Promise<Uint8Array | undefined> {
    const value = await this.#call('hget', key);
    return value instanceof Uint8Array ? value : undefined;
  }

  async put(key: string, value: Uint8Array): Promise<void> {
    await this.#call('hset', key, value);
  }

  async putNew(key: string, value: Uint8Array): Promise<boolean> {
    return (await this.#call('hsetnx', key, value)) === 1;
  }

  async delete(key: string): Promise<void> {
    await this.#call('hdel', key);
  }

  async list(prefix: string): Promise<ReadonlyArray<readonly [string, Uint8Array]>> {
    const pattern = `${prefix.replace(/[\\*?[\]^-]/g, '\\$&')}*`;
    // HSCAN may answer a key twice while the hash grows.
    const found = new Map<string, Uint8Array>();
    let cursor = '0';
    do {
      const reply = await this.#call('hscan', cursor, 'MATCH', pattern, 'COUNT', scanCount);
      const [next, pairs] = Array.isArray(reply) ? reply : ['0', []];
      cursor = String(next);
      collectPairs(pairs, found);
    } while (cursor !== '0');
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  async #call(command: string, ...args: Argument[]): Promise<unknown> {
    try {
      const withinMs = command === 'hget' ? readWithinMs : writeWithinMs;
      return await this.#client.call(withinMs, command, this.#key, ...args);
    } catch (cause) {
      throw unavailable(this.#client.reasonOf(cause));
    }
  }
}

function collectPairs(pairs: unknown, found: Map<string, Uint8Array>): void {
  if (!Array.isArray(pairs)) return;
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const value: unknown = pairs[index + 1];
    if (value instanceof Uint8Array) found.set(String(pairs[index]), value);
  }
}
