import { makeIsland } from '../exercise/island.ts';
import { cutTiles } from './cut-tiles.ts';
import { exerciseLayers } from './exercise-layers.ts';
import { encodePmtiles } from './pmtiles-writer.ts';
import type { PackFacts } from './pmtiles-writer.ts';
import { replaceFile } from './replace-file.ts';

const facts: PackFacts = {
  name: 'Exercise island',
  description: 'A country that does not exist, for exercises. Every name is invented.',
  attribution: 'Exercise: fictional country',
  bounds: [-20, -1.8, -16, 1.8],
  centre: [-18, 0, 7],
};

/** Writes the map of the island that exercises run on, zoom 2 to 10. */
export function buildExercisePack(outFile: string): void {
  const layers = exerciseLayers(makeIsland());
  replaceFile(outFile, encodePmtiles(cutTiles(layers, { minZoom: 2, maxZoom: 10 }), facts));
}
