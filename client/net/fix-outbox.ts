import type { FailureBody, FailureCode } from '../../shared/failure.ts';
import type { PositionsAnswer } from '../../shared/model/position.ts';
import type { FixStore } from './fix-store.ts';
import { asPacked, packFixes, type PhoneFix } from './phone-fix.ts';
import { insertInTime, nextBatch, thinned } from './fix-queue.ts';

export type FixReply = PositionsAnswer | FailureBody | 'no link';

interface OutboxTimers {
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

interface OutboxParts {
  readonly store: FixStore;
  readonly send: (bytes: Uint8Array) => Promise<FixReply>;
  /** Units this session may report for; what waits for others is left for their own session. */
  readonly units: readonly string[];
  /** The server's time, ms since 1970. */
  readonly nowMs: () => number;
  readonly timers?: OutboxTimers;
  /** Something that `OutboxState` tells has changed. */
  readonly changed?: () => void;
  readonly limit?: number;
}

/** What the phone's owner may know about what was sent. Times are ms since 1970. */
export interface OutboxState {
  readonly waiting: number;
  /** The newest fix that the server has on record, and when its answer came. */
  readonly confirmed?: { readonly fixMs: number; readonly atMs: number };
  /** Fixes the server will never take, and why it refused the last. */
  readonly refused?: { readonly count: number; readonly code: string };
  /** Why the server takes nothing at the moment. */
  readonly trouble?: FailureCode;
  /** What waits is held by this page alone and is lost when it closes. */
  readonly isKept: boolean;
}

const batchSize = 30;
const answerWithinMs = 20_000;
const firstPauseMs = 2_000;
const longestPauseMs = 60_000;
const mostWaiting = 20_000;
/** Refusals of a whole batch that sending it again cannot change. */
const unsound: ReadonlySet<string> = new Set<FailureCode>(['bad-body', 'field-invalid', 'too-large']);

/**
 * Brings the phone's fixes to the server, through any number of losses and reloads. A fix leaves only when the server
 * has answered for it; sent twice it is a duplicate there, so nothing is lost and nothing counts twice. One batch is
 * under way at a time, and none while nothing waits.
 */
export class FixOutbox {
  readonly #parts: OutboxParts;
  readonly #timers: OutboxTimers;
  #waiting: PhoneFix[] = [];
  /** Writes one behind the other: a fix must not be put after it was removed. */
  #written: Promise<void> = Promise.resolve();
  #isSending = false;
  #isClosed = false;
  #pause: unknown;
  #pauseMs = firstPauseMs;
  #size = batchSize;
  #state: OutboxState = { waiting: 0, isKept: true };

  constructor(parts: OutboxParts) {
    this.#parts = parts;
    this.#timers = parts.timers ?? pageTimers;
  }

  get state(): OutboxState {
    return this.#state;
  }

