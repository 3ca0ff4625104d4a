import type { FailureBody } from '../../shared/failure.ts';
import type { Beat } from '../../shared/wire/frame.ts';
import type { WallCall } from '../../shared/model/wall-call.ts';
import type { ServiceStatus } from '../../shared/wire/live.ts';
import { linkState, type LinkState } from './link.ts';
import { Traffic } from './traffic.ts';
import type { Clock } from './time.svelte.ts';
import { pictureStaleAfterMs } from '../../shared/wire/live.ts';
/** How often the state is judged again; half a second keeps every change on screen well within five. */
const judgeEveryMs = 500;

/** The link and the service as the operator is told about them: facts in by verbs, `state` out. */
export class Connection {
  readonly #clock: Clock;
  readonly #monotonic: () => number;
  readonly #startedAt: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #traffic = new Traffic();
  #connected = false;
  #provedAt: number | undefined;
  #provedServerMs: number | undefined;
  #behindSinceServerMs: number | undefined;

  state = $state.raw<LinkState>({ kind: 'connecting' });
  attempts = $state(0);
  /** What came over the line in the last minute: live news, and what else the page fetched. */
  bytesLastMinute = $state(0);
  /** How often the server sends news, ms; longer than usual when it is under load. */
  tickLengthMs = $state(100);
  service = $state.raw<ServiceStatus | undefined>();
  /** The last thing that walls were asked for since this page was opened. */
  wallCall = $state.raw<WallCall | undefined>();
  /** The server's last refusal of this session, until a picture comes again. */
  refusal = $state.raw<FailureBody['error'] | undefined>();

  constructor(clock: Clock, monotonic: () => number) {
    this.#clock = clock;
    this.#monotonic = monotonic;
    this.#startedAt = monotonic();
  }

  start(): void {
    this.#timer = setInterval(() => this.judge(), judgeEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  received(bytes: number): void {
    this.#traffic.note(bytes, this.#monotonic());
  }

  connected(): void {
    this.#connected = true;
    this.attempts = 0;
    this.judge();
  }

  disconnected(_reason: string): void {
    this.#connected = false;
    this.#behindSinceServerMs = undefined;
    this.judge();
  }

  attempt(n: number): void {
    this.attempts = n;
  }

  serverTime(atMs: number, fresh: boolean): void {
    this.#clock.sample(atMs, fresh);
  }

  /**
   * Takes the proof in a beat. The picture was true when the heartbeat set out, by the server's own clock (the record
   * may run on another machine's), so time spent on the way, or a heartbeat repeated from long ago, counts as age.
   */
  heartbeat({ atMs, heartbeatMs, tickLengthMs }: Beat, behindS: number | undefined): void {
    this.refusal = undefined;
    this.tickLengthMs = tickLengthMs;
    if (behindS === undefined) this.#behindSinceServerMs = undefined;
    else this.#behindSinceServerMs = atMs - behindS * 1000;
    const beatMs = heartbeatMs ?? NaN;
    const provedAt = this.#monotonic() - Math.max(0, this.#clock.exactMs - beatMs);
    if (provedAt > (this.#provedAt ?? -Infinity)) {
      this.#provedAt = provedAt;
      this.#provedServerMs = beatMs;
    }
    this.judge();
  }

  status(status: ServiceStatus): void {
    this.service = status;
  }

  refused(error: FailureBody['error']): void {
    // A server that goes down says so; what matters then is the link, and that is judged by itself.
    if (error.code !== 'shutting-down') this.refusal = error;
  }

  wallCalled(call: WallCall): void {
    this.wallCall = call;
  }

  judge(): void {
    this.bytesLastMinute = this.#traffic.lastMinute(this.#monotonic());
    const facts = {
      connected: this.#connected,
      provedAt: this.#provedAt,
      provedServerMs: this.#provedServerMs,
      behindSinceServerMs: this.#behindSinceServerMs,
      serverNowMs: this.#clock.exactMs,
      startedAt: this.#startedAt,
    };
    this.state = linkState(facts, this.#monotonic(), pictureStaleAfterMs);
  }
}
