import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import { fontFaces } from './basemap-fonts.ts';
import type { FontFiles } from './basemap-fonts.ts';
import { groundLayers } from './basemap-ground.ts';
import { areaNames, countryNames, dotLayers, placeNames, wordingOf, type Wording } from './basemap-names.ts';
import { airportLayers } from './ground-airports.ts';
import { bright, dark, type Palette } from './basemap-palette.ts';
import { foreignCountryNames, foreignPlaceNames } from './foreign-names.ts';
import { openMapTiles, protomaps } from './foreign-schemas.ts';
import { foreignGround } from './ground-foreign.ts';
import { unknownPack, type PackFacts } from './pack-schema.ts';

export interface BasemapOptions {
  /** `pmtiles://` URLs, the world first; each later pack is drawn over those before it. */
  readonly packs: readonly string[];
  /** What each pack says of itself; one that has said nothing yet is left out. All are as ours where not given. */
  readonly facts?: readonly (PackFacts | undefined)[];
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
  const { packs, facts = packs.map(() => unknownPack), theme, labelField = 'name', fonts } = options;
  const { places = true } = options;
  const palette = theme === 'bright' ? bright : dark;
  const wording = wordingOf(palette, labelField);
  const drawn = packs.flatMap((url, index): DrawnPack[] => {
    const known = facts[index];
    return known ? [{ ...known, url, source: `pack-${index}`, names: foreign[known.schema] }] : [];
  });
  const over = (layersOf: (pack: DrawnPack) => LayerSpecification[]): LayerSpecification[] =>
    drawn.flatMap((pack) => layersOf(pack).filter((layer) => isDeclared(pack, layer)));
  return {
    version: 8,
    name: `nightflash ${theme}`,
    sources: Object.fromEntries(drawn.flatMap(sourcesOf)),
    ...(fonts === undefined ? {} : { 'font-faces': fontFaces(fonts) }),
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
      ...over((pack) => groundOf(pack, palette)),
      ...over(({ source, names }) => (places && !names ? dotLayers(source, palette) : [])),
      ...over(({ source, names }) => (names ? [] : areaNames(source, wording))),
      ...over((pack) => (pack === drawn[0] ? [countryNamesOf(pack, wording)] : [])),
      ...over(({ source, names }) => airportLayers(source, wording, names?.airport ?? ['airport'])),
      ...over(({ source, names }) => {
        if (!places) return [];
        return names ? foreignPlaceNames(source, wording, names) : placeNames(source, wording);
      }),
    ],
  };
}

const foreign = { nightflash: undefined, protomaps, openmaptiles: openMapTiles } as const;

interface DrawnPack extends PackFacts {
  readonly url: string;
  readonly source: string;
  /** How it names things where it does not name them as ours do. */
  readonly names: (typeof foreign)[PackFacts['schema']];
}

/** The tiles of a pack; with them its extent where it has water only, and what is left of its extent is land. */
function sourcesOf({ source, url, names, bounds }: DrawnPack): [string, SourceSpecification][] {
  const tiles: [string, SourceSpecification] = [source, { type: 'vector', url }];
  if (!names || names.land !== undefined) return [tiles];
  const [west, south, east, north] = bounds ?? [-180, -85, 180, 85];
  const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]; // prettier-ignore
  return [tiles, [`${source}-extent`, { type: 'geojson', data: { type: 'Polygon', coordinates: [ring] } }]];
}

function groundOf({ source, names, minZoom = 0 }: DrawnPack, palette: Palette): LayerSpecification[] {
  if (!names) return groundLayers(source, palette);
  const ground = foreignGround(source, palette, names);
  if (names.land !== undefined) return ground;
  const land: LayerSpecification = {
    id: `${source}-extent`,
    type: 'fill',
    source: `${source}-extent`,
    minzoom: minZoom,
    paint: { 'fill-color': palette.land },
  };
  return [land, ...ground];
}

/** From the first pack only: a second would write every country's name in another spot. */
function countryNamesOf({ source, names }: DrawnPack, wording: Wording): LayerSpecification {
  return names ? foreignCountryNames(source, wording, names) : countryNames(source, wording);
}

/** MapLibre complains of layers that a pack does not declare. */
function isDeclared({ layers }: DrawnPack, layer: LayerSpecification): boolean {
  const asked = 'source-layer' in layer ? layer['source-layer'] : undefined;
  return asked === undefined || layers === undefined || layers.includes(asked);
}
