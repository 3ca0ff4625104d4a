import { labelWeight } from '../layers/labels.ts';
import type { LabelPart } from '../layers/label-placement.ts';
import { fontFamily } from '../layers/style.ts';

const sampleSize = 100;
/** Texts change every second (ages); the memory of them must not grow for weeks. */
const mostKept = 4_000;

/** Measures a piece of a label as the text layer will draw it; widths are kept by text. */
export function makeMeasure(): (part: LabelPart, size: number) => number {
  const pen = document.createElement('canvas').getContext('2d');
  const kept = new Map<string, number>();
  return ({ text, strong }, size) => {
    const key = (strong ? 's' : 'p') + text;
    let width = kept.get(key);
    if (width === undefined) {
      if (pen)
        pen.font = `${strong ? labelWeight.strong : labelWeight.plain} ${sampleSize}px "${fontFamily}"`;
      width = (pen?.measureText(text).width ?? text.length * 60) / sampleSize;
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, width);
    }
    return width * size;
  };
}
