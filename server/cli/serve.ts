import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { roles, type Role } from '../../shared/role.ts';
import { readConfig, type Config } from '../config.ts';
import { createLink, linkLifeMs } from '../identity/links.ts';
import { hasTokens } from '../identity/tokens.ts';
import { exerciseIsland, exerciseMission } from '../exercise/exercise-mission.ts';
import { startExercise } from '../exercise/exercise-run.ts';
import { startServer, type NightflashServer, type Surroundings } from '../main.ts';
import type { Mode } from '../record/record.ts';

/** How long a stop may take before the process ends anyway; what was acknowledged is on disk by then in any case. */
const stopWithinMs = 10_000;

/** The folder of the project, from the built server as well as from its source. */
function projectDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  return dir;
}

export function surroundings(nowMs: () => number = Date.now): Surroundings {
  const dir = projectDir();
  const { version } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { version: string };
  return {
    nowMs,
    clientDir: join(dir, '.build/client'),
    tilesDir: join(dir, '.build/tiles'),
    builtPacks: ['world.pmtiles'],
    version,
  };
}

/** Runs a server until it is told to stop. Prints the lines that the contract promises on stdout. */
export async function serve(mode: Mode, env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(env, mode);
  const island = mode === 'exercise' ? exerciseIsland() : undefined;
  const around = surroundings();
  const server = await startServer(config, {
    ...around,
    ...(island && config.missionFile === undefined ? { mission: exerciseMission(island) } : {}),
    builtPacks: island ? [...around.builtPacks, 'exercise.pmtiles'] : around.builtPacks,
  });
  const exercise = island ? startExercise({ doors: server.doors, island, nowMs: around.nowMs, log: server.log }) : undefined;
  stopOnSignal(server, () => exercise?.stop());
  for (const line of mode === 'exercise' ? await exerciseLinks(server) : await firstLink(server, config)) {
    process.stdout.write(`${line}\n`);
  }
  process.stdout.write(`READY ${server.url}\n`);
}

/** At the very first start nobody has a token yet: one link signs the administrator in. */
async function firstLink(server: NightflashServer, config: Config): Promise<string[]> {
  const { shelf } = server.record;
  if (await hasTokens(shelf)) return [];
  if (!(await shelf.putNew('first-start', new Uint8Array([1])))) return [];
  const principal = { id: 'first-admin', role: 'admin' as const, name: 'Administrator', units: [], sectors: [] };
  const code = await createLink(shelf, principal, { expiresAtMs: Date.now() + linkLifeMs, reusable: false });
  server.log.info({ minutes: linkLifeMs / 60_000, mode: config.mode }, 'a link for the first administrator was made');
  return [`LINK admin ${server.url}/signin#code=${code}`];
}

/** One link per role, for this machine only, as often as one likes. */
async function exerciseLinks(server: NightflashServer): Promise<string[]> {
  const own = ownOf(server);
  return Promise.all(
    roles.map(async (role) => {
      const principal = { id: `exercise-${role}`, role, name: `Exercise ${role}`, ...own(role) };
      const code = await createLink(server.record.shelf, principal, { expiresAtMs: null, reusable: true });
      return `LINK ${role} ${server.url}/signin#code=${code}`;
    }),
  );
}

function ownOf({ mission }: NightflashServer): (role: Role) => { units: string[]; sectors: string[] } {
  const sectors = mission.sectors.slice(0, 1).map(({ id }) => id);
  const units = mission.file.units.filter(({ kind }) => kind === 'patrol').slice(0, 1).map(({ id }) => id);
  return (role) => ({
    units: role === 'patrol' ? units : [],
    sectors: role === 'sector' || role === 'liaison' ? sectors : [],
  });
}

function stopOnSignal(server: NightflashServer, before: () => void): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    before();
    server.stop().then(
      () => process.exit(0),
      (err: unknown) => {
        server.log.error({ err }, 'the stop did not go well');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
