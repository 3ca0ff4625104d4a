import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { worldSourcePath, worldSources } from './npm-topology.ts';
import type { WorldSource } from './npm-topology.ts';

export interface BuiltBasemaps {
  readonly world: string;
  readonly exercise: string;
  /** The files written by this call; empty where all were fresh. */
  readonly written: readonly string[];
}

const here = dirname(fileURLToPath(import.meta.url));

/**
 * Makes sure that `outDir` holds `world.pmtiles` and `exercise.pmtiles`, writing those that are missing or
 * older than what they are made from. The builders are loaded only when needed: a slim install (no
 * development packages) that ships with its packs must not fail for want of a library it does not use.
 */
export async function buildBasemaps(outDir: string): Promise<BuiltBasemaps> {
  const world = join(outDir, 'world.pmtiles');
  const exercise = join(outDir, 'exercise.pmtiles');
  const code = codeIn(here, /\.ts$/);
  const written: string[] = [];
  if (isStale(world, [...code, ...worldData()])) {
    (await import('./world-pack.ts')).buildWorldPack(world);
    written.push(world);
  }
  if (isStale(exercise, [...code, ...codeIn(join(here, '../exercise'), /^(island|seeded).*\.ts$/)])) {
    (await import('./exercise-pack.ts')).buildExercisePack(exercise);
    written.push(exercise);
  }
  return { world, exercise, written };
}

function worldData(): string[] {
  // Object.keys loses the literal types of the keys.
  return (Object.keys(worldSources) as WorldSource[]).flatMap((source) => worldSourcePath(source) ?? []);
}

/** Source files of a folder; none in a bundled server, where packs come with the bundle. */
function codeIn(folder: string, names: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => names.test(name))
    .map((name) => join(folder, name));
}

function isStale(file: string, sources: readonly string[]): boolean {
  if (!existsSync(file)) return true;
  const { mtimeMs } = statSync(file);
  return sources.some((source) => statSync(source).mtimeMs > mtimeMs);
}
