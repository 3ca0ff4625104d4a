import type { Shelf } from '../record.ts';
import type { Journal } from './journal.ts';
import { shelfKey } from './level-layout.ts';
import type { LevelStore } from './level-store.ts';

/** The shelf of the embedded record. Writes follow each other, so `putNew` looks and puts without a race. */
export class EmbeddedShelf implements Shelf {
  readonly #store: LevelStore;
  readonly #journal: Journal;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: LevelStore, journal: Journal) {
    this.#store = store;
    this.#journal = journal;
  }

  get(key: string): Promise<Uint8Array | undefined> {
    return this.#store.get(shelfKey(key));
  }

  put(key: string, value: Uint8Array): Promise<void> {
    const op = { type: 'put', key: shelfKey(key), value: Buffer.from(value) } as const;
    return this.#inTurn(() => this.#journal.write([op]));
  }

  putNew(key: string, value: Uint8Array): Promise<boolean> {
    const op = { type: 'put', key: shelfKey(key), value: Buffer.from(value) } as const;
    return this.#inTurn(async () => {
      if ((await this.#store.get(op.key)) !== undefined) return false;
      await this.#journal.write([op]);
      return true;
    });
  }

  delete(key: string): Promise<void> {
    return this.#inTurn(() => this.#journal.write([{ type: 'del', key: shelfKey(key) }]));
  }

  async list(prefix: string): Promise<ReadonlyArray<readonly [string, Uint8Array]>> {
    const from = shelfKey(prefix);
    const found: (readonly [string, Uint8Array])[] = [];
    for await (const page of this.#store.pages({ gte: from, lt: Buffer.concat([from, Buffer.of(0xff)]) })) {
      for (const [key, value] of page) found.push([key.toString('utf8', 1), value]);
    }
    return found;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
