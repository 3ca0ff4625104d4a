import { setTimeout as pause } from 'node:timers/promises';
import { makeSeededRandom } from '../../server/exercise/seeded-random.ts';

/** The unit whose longitude counts, so that whoever holds it knows how old the held picture truly is. */
export const pulseUnit = 'pulse';
const degreesPerPulse = 1e-3;
const pulseEveryMs = 250;
const batchEveryMs = 200;
const alertEveryBatches = 5;
/** Longer than the server takes to say yes or no to an append in trouble. */
const answerWithinMs = 8_000;

export interface FeedPlan {
  readonly seed: number;
  /** Addresses of the doors, which may lead through proxies. */
  readonly doors: readonly string[];
  readonly units: number;
  /** Tokens now; they may change when a record is replaced. */
  readonly tokens: () => { readonly feed: string; readonly watch: string };
  /** What the phones take for the time. */
  readonly phoneNowMs?: () => number;
}

interface Sent {
  readonly unit: string;
  readonly time: string;
  readonly lon: number;
  readonly lat: number;
}

/** What was acknowledged, and everything that was sent at all. */
export interface Ledger {
  /** `unit time` of each fix. */
  readonly sent: Set<string>;
  readonly acknowledged: Set<string>;
  readonly alertsSent: Set<string>;
  readonly alerts: Set<string>;
  /** Alerts whose acknowledgment by the watch officer was itself acknowledged. */
  readonly stepped: Set<string>;
  /** Alerts that were acknowledged and later unknown: raised again they were new. */
  readonly vanished: Set<string>;
  /** Codes of single items that a server refused. */
  readonly refused: string[];
}

export function newLedger(): Ledger {
  return {
    sent: new Set(),
    acknowledged: new Set(),
    alertsSent: new Set(),
    alerts: new Set(),
    stepped: new Set(),
    vanished: new Set(),
    refused: [],
  };
}

/**
 * Feeders as the field has them: batches of fixes, some twice, and alerts that are acknowledged by the desk; each
 * sent to any door, again and again, until a server says yes.
 */
export class Feed {
  ledger = newLedger();
  readonly #plan: FeedPlan;
  readonly #random: () => number;
  readonly #phoneNowMs: () => number;
  readonly #underWay = new Set<Promise<void>>();
  readonly #pulseSentMs = new Map<number, number>();
  #pulses = 0;
  #batches = 0;
  /** Undefined while nothing is sent. */
  #startedMs: number | undefined;
  #timers: readonly NodeJS.Timeout[] = [];

  constructor(plan: FeedPlan) {
    this.#plan = plan;
    this.#random = makeSeededRandom(plan.seed).next;
    this.#phoneNowMs = plan.phoneNowMs ?? Date.now;
  }

