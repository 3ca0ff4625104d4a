import type { RecordEntry, TailListener } from '../record.ts';
import { callListener } from '../call-listener.ts';

/** What the tail needs of its record. */
export interface TailSource {
  /** The last seq that is durable. */
  durableSeq(): number;
  /** The next entries behind `afterSeq` up to `toSeq`; `reached` is the seq up to which that answers. */
  readPage(afterSeq: number, toSeq: number): Promise<EntryPage>;
}

export interface EntryPage {
  readonly entries: readonly RecordEntry[];
  readonly reached: number;
}

/**
 * First reads back what is behind its cursor, then gets each batch as it becomes durable. The step from reading
 * back to live happens only when the cursor stands at the durable end, in one turn: no gap, nothing twice.
 */
export class EmbeddedTail {
  readonly #source: TailSource;
  readonly #listener: TailListener;
  #cursor: number;
  #live = false;
  #stopped = false;
  #catchingUp: Promise<void> | undefined;

  constructor(source: TailSource, afterSeq: number, listener: TailListener) {
    this.#source = source;
    this.#cursor = afterSeq;
    this.#listener = listener;
    this.catchUp();
  }

  /** `entries` have just become durable, and `durableSeq()` says so already. */
  committed(entries: readonly RecordEntry[]): void {
    if (this.#live) this.#deliver(entries, this.#source.durableSeq());
    else this.catchUp();
  }

  /** A write failed, and may yet turn out to be in the record: read instead of trusting the batches. */
  interrupted(): void {
    this.#live = false;
  }

  /** The record is another one: from its beginning. */
  restart(epoch: string): void {
    this.#live = false;
    this.#cursor = 0;
    if (!this.#stopped) callListener(() => this.#listener.onEpoch(epoch));
    this.catchUp();
  }

  /** Reads from the cursor to the durable end; called again after a failed reading too. */
  catchUp(): void {
    this.#catchingUp ??= this.#readBack()
      .catch(() => undefined) // the next commit or probe tries again
      .finally(() => (this.#catchingUp = undefined));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#catchingUp;
  }

  async #readBack(): Promise<void> {
    while (!this.#stopped && this.#cursor < this.#source.durableSeq()) {
      const from = this.#cursor;
      const page = await this.#source.readPage(from, this.#source.durableSeq());
      if (this.#cursor === from) this.#deliver(page.entries, page.reached);
    }
    this.#live = true;
  }

  #deliver(entries: readonly RecordEntry[], reached: number): void {
    if (this.#stopped) return;
    this.#cursor = reached;
    if (entries.length > 0) callListener(() => this.#listener.onEntries(entries));
  }
}
