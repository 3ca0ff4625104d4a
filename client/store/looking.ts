import type { BboxOf } from '../../shared/geo/area.ts';
import type { ViewRequest } from '../../shared/wire/wire.ts';

/** A map that is being dragged asks for what it shows this often at most. */
const settleMs = 200;

interface Timers {
  setTimeout(run: () => void, ms: number): unknown;
}

/**
 * What this page looks at, told to the server: the part of the world on the map, or nothing while the page is hidden.
 */
export class Looking {
  readonly #ask: (view: ViewRequest) => void;
  readonly #timers: Timers;
  #view: ViewRequest = {};
  #hidden = false;
  #isDue = false;

  constructor(ask: (view: ViewRequest) => void, timers: Timers = globalThis) {
    this.#ask = ask;
    this.#timers = timers;
  }

  /** The map shows this box at this zoom. */
  at(bbox: BboxOf, zoom: number): void {
    const rounded = bbox.map((edge) => Math.round(edge * 1e4) / 1e4) as [number, number, number, number];
    this.#view = { bbox: rounded, zoom: Math.round(zoom * 10) / 10 };
    if (this.#isDue) return;
    this.#isDue = true;
    this.#timers.setTimeout(() => {
      this.#isDue = false;
      if (!this.#hidden) this.#ask(this.#view);
    }, settleMs);
  }

  /** A hidden page gets no units: they cost the line, and nobody looks. Alerts go on. */
  setHidden(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#ask(hidden ? { hidden: true } : this.#view);
  }
}
