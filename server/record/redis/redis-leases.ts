import type { Held, Leases } from '../record.ts';
import { unavailable } from '../unavailable.ts';
import type { Argument, RedisClient, Script } from './redis-client.ts';
import type { RedisLife } from './redis-life.ts';
import { NoAnswer } from './redis-reasons.ts';
import { holdLeaseScript, releaseLeaseScript, type RecordKeys } from './redis-scripts.ts';

const timeoutMs = 2500;

/** The leases of a record in Redis: expiring keys, so Redis' own clock says when one is over. */
export class RedisLeases implements Leases {
  readonly #client: RedisClient;
  readonly #life: RedisLife;
  readonly #keys: RecordKeys;

  /** `client` is one before which nothing long stands: a renewal that waits is a lease lost. */
  constructor(client: RedisClient, life: RedisLife, keys: RecordKeys) {
    this.#client = client;
    this.#life = life;
    this.#keys = keys;
  }

  async hold(name: string, holder: string, forMs: number): Promise<Held> {
    const keys = [this.#keys.meta, this.#keys.lease(name)];
    const answer = await this.#run(holdLeaseScript, keys, [this.#life.epoch, name, holder, forMs]);
    const [held, figure] = Array.isArray(answer) ? answer.map(Number) : [];
    if (held === undefined || figure === undefined) throw unavailable(this.#client.reasonOf(new NoAnswer()));
    return held === 1 ? { held: true, fence: figure } : { held: false, leftMs: Math.max(0, figure) };
  }

  async release(name: string, holder: string): Promise<void> {
    await this.#run(releaseLeaseScript, [this.#keys.lease(name)], [holder]);
  }

  async #run(script: Script, keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    try {
      return await this.#client.run(timeoutMs, script, keys, args);
    } catch (cause) {
      throw unavailable(this.#client.reasonOf(cause), cause);
    }
  }
}
