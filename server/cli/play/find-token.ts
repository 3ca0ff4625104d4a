import { z } from 'zod';
import { readConfig } from '../../config.ts';
import { askRunningServer } from '../../control/control.ts';
import type { Mode } from '../../record/record.ts';

const dayMs = 24 * 3_600_000;
const howTo = 'make one with `npm run -s token -- --role=feed` and give it as --token=…';

const healthSchema = z.object({ mode: z.enum(['live', 'exercise']) });

/**
 * A feed token from the server that runs on this machine's data folder. Rejects with one line that says how to make
 * one where that is not possible: with Redis, or when the server runs elsewhere.
 */
export async function findToken(url: string, env: NodeJS.ProcessEnv): Promise<string> {
  const config = readConfig(env, await modeOf(url));
  if (config.redisUrl !== undefined) throw new Error(`with REDIS_URL a token must be given; ${howTo}`);
  const request = { role: 'feed' as const, name: 'play', expiresAtMs: Date.now() + dayMs };
  const token = await askRunningServer(config.dataDir, { do: 'token', request });
  if (token === undefined)
    throw new Error(`no server runs on ${config.dataDir} that could give a token; ${howTo}`);
  return token;
}

/** An exercise has its own data folder; which of the two runs at the address is asked there. */
async function modeOf(url: string): Promise<Mode> {
  try {
    const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(5_000) });
    return healthSchema.parse(await response.json()).mode;
  } catch {
    return 'live';
  }
}
