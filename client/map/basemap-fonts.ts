import type { StyleSpecification } from 'maplibre-gl';

export const fontNames = { regular: 'Noto Sans Regular', semibold: 'Noto Sans Semibold' } as const;

/** URL of each font file, under `subset-weight` as @fontsource calls them: `latin-400`, `arabic-600`. */
export type FontFiles = Readonly<Record<string, string>>;

/**
 * Characters of each subset, as the font's package declares them: what a map does not show is never fetched.
 */
const unicodeRanges: Readonly<Record<string, readonly string[]>> = {
  latin: ['U+0000-00FF', 'U+0131', 'U+0152-0153', 'U+02BB-02BC', 'U+2000-206F', 'U+20AC', 'U+2122', 'U+2212'],
  'latin-ext': ['U+0100-02BA', 'U+02BD-036F', 'U+1D00-1DBF', 'U+1E00-1EFF', 'U+2C60-2C7F', 'U+A720-A7FF'],
  cyrillic: ['U+0400-045F', 'U+0490-0491', 'U+04B0-04B1', 'U+2116'],
  arabic: ['U+0600-06FF', 'U+0750-077F', 'U+0870-08FF', 'U+200C-200E', 'U+FB50-FDFF', 'U+FE70-FEFC'],
};

/**
 * Font files by name and range for a style that has no `glyphs` URL: letters come from the same origin as the
 * page.
 */
export function fontFaces(files: FontFiles): NonNullable<StyleSpecification['font-faces']> {
  return { [fontNames.regular]: facesOf(files, '400'), [fontNames.semibold]: facesOf(files, '600') };
}

function facesOf(files: FontFiles, weight: string): { url: string; 'unicode-range': string[] }[] {
  return Object.entries(unicodeRanges).flatMap(([subset, ranges]) => {
    const url = files[`${subset}-${weight}`];
    return url === undefined ? [] : [{ url, 'unicode-range': [...ranges] }];
  });
}
