import { performance } from 'node:perf_hooks';
import type { Held, Leases } from '../record.ts';
import { unavailable } from '../unavailable.ts';
import type { Journal } from './journal.ts';
import { fenceKey } from './level-layout.ts';
import type { LevelStore } from './level-store.ts';

interface Holding {
  readonly holder: string;
  readonly fence: number;
  untilMs: number;
}

/**
 * The leases of the embedded record. One process has the folder open, so who holds what is known in memory and is
 * over when the process ends; only the last fence is on disk.
 */
export class EmbeddedLeases implements Leases {
  readonly #store: LevelStore;
  readonly #journal: Journal;
  readonly #holdings = new Map<string, Holding>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: LevelStore, journal: Journal) {
    this.#store = store;
    this.#journal = journal;
  }

  hold(name: string, holder: string, forMs: number): Promise<Held> {
    // One after another: two that find it free must not both take it while the fence goes to disk.
    const answer = this.#turn.then(() => this.#hold(name, holder, forMs));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  async release(name: string, holder: string): Promise<void> {
    if (this.#holdings.get(name)?.holder === holder) this.#holdings.delete(name);
  }

  async #hold(name: string, holder: string, forMs: number): Promise<Held> {
    const nowMs = performance.now();
    const holding = this.#holdings.get(name);
    if (holding !== undefined && holding.untilMs > nowMs) {
      if (holding.holder !== holder) return { held: false, leftMs: holding.untilMs - nowMs };
      holding.untilMs = nowMs + forMs;
      return { held: true, fence: holding.fence };
    }
    const fence = await this.#nextFence(name);
    this.#holdings.set(name, { holder, fence, untilMs: performance.now() + forMs });
    return { held: true, fence };
  }

  async #nextFence(name: string): Promise<number> {
    const key = fenceKey(name);
    const last = await this.#store.get(key).catch((cause: unknown) => {
      throw unavailable('The record cannot be read', cause);
    });
    const fence = Number(last?.toString() ?? 0) + 1;
    await this.#journal.write([{ type: 'put', key, value: Buffer.from(String(fence)) }]);
    return fence;
  }
}
