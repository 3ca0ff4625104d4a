import type { BboxOf } from '../../shared/geo/area.ts';
import type { ViewRequest } from '../../shared/wire/wire.ts';

/** A map that is being dragged asks for what it shows this often at most. */
const settleMs = 200;

interface Timers {
  setTimeout(run: () => void, ms: number): unknown;
}

interface View {
  readonly bbox: BboxOf;
  readonly zoom: number;
}

/**
 * What this page looks at, told to the server: the part of the world on its map or its maps, or nothing while the page
 * is hidden.
 */
export class Looking {
  readonly #ask: (view: ViewRequest) => void;
  readonly #timers: Timers;
  /** What each map of the page shows. */
  readonly #views = new Map<string, View>();
  #hidden = false;
  #slow = false;
  #isDue = false;

  constructor(ask: (view: ViewRequest) => void, timers: Timers = globalThis) {
    this.#ask = ask;
    this.#timers = timers;
  }

  /** A map of the page shows this box at this zoom. A page with several maps gives each a name. */
  at(bbox: BboxOf, zoom: number, map = 'map'): void {
    this.#views.set(map, { bbox, zoom });
    this.#askSoon();
  }

  /** This map is no more. */
  gone(map = 'map'): void {
    // The last look stands until another map looks: lists go on.
    if (this.#views.size < 2 || !this.#views.delete(map)) return;
    this.#askSoon();
  }

  /** A hidden page gets no units: they cost the line, and nobody looks. Alerts go on. */
  setHidden(hidden: boolean): void {
    if (hidden === this.#hidden) return;
    this.#hidden = hidden;
    this.#ask(hidden ? { hidden: true } : this.#view());
  }

  /** On a poor line the page asks for less, less often. */
  setSlow(slow: boolean): void {
    if (slow === this.#slow) return;
    this.#slow = slow;
    if (!this.#hidden) this.#ask(this.#view());
  }

  #view(): ViewRequest {
    return { ...viewOf([...this.#views.values()]), ...(this.#slow ? { slow: true } : {}) };
  }

  #askSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#timers.setTimeout(() => {
      this.#isDue = false;
      if (!this.#hidden) this.#ask(this.#view());
    }, settleMs);
  }
}

/** One view that has all of several: the box around theirs, as near as the nearest of them. */
function viewOf(views: readonly View[]): ViewRequest {
  if (views.length === 0) return {};
  const zoom = Math.max(...views.map((view) => view.zoom));
  return { bbox: around(views.map(({ bbox }) => bbox)), zoom: Math.round(zoom * 10) / 10 };
}

function around(boxes: readonly BboxOf[]): [number, number, number, number] {
  const edge = (least: (...values: number[]) => number, at: 0 | 1 | 2 | 3): number =>
    Math.round(least(...boxes.map((box) => box[at])) * 1e4) / 1e4;
  const [south, north] = [edge(Math.min, 1), edge(Math.max, 3)];
  const crosses = boxes.some(([west, , east]) => west > east);
  // Of several boxes on both sides of the antimeridian the one around them goes all the way.
  if (crosses && boxes.length > 1) return [-180, south, 180, north];
  return [edge(Math.min, 0), south, edge(Math.max, 2), north];
}
