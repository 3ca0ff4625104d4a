import type { Texture } from '@luma.gl/core';
import { iconCell, iconDrawings } from './icon-drawings.ts';
import { paletteOf, type Theme } from './style.ts';

/** Icons in a row of the atlas. */
const columns = 10;

export interface IconFrame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly mask: boolean;
}
export interface IconAtlas {
  readonly image: Texture;
  readonly mapping: Readonly<Record<string, IconFrame>>;
}
/** Draws the atlas of a theme once on a canvas of its own. Needs a document. */
export function makeIconAtlas(theme: Theme = 'dark'): IconAtlas {
  const all = iconDrawings(paletteOf(theme));
  const image = document.createElement('canvas');
  image.width = columns * iconCell;
  image.height = Math.ceil(all.size / columns) * iconCell;
  const pen = image.getContext('2d');
  const mapping: Record<string, IconFrame> = {};
  [...all].forEach(([name, { draw, mask }], index) => {
    const x = (index % columns) * iconCell;
    const y = Math.floor(index / columns) * iconCell;
    mapping[name] = { x, y, width: iconCell, height: iconCell, mask };
    if (!pen) return;
    pen.save();
    pen.translate(x + iconCell / 2, y + iconCell / 2);
    pen.lineJoin = 'round';
    draw(pen);
    pen.restore();
  });
  // deck.gl makes the texture from a canvas itself, which its types do not say.
  return { image: image as unknown as Texture, mapping };
}