  start(): void {
    this.#startedMs = performance.now();
    this.#timers = [
      setInterval(() => this.#batch(), batchEveryMs),
      setInterval(() => this.#pulse(), pulseEveryMs),
    ];
  }

  /** No more is begun; resolves when everything that was begun is acknowledged. */
  async stop(): Promise<void> {
    this.#startedMs = undefined;
    for (const timer of this.#timers) clearInterval(timer);
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Gives up what is under way, as when the record that it was meant for is gone. */
  forget(): void {
    this.ledger = newLedger();
  }

  /** How long ago the newest pulse that a viewer holds was sent, ms; while none is sent a picture does not age. */
  pulseAgeMs(heldLon: number | null | undefined): number | undefined {
    const sentMs = this.#pulseSentMs.get(Math.round((heldLon ?? 0) / degreesPerPulse));
    if (sentMs === undefined || this.#startedMs === undefined) return undefined;
    return performance.now() - Math.max(sentMs, this.#startedMs);
  }

  /** One fix of a unit of its own, accepted when this resolves. */
  async mark(unit: string): Promise<void> {
    const accepted = (): boolean => [...this.ledger.acknowledged].some((fix) => fix.startsWith(`${unit} `));
    while (!accepted()) {
      await this.#deliver([{ unit, time: new Date(this.#phoneNowMs()).toISOString(), lon: 1, lat: 1 }]);
    }
  }

  #pulse(): void {
    const pulse = ++this.#pulses;
    this.#pulseSentMs.set(pulse, performance.now());
    const time = new Date(this.#phoneNowMs()).toISOString();
    const fix = { unit: pulseUnit, time, lon: pulse * degreesPerPulse, lat: 0 };
    // Through every door: a way that is bad must not make the pulse itself late. The next makes up for a lost one.
    const { doors, tokens } = this.#plan;
    for (const door of doors) void this.#post(door, '/api/positions', tokens().feed, [fix]);
  }

  #batch(): void {
    const { units } = this.#plan;
    const batch = this.#batches++;
    const nowMs = this.#phoneNowMs();
    const fixes = Array.from({ length: units }, (_, number) => ({
      unit: `u${number}`,
      // Before now: the wire tells no fix as later than the server's own time, so that would be another one.
      time: new Date(nowMs - number).toISOString(),
      lon: Math.round((batch / 100 + number / 1e4) * 1e5) / 1e5,
      lat: number / 100,
    })).filter(() => this.#random() > 0.1);
    this.#begin(this.#deliver(fixes));
    if (this.#random() < 0.2) this.#begin(this.#deliver(fixes));
    if (batch % alertEveryBatches === 0) this.#begin(this.#raise(`alert-${this.#plan.seed}-${batch}`));
  }

  #begin(work: Promise<void>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  async #deliver(fixes: readonly Sent[]): Promise<void> {
    const { ledger } = this;
    for (const { unit, time } of fixes) ledger.sent.add(`${unit} ${time}`);
    const answer = await this.#until('/api/positions', 'feed', fixes, ledger);
    const rejected = new Set<number>();
    for (const { index, code } of (answer.body as PositionsAnswer).rejected) {
      rejected.add(index);
      ledger.refused.push(code);
    }
    fixes.forEach(({ unit, time }, index) => {
      if (!rejected.has(index)) ledger.acknowledged.add(`${unit} ${time}`);
    });
  }

  async #raise(id: string): Promise<void> {
    const { ledger } = this;
    const body = {
      id,
      category: 'displacement',
      priority: 'P2',
      text: `village ${id}`,
      channel: 'radio',
      lon: 5,
      lat: 1,
    };
    ledger.alertsSent.add(id);
    const step = `/api/alerts/${id}/acknowledge`;
    for (let isKnown = false; !ledger.stepped.has(id);) {
      const raised = await this.#until('/api/alerts', 'watch', body, ledger);
      if (isKnown && raised.status === 201) ledger.vanished.add(id);
      isKnown = true;
      ledger.alerts.add(id);
      const stepped = await this.#until(step, 'watch', {}, ledger, { 'idempotency-key': `ack-${id}` });
      // Not found: this server has yet to read of it, or it was lost; raising it again does no harm.
      if (stepped.status !== 404) ledger.stepped.add(id);
    }
  }

  /** Sends the same until a server says yes; ends too when the ledger it belongs to was given up. */
  async #until(
    path: string,
    role: 'feed' | 'watch',
    body: unknown,
    ledger: Ledger,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PostAnswer> {
    for (;;) {
      const { doors, tokens } = this.#plan;
      const door = doors[Math.floor(this.#random() * doors.length)] ?? '';
      const answer = await this.#post(door, path, tokens()[role], body, headers);
      if (answer && [200, 201, 404].includes(answer.status)) return answer;
      if (ledger !== this.ledger) return { status: 200, body: { rejected: [] } };
      await pause(100 + Math.floor(this.#random() * 200));
    }
  }

  async #post(
    door: string,
    path: string,
    token: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<PostAnswer | undefined> {
    try {
      const response = await fetch(door + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(answerWithinMs),
      });
      return { status: response.status, body: (await response.json()) as unknown };
    } catch {
      return undefined; // the same again, elsewhere perhaps
    }
  }
}

interface PostAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface PositionsAnswer {
  readonly rejected: ReadonlyArray<{ readonly index: number; readonly code: string }>;
}
