import { iconFigure } from '../store/attention.ts';

const sizePx = 64;
let usual: string | undefined;

/** Draws the number of waiting P1 on the mark of the page, a red diamond filling it; at none, the usual mark again. */
export function showOnIcon(count: number): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!link) return;
  usual ??= link.href;
  const figure = iconFigure(count);
  link.href = figure === undefined ? usual : (drawn(figure) ?? usual);
}

function drawn(figure: string): string | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = sizePx;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  const middle = sizePx / 2;
  pen.fillStyle = '#d4271a';
  pen.beginPath();
  pen.moveTo(middle, 0);
  pen.lineTo(sizePx, middle);
  pen.lineTo(middle, sizePx);
  pen.lineTo(0, middle);
  pen.fill();
  pen.fillStyle = '#fff';
  pen.font = `700 ${figure.length > 1 ? 30 : 40}px system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  pen.fillText(figure, middle, middle + 2);
  return canvas.toDataURL('image/png');
}
