import type { Stamp, StreamName } from '../record.ts';

interface Waiting {
  readonly body: Uint8Array;
  resolve(stamp: Stamp): void;
  reject(cause: unknown): void;
}

/** Appends bodies to one stream in one step; answers their stamps in the same order. All of them or none. */
export type AppendAll = (stream: StreamName, bodies: readonly Uint8Array[]) => Promise<readonly Stamp[]>;

/** What one call of the script may hold, so that nothing else waits long for it. */
const maxBodies = 128;
const maxBytes = 1024 * 1024;

/**
 * Puts the appends of one turn of the event loop into one call. Calls do not wait for each other: one that is under
 * way does not hold up the next.
 */
export class RedisAppends {
  readonly #appendAll: AppendAll;
  readonly #waiting: Record<StreamName, Waiting[]> = { positions: [], events: [] };
  #isDue = false;

  constructor(appendAll: AppendAll) {
    this.#appendAll = appendAll;
  }

  add(stream: StreamName, body: Uint8Array): Promise<Stamp> {
    return new Promise((resolve, reject) => {
      this.#waiting[stream].push({ body, resolve, reject });
      if (this.#isDue) return;
      this.#isDue = true;
      setImmediate(() => this.#send());
    });
  }

  #send(): void {
    this.#isDue = false;
    // Events first: there are few, and somebody is waiting for each.
    for (const stream of ['events', 'positions'] as const) {
      const waiting = this.#waiting[stream];
      while (waiting.length > 0) void this.#sendTogether(stream, takeFrom(waiting));
    }
  }

  async #sendTogether(stream: StreamName, appends: readonly Waiting[]): Promise<void> {
    try {
      const stamps = await this.#appendAll(
        stream,
        appends.map(({ body }) => body),
      );
      appends.forEach(({ resolve, reject }, index) => {
        const stamp = stamps[index];
        if (stamp) resolve(stamp);
        else reject(new Error('an append was not answered'));
      });
    } catch (cause) {
      for (const { reject } of appends) reject(cause);
    }
  }
}

function takeFrom(waiting: Waiting[]): readonly Waiting[] {
  let bytes = 0;
  let count = 0;
  for (const { body } of waiting) {
    bytes += body.length;
    if (count === maxBodies || (count > 0 && bytes > maxBytes)) break;
    count++;
  }
  return waiting.splice(0, count);
}
