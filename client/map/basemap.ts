import arabic400 from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-400-normal.woff2?url';
import arabic600 from '@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic-600-normal.woff2?url';
import cyrillic400 from '@fontsource/noto-sans/files/noto-sans-cyrillic-400-normal.woff2?url';
import cyrillic600 from '@fontsource/noto-sans/files/noto-sans-cyrillic-600-normal.woff2?url';
import latinExt400 from '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff2?url';
import latinExt600 from '@fontsource/noto-sans/files/noto-sans-latin-ext-600-normal.woff2?url';
import latin400 from '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url';
import latin600 from '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2?url';
import { addProtocol, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { PMTiles, Protocol } from 'pmtiles';
import { basemapStyle } from './basemap-style.ts';
import { readPack, type PackFacts } from './pack-schema.ts';

/** The letters of the map's own names, from our own origin, fetched only where a map shows them. */
const fonts = {
  'latin-400': latin400,
  'latin-600': latin600,
  'latin-ext-400': latinExt400,
  'latin-ext-600': latinExt600,
  'cyrillic-400': cyrillic400,
  'cyrillic-600': cyrillic600,
  'arabic-400': arabic400,
  'arabic-600': arabic600,
};

const protocol = new Protocol();
let ready = false;

/** Tells MapLibre once where its worker is and how map packs are read (ranges of one file, from our own origin). */
export function prepareMapLibre(): void {
  if (ready) return;
  ready = true;
  setWorkerUrl(workerUrl);
  addProtocol('pmtiles', protocol.tile);
}

/**
 * What a pack on this server says of itself: its layers, where it has tiles, whom to name. Undefined where it cannot be
 * read now.
 */
export function askPack(pack: string): Promise<PackFacts | undefined> {
  return readPack(new URL(pack, location.origin).href, protocol);
}

/** The next that is asked of a pack (`pmtiles://` URL) is fetched anew: what failed once is kept as failed else. */
export function forgetPack(url: string): void {
  protocol.add(new PMTiles(url.slice('pmtiles://'.length)));
}

/** What the ground depends on. */
export interface Ground {
  /** Of each pack, as `askPack` answers; a pack that has not answered yet is not drawn yet. */
  readonly facts: readonly (PackFacts | undefined)[];
  readonly theme: 'dark' | 'bright';
  readonly packs: readonly string[];
  readonly language: string;
  /** Whether the pack's own towns and villages are named; not where the mission's places stand there already. */
  readonly places: boolean;
  /** Whether the ground has names at all: on a wall they would be too small to read. */
  readonly names: boolean;
  /** Whether the mission has sectors of its own, so that the provinces of its own pack need no second name. */
  readonly sectors: boolean;
}

/** The ground under the picture. Without map packs it is plain: units and alerts are drawn all the same. */
export function groundStyle({
  theme,
  facts,
  packs,
  language,
  places,
  names,
  sectors,
}: Ground): StyleSpecification {
  const urls = packs.map((pack) => `pmtiles://${new URL(pack, location.origin).href}`);
  const style = basemapStyle({ packs: urls, facts, theme, labelField: `name:${language}`, fonts, places });
  const [world] = Object.keys(style.sources);
  const layers = style.layers.filter((layer) => {
    if (layer.type !== 'symbol') return true;
    return names && !(sectors && layer.source !== world && layer.id.endsWith('-province-name'));
  });
  return { ...style, layers };
}
