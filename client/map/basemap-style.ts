import type { StyleSpecification } from 'maplibre-gl';
import { fontFaces } from './basemap-fonts.ts';
import type { FontFiles } from './basemap-fonts.ts';
import { groundLayers } from './basemap-ground.ts';
import { areaNames, countryNames, dotLayers, placeNames, wordingOf } from './basemap-names.ts';
import { bright, dark } from './basemap-palette.ts';

export interface BasemapOptions {
  /** `pmtiles://` URLs, the world first; each later pack is drawn over those before it. */
  readonly packs: readonly string[];
  /** Dark for the operations room at night, bright for day and sun; the same meaning in both. */
  readonly theme: 'dark' | 'bright';
  /**
   * Property that holds names in the reader's language, `name:fr` for one; a thing that lacks it shows
   * `name`.
   */
  readonly labelField?: string;
  /** Without fonts MapLibre writes with those of the computer. */
  readonly fonts?: FontFiles;
  /** False where the application draws towns and villages itself, and their names would stand there twice. */
  readonly places?: boolean;
}

/**
 * The ground under the operational picture: calm, so that the only bright things on the map are the units,
 * alerts and threats above it. All areas and lines of a pack lie under those of the next; names of all packs
 * come last, so that no land hides them and none is drawn over another. Pure, and asks for nothing but the
 * packs and fonts given.
 */
export function basemapStyle(options: BasemapOptions): StyleSpecification {
  const { packs, theme, labelField = 'name', fonts, places = true } = options;
  const palette = theme === 'bright' ? bright : dark;
  const wording = wordingOf(palette, labelField);
  const sources = packs.map((_, index) => `pack-${index}`);
  const [world] = sources;
  return {
    version: 8,
    name: `nightflash ${theme}`,
    sources: Object.fromEntries(packs.map((url, index) => [`pack-${index}`, { type: 'vector', url }])),
    ...(fonts === undefined ? {} : { 'font-faces': fontFaces(fonts) }),
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
      ...sources.flatMap((source) => groundLayers(source, palette)),
      ...sources.flatMap((source) => (places ? dotLayers(source, palette) : [])),
      ...sources.flatMap((source) => areaNames(source, wording)),
      ...(world === undefined ? [] : [countryNames(world, wording)]),
      ...sources.flatMap((source) => (places ? placeNames(source, wording) : [])),
    ],
  };
}
