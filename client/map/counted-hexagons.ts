import {
  hexagonsOf,
  loadHexagonGrid,
  withPriorities,
  type Hexagon,
  type HexagonGrid,
} from '../layers/hexagons.ts';
import type { Scene } from '../layers/scene.ts';
import type { HexagonCount } from '../store/picture.svelte.ts';

/** Counted cells as shapes to draw; the library that knows the cells is loaded when the first of them come. */
export class CountedHexagons {
  readonly #loaded: () => void;
  #cells: readonly HexagonCount[] | undefined;
  #hexagons: readonly Hexagon[] = [];
  #rated: readonly unknown[] = [];
  #grid: HexagonGrid | undefined;

  /** `loaded` is told when the cells that came first have got their shapes. */
  constructor(loaded: () => void) {
    this.#loaded = loaded;
  }

  get all(): readonly Hexagon[] {
    return this.#hexagons;
  }

  /** Takes the cells that are counted now; the same list again costs nothing. */
  count(cells: readonly HexagonCount[] | undefined): void {
    if (cells === this.#cells) return;
    this.#cells = cells;
    this.#shape();
  }

  /** The cells with the highest open priority in each; the same list while alerts and cells are the same. */
  rated(alerts: Scene['alerts']): readonly Hexagon[] {
    if (this.#hexagons.length === 0 || !this.#grid) return this.#hexagons;
    const of = [this.#cells, alerts.map(({ alert }) => `${alert.id} ${alert.changedAt}`).join()];
    if (of.some((one, index) => one !== this.#rated[index])) {
      this.#hexagons = withPriorities(this.#hexagons, alerts, this.#grid);
      this.#rated = of;
    }
    return this.#hexagons;
  }

  #shape(): void {
    if (!this.#cells || this.#cells.length === 0) this.#hexagons = [];
    else if (this.#grid) this.#hexagons = hexagonsOf(this.#cells, this.#grid);
    else void this.#loadGrid();
  }

  async #loadGrid(): Promise<void> {
    this.#grid = await loadHexagonGrid();
    this.#shape();
    this.#loaded();
  }
}
