import { tick } from 'svelte';
import type * as MapModule from '../map/map-view.ts';
import type { MapView } from '../map/map-view.ts';
import type { Standing } from '../store/go-to.svelte.ts';

export interface StandingMapParts {
  /** The map's code: it is large and comes behind the page, so lists and the state of the link do not wait for it. */
  readonly load: () => Promise<typeof MapModule>;
  /** Puts the map on the page. Throws where the browser draws none. */
  readonly make: (module: typeof MapModule) => MapView;
  /** A clock that only goes on. */
  readonly nowMs: () => number;
}

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * The map of a pane: brought onto the page, and put up anew when the graphics card has lost it. A card forgets when its
 * driver starts anew or the machine has slept; then nothing of the map is left, and nothing would ever draw it again.
 */
export class StandingMap {
  view = $state.raw<MapView | undefined>();
  /** Why there is no map, as a text of the catalogue. */
  failed = $state<'map.noWebgl' | 'map.notLoaded' | undefined>();
  readonly #parts: StandingMapParts;
  #waitMs = firstWaitMs;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** Since when the map stands, if it ever did: a browser that has drawn one can again. */
  #sinceMs: number | undefined;
  /** Where the map looked when it was lost. */
  #lookedAt: Standing | undefined;
  #gone = false;

  constructor(parts: StandingMapParts) {
    this.#parts = parts;
  }

  async open(): Promise<void> {
    clearTimeout(this.#retry);
    try {
      const module = await this.#parts.load();
      if (this.#gone || this.view) return;
      this.view = this.#parts.make(module);
    } catch (cause) {
      this.failed = cause instanceof TypeError ? 'map.notLoaded' : 'map.noWebgl';
      // A chunk that did not come may come yet; a browser without WebGL will not get it.
      if (this.failed === 'map.notLoaded' || this.#sinceMs !== undefined) this.#openLater();
      return;
    }
    this.failed = undefined;
    this.#sinceMs = this.#parts.nowMs();
    await this.#lookBack(this.view);
  }

  /** The graphics card has lost what it drew: the map goes, and comes anew. */
  lost(): void {
    const view = this.view;
    if (!view) return;
    this.view = undefined;
    this.#lookedAt = view.camera.standing;
    if (this.#parts.nowMs() - (this.#sinceMs ?? 0) > longestWaitMs) this.#waitMs = firstWaitMs;
    this.#openLater();
    view.destroy();
  }

  close(): void {
    this.#gone = true;
    clearTimeout(this.#retry);
    this.view?.destroy();
  }

  /** After all that the page does with a map that has just come. */
  async #lookBack(view: MapView): Promise<void> {
    const at = this.#lookedAt;
    if (!at) return;
    await tick();
    if (this.view === view) view.camera.goTo(at, at.zoom);
  }

  #openLater(): void {
    clearTimeout(this.#retry);
    if (this.#gone) return;
    this.#retry = setTimeout(() => void this.open(), this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, longestWaitMs);
  }
}
