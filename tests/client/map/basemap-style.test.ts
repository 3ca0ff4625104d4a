import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, it } from 'vitest';
import { bright, dark } from '../../../client/map/basemap-palette.ts';
import { basemapStyle } from '../../../client/map/basemap-style.ts';

const packs = ['pmtiles:///tiles/world.pmtiles', 'pmtiles:///tiles/exercise.pmtiles'];
const fonts = {
  'latin-400': '/a/latin-400.woff2',
  'latin-600': '/a/latin-600.woff2',
  'arabic-400': '/a/arabic.woff2',
};
const style = basemapStyle({ packs, theme: 'dark', labelField: 'name:fr', fonts });

/** WCAG contrast of two colours. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((first, second) => first - second);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe('basemapStyle', () => {
  it('is a valid style for one pack, several and none, in both themes', () => {
    for (const theme of ['dark', 'bright'] as const) {
      for (const some of [[], packs.slice(0, 1), packs]) {
        expect(validateStyleMin(basemapStyle({ packs: some, theme, fonts }))).toEqual([]);
      }
    }
  });

  it('asks for nothing but the packs and fonts it was given', () => {
    expect(JSON.stringify(style)).not.toMatch(/https?:|"glyphs"|"sprite"/);
    expect(Object.values(style.sources).map((source) => 'url' in source && source.url)).toEqual(packs);
    expect(style['font-faces']).toMatchObject({
      'Noto Sans Regular': [{ url: fonts['latin-400'] }, { url: fonts['arabic-400'] }],
    });
  });

  it('draws each pack over the one before and every name over all ground', () => {
    const ids = style.layers.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.indexOf('pack-1-land')).toBeGreaterThan(ids.indexOf('pack-0-unsettled'));
    const types = style.layers.map(({ type }) => type);
    expect(types.lastIndexOf('line')).toBeLessThan(types.indexOf('symbol'));
  });

  it('leaves towns and villages to the application where told so', () => {
    const plain = basemapStyle({ packs, theme: 'dark', places: false });
    expect(
      plain.layers.filter((layer) => 'source-layer' in layer && layer['source-layer'] === 'place'),
    ).toEqual([]);
  });

  it.each([dark, bright])('keeps names readable: 4.5:1 against land, lake and sea', (palette) => {
    for (const text of [palette.country, palette.area, palette.town, palette.village, palette.water]) {
      for (const ground of [palette.land, palette.lake, palette.sea])
        expect(contrast(text, ground)).toBeGreaterThan(4.5);
    }
  });
});
