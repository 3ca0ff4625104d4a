import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL, fileURLToPath } from 'node:url';

const projectDir = fileURLToPath(new URL('../..', import.meta.url));
const buildDir = join(projectDir, '.build');

interface Part {
  readonly name: string;
  /** Files and folders that the part is made from. */
  readonly sources: readonly string[];
  readonly build: () => Promise<void>;
}

const parts: readonly Part[] = [
  {
    name: 'server',
    sources: ['server', 'shared', 'vite.config.ts', 'package-lock.json'],
    build: () => vite('server'),
  },
  {
    name: 'client',
    sources: ['client', 'shared', 'vite.config.ts', 'package-lock.json'],
    build: () => vite('production'),
  },
  { name: 'tiles', sources: ['server/basemap', 'server/exercise', 'package-lock.json'], build: buildTiles },
];

/**
 * Builds into `.build/` each part that is missing or older than its sources. Two starts at once wait for each other.
 * Says on stderr what it builds; stdout belongs to the server.
 */
export async function buildWhatIsOlder(): Promise<{ serverEntry: string }> {
  await mkdir(buildDir, { recursive: true });
  const release = await lock(join(buildDir, 'building'));
  try {
    for (const part of parts) await buildIfOlder(part);
  } finally {
    await release();
  }
  return { serverEntry: pathToFileURL(join(buildDir, 'server/serve.js')).href };
}

async function buildIfOlder(part: Part): Promise<void> {
  const stamp = join(buildDir, `${part.name}.built`);
  const builtMs = await modifiedMs(stamp);
  const newest = Math.max(
    ...(await Promise.all(part.sources.map((source) => newestMs(join(projectDir, source))))),
  );
  if (builtMs > newest) return;
  const begunMs = Date.now();
  process.stderr.write(`building the ${part.name} …\n`);
  await part.build();
  await writeFile(stamp, '');
  process.stderr.write(`built the ${part.name} in ${((Date.now() - begunMs) / 1000).toFixed(1)} s\n`);
}

async function vite(mode: string): Promise<void> {
  const { build } = await import('vite');
  const root = mode === 'server' ? projectDir : join(projectDir, 'client');
  await build({ root, configFile: join(projectDir, 'vite.config.ts'), mode, logLevel: 'warn' });
}

async function buildTiles(): Promise<void> {
  const { buildBasemaps } = await import('./build-basemap.ts');
  await buildBasemaps(join(buildDir, 'tiles'));
}

async function modifiedMs(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

/** When the newest file under a path was changed; a deleted file shows in the time of its folder. */
async function newestMs(path: string): Promise<number> {
  const own = await stat(path).catch(() => undefined);
  if (!own) return 0;
  if (!own.isDirectory()) return own.mtimeMs;
  const entries = await readdir(path);
  const below = await Promise.all(entries.map((entry) => newestMs(join(path, entry))));
  return Math.max(own.mtimeMs, ...below);
}

/** A lock file with the builder's process id; one left by a process that is gone counts for nothing. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code !== 'EEXIST') throw reason;
      if (await isLeftBehind(path)) await rm(path, { force: true });
      else await pause(200);
    }
  }
}

async function isLeftBehind(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const pid = Number(text);
  if (!Number.isInteger(pid) || pid <= 0) return (await modifiedMs(path)) < Date.now() - 5_000;
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
}
