import { callListener } from '../call-listener.ts';
import { newEpoch } from '../epoch.ts';
import type { RecordStatus } from '../record.ts';
import type { RedisClient } from './redis-client.ts';
import { inspect, type Inspection } from './redis-inspect.ts';
import { refusalOf, type RedisLife, type Verdict } from './redis-life.ts';
import { NoAnswer } from './redis-reasons.ts';
import { claimScript } from './redis-scripts.ts';

const pulseEveryMs = 1000;
/** After this Redis counts as not answering, */
const patienceMs = 1000;
/** and after this its connection is given up. */
const pulseTimeoutMs = 2500;
const inspectEveryPulses = 30;

export interface WatchParts {
  readonly client: RedisClient;
  readonly life: RedisLife;
  readonly prefix: string;
  /** Redis has another epoch than ours. Answers true when it was taken over already, false when the tail will. */
  takeOver(epoch: string): boolean;
}

/**
 * The pulse: once a second, and at once when a connection comes or goes or an append failed, it asks whether Redis
 * takes writes (without writing) and whether the record is still the same life, mending it where it is not.
 */
export class RedisWatch {
  readonly #parts: WatchParts;
  readonly #listeners: ((status: RecordStatus) => void)[] = [];
  #status: RecordStatus;
  #inspection: Inspection;
  #verified = true;
  #pulsesToInspection = inspectEveryPulses;
  #pulsing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: WatchParts, inspection: Inspection, unwritable: string | undefined) {
    this.#parts = parts;
    this.#inspection = inspection;
    this.#status = statusOf(unwritable, inspection);
    parts.client.onReady(() => this.#connected());
    parts.client.onClose(() => this.#disconnected());
    this.#schedule();
  }

  get status(): RecordStatus {
    return this.#status;
  }

  /** False from a lost connection on until the record behind the new one has been looked at. */
  get verified(): boolean {
    return this.#verified;
  }

  onStatus(listener: (status: RecordStatus) => void): void {
    this.#listeners.push(listener);
  }

  /** Looks now; resolves when it has looked, whatever it saw. */
  pulse(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    clearTimeout(this.#timer);
    this.#pulsing ??= this.#look().finally(() => {
      this.#pulsing = undefined;
      this.#schedule();
    });
    return this.#pulsing;
  }

  /** Looks once more even if it is looking already: something has changed meanwhile. */
  async pulseAgain(): Promise<void> {
    await this.#pulsing;
    await this.pulse();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#pulsing;
  }

  #schedule(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.pulse(), pulseEveryMs);
  }

  #connected(): void {
    this.#pulsesToInspection = 0;
    void this.pulseAgain();
  }

  #disconnected(): void {
    this.#verified = false;
    void this.pulseAgain();
  }

  async #look(): Promise<void> {
    const { client, life } = this.#parts;
    const impatience = setTimeout(() => this.#setStatus(client.reasonOf(new NoAnswer())), patienceMs);
    try {
      const verdict = await life.ask(client, pulseTimeoutMs, claimScript, true, newEpoch());
      await this.#inspectWhenDue();
      this.#heed(verdict);
    } catch (cause) {
      this.#setStatus(client.reasonOf(cause));
    } finally {
      clearTimeout(impatience);
    }
  }

  #heed(verdict: Verdict): void {
    const { client, life, prefix } = this.#parts;
    const refusal = refusalOf(verdict, life.mode, client.address.shown, prefix) ?? this.#inspection.refusal;
    if (refusal !== undefined) return this.#setStatus(refusal);
    this.#verified = true;
    // While the tail has yet to take the new epoch over appends are refused, so the status stays as it was.
    if (verdict.state === 'same' || this.#parts.takeOver(verdict.epoch)) this.#setStatus(undefined);
  }

  async #inspectWhenDue(): Promise<void> {
    if (this.#pulsesToInspection > 0) {
      this.#pulsesToInspection -= 1;
      return;
    }
    this.#inspection = await inspect(this.#parts.client);
    this.#pulsesToInspection = inspectEveryPulses;
  }

  #setStatus(unwritable: string | undefined): void {
    const status = statusOf(unwritable, this.#inspection);
    const now = this.#status;
    if (status.reason === now.reason && status.durability === now.durability) return;
    this.#status = status;
    for (const listener of this.#listeners) callListener(() => listener(status));
  }
}

function statusOf(unwritable: string | undefined, inspection: Inspection): RecordStatus {
  const { durability } = inspection;
  return unwritable === undefined
    ? { writable: true, durability }
    : { writable: false, reason: unwritable, durability };
}
