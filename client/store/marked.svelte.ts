import { SvelteSet } from 'svelte/reactivity';

/** Rows of a list that are marked, to do something with several at once. */
export class Marked {
  readonly #ids = new SvelteSet<string>();
  #anchor: string | undefined;

  /** In the order in which they were marked. */
  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#anchor = id;
  }

  /** Marks all from the row marked last to this one, as they stand in the list; without such a row, this one. */
  extendTo(id: string, order: readonly string[]): void {
    const from = this.#anchor === undefined ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(id);
    if (to < 0) return;
    const range = from < 0 ? [id] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
    for (const one of range) this.#ids.add(one);
    if (from < 0) this.#anchor = id;
  }

  /** Takes the marks off rows that are no longer there. */
  keepOnly(isThere: (id: string) => boolean): void {
    for (const id of [...this.#ids]) if (!isThere(id)) this.#ids.delete(id);
  }

  clear(): void {
    this.#anchor = undefined;
    this.#ids.clear();
  }
}
