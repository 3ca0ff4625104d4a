import type { SymbolAtlas } from '../layers/app6-atlas.ts';
import { makeIconAtlas, type IconAtlas } from '../layers/icons.ts';
import { paletteOf, type Theme } from '../layers/style.ts';
import { noTrails, trailPieces, type TrailPieces, type TrailWish } from '../layers/trails.ts';

/** What trails are made of; the rest of the wish is the map's. */
export type Ways = Pick<TrailWish, 'trails' | 'past' | 'minutes'>;

/** Ways are made anew so often at most: they fade slower than anybody looks. */
const trailsEveryMs = 2_000;

/** Marks and symbols of each theme, drawn when first wanted; and the ways behind units. */
export class MapLooks {
  readonly #icons = new Map<Theme, IconAtlas>();
  readonly #symbols = new Map<Theme, SymbolAtlas>();
  readonly #loaded: () => void;
  #Atlas: typeof SymbolAtlas | undefined;
  #isLoading = false;
  #pieces: TrailPieces = noTrails;
  #madeAtMs = -Infinity;
  #madeOf: readonly unknown[] = [];

  /** `loaded` is told when symbols can be drawn. */
  constructor(loaded: () => void) {
    this.#loaded = loaded;
  }

  icons(theme: Theme): IconAtlas {
    const held = this.#icons.get(theme) ?? makeIconAtlas(theme);
    this.#icons.set(theme, held);
    return held;
  }

  /** Undefined until the library of symbols is there, which is asked for when they are first wanted. */
  symbols(theme: Theme, isWanted: boolean): SymbolAtlas | undefined {
    if (!isWanted) return undefined;
    if (!this.#Atlas) void this.#load();
    if (!this.#Atlas) return undefined;
    const held = this.#symbols.get(theme) ?? new this.#Atlas(theme);
    this.#symbols.set(theme, held);
    return held;
  }

  /** The ways behind units; the same object until it is time to make them anew. */
  trails(
    units: TrailWish['units'],
    { trails, past, minutes }: Ways,
    theme: Theme,
    nowMs: number,
  ): TrailPieces {
    const of = [trails, past, minutes, theme];
    const isSame = of.every((one, index) => one === this.#madeOf[index]);
    if (minutes <= 0) return noTrails;
    if (isSame && Math.abs(nowMs - this.#madeAtMs) < trailsEveryMs) return this.#pieces;
    this.#madeOf = of;
    this.#madeAtMs = nowMs;
    this.#pieces = trailPieces({ units, trails, past, minutes, nowMs, colour: paletteOf(theme).unit });
    return this.#pieces;
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      this.#Atlas = (await import('../layers/app6-atlas.ts')).SymbolAtlas;
      this.#loaded();
    } catch {
      // Arrows and dots are drawn meanwhile; the next drawing asks again.
      this.#isLoading = false;
    }
  }
}
