import { ServerTime } from './server-time.ts';

/**
 * The time that every age and clock on screen is read against: the server's, ticking once a second on the
 * second. `nowMs` changes at the tick; `exactMs` is the moment itself, for what is compared and not shown.
 */
export class Clock {
  readonly #server: ServerTime;
  #timer: ReturnType<typeof setTimeout> | undefined;
  nowMs = $state(0);

  constructor(monotonic: () => number, wallMs: number) {
    this.#server = new ServerTime(monotonic, wallMs);
    this.nowMs = this.#server.now();
  }

  get exactMs(): number {
    return this.#server.now();
  }

  sample(serverMs: number, fresh: boolean): void {
    if (!Number.isFinite(serverMs)) return;
    this.#server.sample(serverMs, fresh);
    if (Math.abs(this.#server.now() - this.nowMs) > 2_000) this.nowMs = this.#server.now();
  }

  start(): void {
    this.nowMs = this.#server.now();
    this.#timer = setTimeout(() => this.start(), 1_000 - (this.nowMs % 1_000) + 5);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
