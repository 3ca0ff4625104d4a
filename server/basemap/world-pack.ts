import { cutTiles } from './cut-tiles.ts';
import { encodePmtiles } from './pmtiles-writer.ts';
import type { PackFacts } from './pmtiles-writer.ts';
import { replaceFile } from './replace-file.ts';
import { worldLayers } from './world-layers.ts';

const facts: PackFacts = {
  name: 'World',
  description: 'Coast, countries, lakes and rivers of the world. Boundaries and names imply no endorsement.',
  attribution: 'Made with Natural Earth',
  bounds: [-180, -85.0511287, 180, 85.0511287],
  centre: [20, 5, 2],
};

/**
 * Writes the map of the world, zoom 0 to 6, from data in npm packages: the map an install without any map of
 * its own shows, with no download. Takes some seconds; part of the build, never of a start.
 */
export function buildWorldPack(outFile: string): void {
  replaceFile(outFile, encodePmtiles(cutTiles(worldLayers(), { minZoom: 0, maxZoom: 6 }), facts));
}
