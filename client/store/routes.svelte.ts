import { untrack } from 'svelte';

/** A way that a unit would take, or takes now, as lon, lat; chosen where a person means this one. */
export interface Route {
  readonly unit: string;
  readonly line: ReadonlyArray<readonly [lon: number, lat: number]>;
  readonly isChosen: boolean;
}

/** The ways that panels want to be seen on the map. */
export class Routes {
  #shown = $state.raw<ReadonlyArray<{ readonly routes: readonly Route[] }>>([]);

  get all(): readonly Route[] {
    return this.#shown.flatMap(({ routes }) => routes);
  }

  /** Shows ways; answers how to take them away again. Fits an `$effect`. */
  show(routes: readonly Route[]): () => void {
    const mine = { routes };
    untrack(() => (this.#shown = [...this.#shown, mine]));
    return () => {
      untrack(() => (this.#shown = this.#shown.filter((one) => one !== mine)));
    };
  }
}
