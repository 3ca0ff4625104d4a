import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('client/pages/base.css', 'utf8');

function tokensOf(selector: string): Record<string, string> {
  const block = css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map(([, name, hex]) => [name, hex]),
  );
}
const dark = tokensOf(':root');
const bright = { ...dark, ...tokensOf(":root[data-theme='bright']") };
const themes = [
  ['dark', dark],
  ['bright', bright],
] as const;

/** Relative luminance by WCAG 2. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join('') : hex.slice(1, 7);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const channel = parseInt(full.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one = '', other = ''): number {
  const [light = 0, deep = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (deep + 0.05);
}

const grounds = ['ground', 'panel', 'raised', 'lifted', 'hover'];
/** Which texts stand on which grounds. */
const texts: ReadonlyArray<readonly [text: string, grounds: readonly string[]]> = [
  ...['text', 'quiet', 'unit', 'p1-text', 'p2', 'p3', 'p4', 'good'].map((text) => [text, grounds] as const),
  ['text', ['amber-ground', 'red-ground', 'blue-ground', 'marked', 'track']],
  ['amber-text', ['amber-ground']],
  ['p2', ['amber-ground']],
  ['red-text', ['red-ground']],
  ['p1-text', ['red-ground']],
  ['threat-text', ['threat-ground']],
  ['on-act', ['act', 'act-hover']],
  // A chosen option is written the other way round.
  ['ground', ['text']],
];
/** What is no text but must be seen: marks, edges of controls, the ring of the focus. */
const shapes = ['p1', 'p2-mark', 'p3-mark', 'p4', 'unit', 'threat', 'good', 'edge', 'focus'];

describe.each(themes)('the %s theme', (_name, tokens) => {
  it.each(texts.flatMap(([text, on]) => on.map((ground) => [text, ground] as const)))(
    'can be read: %s on %s',
    (text, ground) => {
      expect(contrast(tokens[text], tokens[ground])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(shapes.flatMap((shape) => ['ground', 'panel', 'raised'].map((ground) => [shape, ground] as const)))(
    'can be seen: %s on %s',
    (shape, ground) => {
      expect(contrast(tokens[shape], tokens[ground])).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('every colour', () => {
  it('of the dark theme that is no constant has its like in the bright one', () => {
    const missing = Object.keys(dark).filter((name) => !(name in tokensOf(":root[data-theme='bright']")));
    expect(missing).toEqual(['on-act']);
  });

  it('on pages and panels is a token', () => {
    const files = ['client/panels', 'client/pages'].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.svelte'))
        .map((name) => `${folder}/${name}`),
    );
    const own = files.flatMap((file) => {
      // Paper has colours of its own.
      const style = readFileSync(file, 'utf8').split('<style>')[1]?.split('@media print')[0] ?? '';
      return [...style.matchAll(/#[0-9a-f]{3,8}\b|rgba?\(/gi)].map(([colour]) => `${file} ${colour}`);
    });
    expect(own).toEqual([]);
  });
});
