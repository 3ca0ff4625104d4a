import milsymbol, { type DrawInstruction } from 'milsymbol';
import type { UnitState } from '../../shared/model/unit.ts';
import { css, type Palette } from './style.ts';
import { symbolCode, type UnitKind } from './unit-symbols.ts';

/** Middle of a symbol in its own measures. */
const middle = 100;
/** Half a cell is so many of them: the frame takes less than half of the cell, the course tick the rest. */
export const halfCell = 186;
/** Lines are drawn this much heavier than on paper: a symbol is thirty pixels wide here. */
const heavier = 2.6;

/** What a symbol is made of: its frame, and the sign inside it. */
export interface SymbolParts {
  readonly frame: DrawInstruction;
  readonly sign: readonly DrawInstruction[];
}

/** The drawing of a kind of unit as the standard has it; undefined where the library does not know its code. */
export function symbolParts(kind: UnitKind): SymbolParts | undefined {
  const symbol = new milsymbol.Symbol(symbolCode(kind), { size: 100 });
  if (!symbol.isValid()) return undefined;
  // The library's types leave out the list that its own writers of SVG and canvas read.
  const { drawInstructions } = symbol as unknown as { readonly drawInstructions: readonly unknown[] };
  const [frame, ...sign] = drawInstructions.flat(4) as DrawInstruction[];
  return frame && { frame, sign };
}

type Pen = CanvasRenderingContext2D;

/**
 * Draws a unit's symbol round (0, 0), in its own measures. The fill drains with age: full, half, outline, and for a
 * lost one a broken outline with a question mark; four looks that differ without colour.
 */
export function drawSymbol(pen: Pen, parts: SymbolParts, state: UnitState, palette: Palette): void {
  pen.save();
  pen.translate(-middle, -middle);
  pen.lineJoin = 'round';
  const frame = shapeOf(parts.frame);
  drawGround(pen, frame, palette);
  if (state === 'lost') drawLost(pen, frame, palette);
  else {
    drawHollow(pen, parts, frame, palette);
    if (state !== 'stale') drawFilled(pen, parts, frame, palette, state === 'ageing');
  }
  pen.restore();
}

/** A halo round the frame and a ground in it, so that a symbol reads upon anything. */
function drawGround(pen: Pen, frame: Path2D, { halo }: Palette): void {
  pen.strokeStyle = css(halo);
  pen.lineWidth = 30;
  pen.stroke(frame);
  pen.fillStyle = css(halo);
  pen.fill(frame);
}

function drawHollow(pen: Pen, { sign }: SymbolParts, frame: Path2D, { unit }: Palette): void {
  for (const one of sign) drawSign(pen, one, css(unit));
  pen.strokeStyle = css(unit);
  pen.lineWidth = 10;
  pen.stroke(frame);
}

function drawFilled(pen: Pen, { sign }: SymbolParts, frame: Path2D, palette: Palette, isHalf: boolean): void {
  pen.save();
  if (isHalf) {
    pen.beginPath();
    pen.rect(0, middle, 2 * middle, 2 * middle);
    pen.clip();
  }
  pen.fillStyle = css(palette.unit);
  pen.fill(frame);
  pen.strokeStyle = css(palette.unit);
  pen.lineWidth = 10;
  pen.stroke(frame);
  for (const one of sign) drawSign(pen, one, css(palette.onUnit));
  pen.restore();
}

function drawLost(pen: Pen, frame: Path2D, { unit }: Palette): void {
  pen.strokeStyle = css(unit);
  pen.lineWidth = 10;
  pen.setLineDash([26, 17]);
  pen.stroke(frame);
  pen.setLineDash([]);
  drawQuestion(pen, css(unit));
}

// Drawn, not written: the atlas must not wait for a font.
function drawQuestion(pen: Pen, colour: string): void {
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  pen.lineWidth = 13;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.arc(middle, 86, 17, Math.PI, 2.35 * Math.PI);
  pen.quadraticCurveTo(middle, 104, middle, 112);
  pen.stroke();
  pen.beginPath();
  pen.arc(middle, 131, 8, 0, 2 * Math.PI);
  pen.fill();
  pen.lineCap = 'butt';
}

function shapeOf(part: DrawInstruction): Path2D {
  const shape = new Path2D(part.type === 'path' ? part.d : '');
  if (part.type === 'circle') shape.arc(part.cx, part.cy, part.r, 0, 2 * Math.PI);
  return shape;
}

function drawSign(pen: Pen, part: DrawInstruction, colour: string): void {
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  switch (part.type) {
    case 'path':
    case 'circle': {
      const shape = shapeOf(part);
      if (part.fill !== false) pen.fill(shape);
      pen.lineWidth = heavier * (part.strokewidth ?? 3);
      if (part.stroke !== false) pen.stroke(shape);
      return;
    }
    case 'text': {
      // A text's own words stand in the drawing, which the library's types leave out.
      const { text = '' } = part as { readonly text?: string };
      pen.font = `bold ${part.fontsize * 1.25}px Arial, sans-serif`;
      pen.textAlign = 'center';
      pen.textBaseline = 'middle';
      pen.fillText(text, part.x, part.y);
      return;
    }
    case 'translate':
    case 'rotate':
    case 'scale':
      pen.save();
      if (part.type === 'translate') pen.translate(part.x, part.y);
      if (part.type === 'scale') pen.scale(part.factor, part.factor);
      if (part.type === 'rotate') {
        pen.translate(part.x, part.y);
        pen.rotate((part.degree * Math.PI) / 180);
        pen.translate(-part.x, -part.y);
      }
      for (const one of part.draw) drawSign(pen, one, colour);
      pen.restore();
      return;
    case 'svg':
      return;
  }
}
