import { PMTiles, type Protocol } from 'pmtiles';
import type { BboxOf } from '../../shared/geo/area.ts';

/** How a map pack names its layers: as ours do, as Protomaps, or as OpenMapTiles. */
export type PackSchema = 'nightflash' | 'protomaps' | 'openmaptiles';

/** What a pack says of itself. */
export interface PackFacts {
  readonly schema: PackSchema;
  /** Layers that it declares; undefined where it could not be asked, or declares none. */
  readonly layers?: readonly string[];
  /** Where it has tiles (degrees), and from which zoom on. */
  readonly bounds?: BboxOf;
  readonly minZoom?: number;
  /** Whom to name as its source, as plain text; empty where it names nobody. */
  readonly attribution: string;
}

/** The schema that has these layers. A pack that is none of the three is drawn as far as its names are ours. */
export function schemaOf(layers: readonly string[]): PackSchema {
  const has = (name: string) => layers.includes(name);
  if (has('transportation') || has('waterway')) return 'openmaptiles';
  if (has('earth') || (has('roads') && has('places'))) return 'protomaps';
  return 'nightflash';
}

/** A pack of which nothing is known is drawn as far as its names are ours. */
export const unknownPack: PackFacts = { schema: 'nightflash', attribution: '' };

/** Asks one pack; undefined where it cannot be read now. */
export async function readPack(url: string, protocol: Protocol): Promise<PackFacts | undefined> {
  const pack = protocol.get(url) ?? new PMTiles(url);
  // The map reads the same pack: what is known of it is read once.
  protocol.add(pack);
  try {
    return await factsOf(pack);
  } catch {
    // It would keep the failure, and answer every later question with it.
    protocol.add(new PMTiles(url));
    return undefined;
  }
}

/** Header and metadata of one pack. Throws where it cannot be read. */
export async function factsOf(pack: PMTiles): Promise<PackFacts> {
  const { minLon, minLat, maxLon, maxLat, minZoom } = await pack.getHeader();
  const metadata: unknown = await pack.getMetadata();
  const layers = layerNames(metadata);
  return {
    schema: schemaOf(layers),
    ...(layers.length === 0 ? {} : { layers }),
    bounds: [minLon, minLat, maxLon, maxLat],
    minZoom,
    attribution: plainCredit(property(metadata, 'attribution')),
  };
}

const entities: Readonly<Record<string, string>> = { copy: '©', amp: '&', quot: '"', nbsp: ' ', '#39': '’' };

/** Packs bring their attribution as HTML, often; it is shown as words, never as a page. */
export function plainCredit(html: unknown): string {
  if (typeof html !== 'string') return '';
  const words = html.replaceAll(/<[^>]*>/g, '').replaceAll(/&(#?\w+);/g, (_, name: string) => entities[name] ?? ''); // prettier-ignore
  return words.replaceAll(/\s+/g, ' ').trim().slice(0, 300);
}

function layerNames(metadata: unknown): string[] {
  const layers = property(metadata, 'vector_layers');
  if (!Array.isArray(layers)) return [];
  return layers.flatMap((layer: unknown) => {
    const id = property(layer, 'id');
    return typeof id === 'string' ? [id] : [];
  });
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}
