import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { roles, type Role } from '../../shared/role.ts';
import { readConfig, type Config } from '../config.ts';
import { createLink, linkLifeMs } from '../identity/links.ts';
import { hasTokens } from '../identity/tokens.ts';
import { startServer, type NightflashServer } from '../main.ts';
import type { Surroundings } from '../surroundings.ts';
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
  const clientDir = join(dir, '.build/client');
  const build = buildOf(clientDir);
  return {
    nowMs,
    clientDir,
    tilesDir: join(dir, '.build/tiles'),
    builtPacks: ['world.pmtiles'],
    version,
    ...(build === undefined ? {} : { build }),
  };
}

/** The document names every script by its content, so that another build is another document. */
function buildOf(clientDir: string): string | undefined {
  const document = join(clientDir, 'index.html');
  if (!existsSync(document)) return undefined;
  return createHash('sha256').update(readFileSync(document)).digest('hex').slice(0, 16);
}

/** Runs a server until it is told to stop. Prints the lines that the contract promises on stdout. */
export async function serve(mode: Mode, env: NodeJS.ProcessEnv): Promise<void> {
  const config = readConfig(env, mode);
  const { server, links, before } =
    mode === 'exercise' ? await serveExercise(config) : await serveLive(config);
  stopOnSignal(server, before);
  for (const line of links) process.stdout.write(`${line}\n`);
  process.stdout.write(`READY ${server.url}\n`);
}

interface Serving {
  readonly server: NightflashServer;
  /** Lines to print. */
  readonly links: readonly string[];
  /** What to stop before the server. */
  before(): void;
}

async function serveLive(config: Config): Promise<Serving> {
  const server = await startServer(config, surroundings());
  return { server, links: await firstLink(server, config), before: () => undefined };
}

/** The exercise is loaded only here: a live server holds no synthetic data and no code that makes it. */
async function serveExercise(config: Config): Promise<Serving> {
  const { exerciseMission } = await import('../exercise/exercise-mission.ts');
  const { defaultIslandSeed, makeIsland } = await import('../exercise/island.ts');
  const { startExercise } = await import('../exercise/exercise-run.ts');
  const island = makeIsland(defaultIslandSeed);
  const around = surroundings();
  const server = await startServer(config, {
    ...around,
    ...(config.missionFile === undefined ? { mission: exerciseMission(island) } : {}),
    builtPacks: [...around.builtPacks, 'exercise.pmtiles'],
  });
  const { doors, log, livePicture } = server;
  const picture = (): typeof livePicture.picture => livePicture.picture;
  const exercise = startExercise({
    doors,
    island,
    seed: defaultIslandSeed,
    nowMs: around.nowMs,
    log,
    picture,
  });
  return { server, links: await exerciseLinks(server), before: () => exercise.stop() };
}

/** At the very first start nobody has a token yet: one link signs the administrator in. */
async function firstLink(server: NightflashServer, config: Config): Promise<string[]> {
  const { shelf } = server.record;
  if (await hasTokens(shelf)) return [];
  if (!(await shelf.putNew('first-start', new Uint8Array([1])))) return [];
  const principal = {
    id: 'first-admin',
    role: 'admin' as const,
    name: 'Administrator',
    units: [],
    sectors: [],
  };
  const code = await createLink(shelf, principal, { expiresAtMs: Date.now() + linkLifeMs, reusable: false });
  server.log.info(
    { minutes: linkLifeMs / 60_000, mode: config.mode },
    'a link for the first administrator was made',
  );
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
  const units = mission.file.units
    .filter(({ kind }) => kind === 'patrol')
    .slice(0, 1)
    .map(({ id }) => id);
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
