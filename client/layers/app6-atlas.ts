import type { Texture } from '@luma.gl/core';
import { unitKinds, unitStates } from '../../shared/model/unit-lists.ts';
import { drawSymbol, halfCell, symbolParts } from './app6-drawing.ts';
import type { IconAtlas, IconFrame } from './icons.ts';
import type { Theme } from './style.ts';
import { paletteOf } from './style.ts';
import { symbolName, type UnitKind } from './unit-symbols.ts';

/** Side of a cell in pixels: what is largest on a wall's screen. */
const cell = 192;

/**
 * The symbols of units in one theme. A kind is drawn, in its four looks, when the first unit of that kind comes; the
 * grid has a row for every kind, so frames never move. This module brings the library: load it late.
 */
export class SymbolAtlas implements IconAtlas {
  readonly mapping: Readonly<Record<string, IconFrame>>;
  readonly #theme: Theme;
  readonly #drawn = new Set<UnitKind>();
  #image: HTMLCanvasElement;

  constructor(theme: Theme) {
    this.#theme = theme;
    this.#image = emptyGrid();
    this.mapping = Object.fromEntries(
      unitKinds.flatMap((kind, row) =>
        unitStates.map((_, state) => [
          symbolName(kind, state),
          { x: state * cell, y: row * cell, width: cell, height: cell, mask: false },
        ]),
      ),
    );
  }

  /** Another canvas each time symbols came, which is how a layer knows that there is something new to take. */
  get image(): Texture {
    // deck.gl makes the texture from a canvas itself, which its types do not say.
    return this.#image as unknown as Texture;
  }

  /** Draws the kinds that were not used before. */
  need(kinds: ReadonlySet<UnitKind>): void {
    const missing = [...kinds].filter((kind) => !this.#drawn.has(kind));
    if (missing.length === 0) return;
    const next = emptyGrid();
    const pen = next.getContext('2d');
    if (!pen) return;
    pen.drawImage(this.#image, 0, 0);
    for (const kind of missing) {
      this.#draw(pen, kind);
      this.#drawn.add(kind);
    }
    this.#image = next;
  }

  #draw(pen: CanvasRenderingContext2D, kind: UnitKind): void {
    const parts = symbolParts(kind);
    if (!parts) return;
    unitStates.forEach((state, column) => {
      pen.save();
      pen.translate((column + 0.5) * cell, (unitKinds.indexOf(kind) + 0.5) * cell);
      pen.scale(cell / (2 * halfCell), cell / (2 * halfCell));
      drawSymbol(pen, parts, state, paletteOf(this.#theme));
      pen.restore();
    });
  }
}

function emptyGrid(): HTMLCanvasElement {
  const grid = document.createElement('canvas');
  grid.width = unitStates.length * cell;
  grid.height = unitKinds.length * cell;
  return grid;
}