  /** Takes up what an earlier page left behind, and begins to send it. */
  async open(): Promise<void> {
    try {
      for (const fix of await this.#parts.store.load()) {
        if (this.#parts.units.includes(fix.unit)) insertInTime(this.#waiting, fix);
      }
    } catch {
      this.#tell({ isKept: false });
    }
    this.#tell({});
    this.#pump();
  }

  /** Takes a fix; done when it is on disk, or cannot be (then `isKept` says so). It is sent at once if it can be. */
  add(fix: PhoneFix): Promise<void> {
    const packed = asPacked(fix);
    if (!insertInTime(this.#waiting, packed)) return Promise.resolve();
    this.#write((store) => store.put(packed));
    this.#keepBounded();
    this.#tell({});
    this.#pump();
    return this.#written;
  }

  /** The link is up again: no more waiting. */
  wake(): void {
    this.#pauseMs = firstPauseMs;
    this.#endPause();
    this.#pump();
  }

  /** Ends sending; what waits stays on disk. */
  close(): void {
    this.#isClosed = true;
    this.#endPause();
  }

  #pump(): void {
    if (this.#isSending || this.#isClosed || this.#pause !== undefined || this.#waiting.length === 0) return;
    this.#isSending = true;
    const batch = nextBatch(this.#waiting, this.#size, this.#state.confirmed?.fixMs);
    void this.#answerTo(packFixes(batch)).then((reply) => {
      this.#isSending = false;
      if (this.#settle(batch, reply)) this.#pauseMs = firstPauseMs;
      else this.#rest();
      this.#pump();
    });
  }

  #answerTo(bytes: Uint8Array): Promise<FixReply> {
    return new Promise((resolve) => {
      const patience = this.#timers.setTimeout(() => resolve('no link'), answerWithinMs);
      void this.#parts
        .send(bytes)
        .catch((): FixReply => 'no link')
        .then((reply) => {
          this.#timers.clearTimeout(patience);
          resolve(reply);
        });
    });
  }

  /** Heeds the answer to a batch; says whether the next may follow at once. */
  #settle(batch: readonly PhoneFix[], reply: FixReply): boolean {
    if (reply === 'no link') return false;
    if (!('error' in reply)) {
      this.#size = batchSize;
      this.#take(batch, reply);
      return true;
    }
    const { code } = reply.error;
    if (!unsound.has(code)) {
      this.#tell({ trouble: code });
      return false;
    }
    // One by one the sound ones get through, and the one that never will is known.
    if (batch.length === 1) {
      this.#size = batchSize;
      this.#take(batch, {
        accepted: 0,
        duplicates: 0,
        rejected: [{ index: 0, code, field: '', message: '' }],
      });
    } else this.#size = 1;
    return true;
  }

  #take(batch: readonly PhoneFix[], { rejected }: PositionsAnswer): void {
    const { confirmed, refused, trouble: _over, ...state } = this.#state;
    const refusedRows = new Set(rejected.map(({ index }) => index));
    const fixMs = Math.max(...batch.map((fix, row) => (refusedRows.has(row) ? -Infinity : fix.timeMs)));
    const code = rejected.at(-1)?.code ?? refused?.code;
    const newestMs = Math.max(fixMs, confirmed?.fixMs ?? -Infinity);
    const atMs = Number.isFinite(fixMs) ? this.#parts.nowMs() : confirmed?.atMs;
    this.#state = {
      ...state,
      ...(atMs === undefined ? {} : { confirmed: { fixMs: newestMs, atMs } }),
      ...(code === undefined ? {} : { refused: { count: (refused?.count ?? 0) + rejected.length, code } }),
    };
    this.#drop(batch);
    this.#tell({});
  }

  #drop(fixes: readonly PhoneFix[]): void {
    const gone = new Set(fixes);
    this.#waiting = this.#waiting.filter((fix) => !gone.has(fix));
    this.#write((store) => store.remove(fixes));
  }

  #keepBounded(): void {
    const { limit = mostWaiting } = this.#parts;
    if (this.#waiting.length > limit) this.#drop(thinned(this.#waiting));
  }

  #rest(): void {
    if (this.#isClosed) return;
    this.#pause = this.#timers.setTimeout(() => {
      this.#pause = undefined;
      this.#pump();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
  }

  #endPause(): void {
    if (this.#pause !== undefined) this.#timers.clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  #write(act: (store: FixStore) => Promise<void>): void {
    this.#written = this.#written
      .then(() => act(this.#parts.store))
      .then(
        () => this.#tell({ isKept: true }),
        () => this.#tell({ isKept: false }),
      );
  }

  #tell(more: Partial<OutboxState>): void {
    this.#state = { ...this.#state, ...more, waiting: this.#waiting.length };
    this.#parts.changed?.();
  }
}

const pageTimers: OutboxTimers = {
  setTimeout: (run, ms) => setTimeout(run, ms),
  // What the line above made.
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};
