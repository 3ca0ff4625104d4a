import { untrack } from 'svelte';

/** What a panel keeps in the address: its tab, its filter. */
export interface AddressPart {
  /** Small letters: `tab`. */
  readonly name: string;
  /** As it is now; undefined for what needs no saying. */
  readonly read: () => string | undefined;
  /** As an address says it is to be; undefined where it says nothing. Ignores what it does not know. */
  readonly write: (value: string | undefined) => void;
}

/** The parts of the address that panels answer for. */
export class AddressParts {
  #all = $state.raw<readonly AddressPart[]>([]);
  /** What is said for panels that are not on the page now. */
  #absent: Readonly<Record<string, string>> = {};

  /** Adds a part, tells it what the address says, and answers how to take it away again. Fits an `$effect`. */
  add(part: AddressPart): () => void {
    untrack(() => {
      const { [part.name]: value, ...others } = this.#absent;
      this.#absent = others;
      this.#all = [...this.#all, part];
      if (value !== undefined) part.write(value);
    });
    return () => untrack(() => this.#remove(part));
  }

  #remove(part: AddressPart): void {
    const value = part.read();
    if (value !== undefined) this.#absent = { ...this.#absent, [part.name]: value };
    this.#all = this.#all.filter((one) => one !== part);
  }

  /** All that is said now; also for panels that are not there, as they left it. */
  read(): Record<string, string> {
    const here = this.#all.flatMap(({ name, read }) => {
      const value = read();
      return value === undefined ? [] : [[name, value] as const];
    });
    return { ...this.#absent, ...Object.fromEntries(here) };
  }

  write(given: Readonly<Record<string, string>>): void {
    const here = this.#all.map(({ name }) => name);
    this.#absent = Object.fromEntries(Object.entries(given).filter(([name]) => !here.includes(name)));
    for (const { name, write } of this.#all) write(given[name]);
  }
}
