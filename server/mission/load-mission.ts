import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { missionSchema } from '../../shared/model/mission.ts';
import type { PlaceIn } from '../../shared/model/place.ts';
import { readRoads, type RoadLine } from './road-lines.ts';
import { missionOf, type Mission } from './mission.ts';

/** The mission without a file: unnamed, one sector (the world), defaults everywhere. */
export function defaultMission(): Mission {
  return missionOf(missionSchema.parse({}));
}

/** Reads places from the text of a file; the room that knows the formats is not ours to import. */
export type ReadPlaces = (text: string, fileName: string) => readonly PlaceIn[];

/**
 * Reads the mission file, and the file of places that it may name (beside it, or an absolute path). Throws an Error
 * of one line that names the file and, for a wrong value, its path.
 */
export async function loadMission(path: string, readPlaces: ReadPlaces): Promise<Mission> {
  const parsed = missionSchema.safeParse(parseMission(await readText(path), path));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(
      `MISSION: ${path}: ${issue?.path.join('.') || '(top)'}: ${issue?.message ?? 'is not valid'}`,
    );
  }
  const { places } = parsed.data;
  const roads = await roadsOf(path, parsed.data.roads);
  if (typeof places !== 'string') return missionOf(parsed.data, [], roads);
  const file = resolve(dirname(path), places);
  const text = await readText(file);
  try {
    return missionOf(parsed.data, readPlaces(text, file), roads);
  } catch (cause) {
    throw new Error(`MISSION: ${path}: places: ${file}: ${(cause as Error).message}`, { cause });
  }
}

async function roadsOf(path: string, named: string | undefined): Promise<RoadLine[]> {
  if (named === undefined) return [];
  const file = resolve(dirname(path), named);
  const text = await readText(file);
  try {
    return readRoads(text);
  } catch (cause) {
    throw new Error(`MISSION: ${path}: roads: ${file}: ${(cause as Error).message}`, { cause });
  }
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Error(`MISSION: ${path} cannot be read (${cause.code ?? String(cause)})`);
  });
}

function parseMission(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`MISSION: ${path} is not JSON (${(cause as Error).message})`, { cause });
  }
}
