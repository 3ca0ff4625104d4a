interface Waiting<Item> {
  readonly item: Item;
  readonly bytes: number;
  resolve(): void;
  reject(cause: unknown): void;
}

/**
 * Writes items in the order they come, one batch at a time: what arrives while a batch is being written becomes
 * the next batch, so that one fsync pays for all of them. An item's promise settles with its batch: `write` took
 * all items of a batch or none.
 */
export class GroupCommit<Item> {
  readonly #write: (items: readonly Item[]) => Promise<void>;
  readonly #maxBatchBytes: number;
  #waiting: Waiting<Item>[] = [];
  #running: Promise<void> | undefined;

  constructor(write: (items: readonly Item[]) => Promise<void>, maxBatchBytes = 8 * 1024 * 1024) {
    this.#write = write;
    this.#maxBatchBytes = maxBatchBytes;
  }

  add(item: Item, bytes: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, bytes, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that appends made in the same tick share the first batch too.
    await Promise.resolve();
    while (this.#waiting.length > 0) await this.#writeBatch(this.#takeBatch());
    this.#running = undefined;
  }

  #takeBatch(): readonly Waiting<Item>[] {
    let bytes = 0;
    let count = 0;
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes;
      if (count > 0 && bytes > this.#maxBatchBytes) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #writeBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.#write(batch.map((waiting) => waiting.item));
    } catch (cause) {
      for (const waiting of batch) waiting.reject(cause);
      return;
    }
    for (const waiting of batch) waiting.resolve();
  }
}
