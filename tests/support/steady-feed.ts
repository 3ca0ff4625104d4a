import { setTimeout as pause } from 'node:timers/promises';

interface Sent {
  readonly unit: string;
  readonly time: string;
  readonly lon: number;
  readonly lat: number;
}

/** A gateway that reports without pause, and sends again whatever was not acknowledged. */
export interface SteadyFeed {
  /** Every fix that was acknowledged, by unit, in order. */
  readonly acknowledged: ReadonlyMap<string, readonly Sent[]>;
  /** Calls that came to nothing: refused, cut, or 503. */
  readonly failures: number;
  /** Items that a server said it had already: acknowledged before, in an answer that was lost. */
  readonly duplicates: number;
  /** Items that were refused; there must be none. */
  readonly rejected: readonly unknown[];
  /** Ends when the last batch is acknowledged. */
  stop(): Promise<void>;
}

interface Options {
  readonly units: readonly string[];
  readonly everyMs: number;
}

export function steadyFeed(url: string, token: string, { units, everyMs }: Options): SteadyFeed {
  const acknowledged = new Map<string, Sent[]>(units.map((unit) => [unit, []]));
  const state = { failures: 0, duplicates: 0, rejected: [] as unknown[], stopped: false };
  const deliver = async (batch: readonly Sent[]): Promise<void> => {
    for (;;) {
      const answer = await post(url, token, batch);
      if (answer) {
        state.duplicates += answer.duplicates;
        state.rejected.push(...answer.rejected);
        for (const fix of batch) acknowledged.get(fix.unit)?.push(fix);
        return;
      }
      state.failures++;
      await pause(everyMs);
    }
  };
  const running = (async () => {
    for (let round = 0; !state.stopped; round++) {
      const time = new Date().toISOString();
      await deliver(units.map((unit, at) => ({ unit, time, lon: 20 + round / 1e3, lat: at / 10 })));
      await pause(everyMs);
    }
  })();
  return {
    acknowledged,
    get failures() {
      return state.failures;
    },
    get duplicates() {
      return state.duplicates;
    },
    rejected: state.rejected,
    async stop() {
      state.stopped = true;
      await running;
    },
  };
}

interface Answer {
  readonly duplicates: number;
  readonly rejected: readonly unknown[];
}

async function post(url: string, token: string, body: unknown): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${url}/api/positions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(8_000),
    });
    const answer: unknown = await response.json();
    return response.status === 200 ? (answer as Answer) : undefined; // our own server's
  } catch {
    return undefined;
  }
}
