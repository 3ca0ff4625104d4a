import { readFile } from 'node:fs/promises';
import { missionSchema } from '../../shared/model/mission.ts';
import { missionOf, type Mission } from './mission.ts';

/** The mission without a file: unnamed, one sector (the world), defaults everywhere. */
export function defaultMission(): Mission {
  return missionOf(missionSchema.parse({}));
}

/** Reads the mission file. Throws an Error of one line that names the file and, for a wrong value, its path. */
export async function loadMission(path: string): Promise<Mission> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`MISSION: ${path} cannot be read (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`MISSION: ${path} is not JSON (${(cause as Error).message})`, { cause });
  }
  const parsed = missionSchema.safeParse(json);
  if (parsed.success) return missionOf(parsed.data);
  const issue = parsed.error.issues[0];
  throw new Error(`MISSION: ${path}: ${issue?.path.join('.') || '(top)'}: ${issue?.message ?? 'is not valid'}`);
}
