import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../support/source-files.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { endWithRun, ended, freePort, launched } from './processes.ts';

export interface BenchServer {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  readonly feed: string;
  readonly watch: string;
  /** A new token of a role. */
  token(role: string): Promise<string>;
  /** Kills it without warning and starts it again on the same port; comes back when it serves. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** The record and durability of each server that is measured. */
export const kinds = ['embedded always', 'redis always', 'redis everysec', 'redis none'] as const;
export type Kind = (typeof kinds)[number];

/** Starts the real server in its own process on the record named. */
export async function benchServer(
  kind: Kind,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightflash-bench-'));
  const redis = kind === 'embedded always' ? undefined : await startRedis(directivesOf(kind));
  if (redis) await endRedisWithRun(redis);
  const env = {
    ...process.env,
    LOG_LEVEL: 'error',
    ...settings,
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    ...(redis ? { REDIS_URL: redis.url, REDIS_PREFIX: 'bench' } : {}),
  };
  let { child, url } = await launched('tests/support/serve-live.ts', env);
  const token = (role: string): Promise<string> =>
    output(['--import', 'tsx', 'server/cli/token.ts', `--role=${role}`], env);
  return {
    name: kind,
    url,
    get pid() {
      return child.pid ?? 0;
    },
    feed: await token('feed'),
    watch: await token('watch'),
    token,
    async killAndRestart() {
      await ended(child, 'SIGKILL');
      ({ child, url } = await launched('tests/support/serve-live.ts', env));
    },
    async stop() {
      await ended(child, 'SIGKILL');
      await redis?.remove();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function endRedisWithRun(redis: TestRedis): Promise<void> {
  const [, pid] = /process_id:(\d+)/.exec(await redis.cli('INFO', 'server')) ?? [];
  if (pid !== undefined) endWithRun(Number(pid));
}

function directivesOf(kind: Kind): Record<string, string> {
  if (kind === 'redis none') return { appendonly: 'no' };
  return { appendonly: 'yes', appendfsync: kind === 'redis always' ? 'always' : 'everysec' };
}

/** The least that any HTTP server does with the same calls: Express parses the JSON and answers; nothing is kept. */
export async function baselineServer(): Promise<BenchServer> {
  const { child, url } = await launched('tests/bench/baseline-server.ts', { ...process.env });
  return {
    name: 'baseline: Express + JSON.parse, nothing kept',
    url,
    pid: child.pid ?? 0,
    feed: 'none',
    watch: 'none',
    token: () => Promise.resolve('none'),
    killAndRestart: () => Promise.reject(new Error('the baseline keeps nothing to come back with')),
    stop: () => ended(child),
  };
}

async function output(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: projectDir, env, stdio: ['ignore', 'pipe', 'inherit'] });
  endWithRun(child.pid);
  let text = '';
  for await (const piece of child.stdout) text += String(piece);
  return text.trim().split('\n').at(-1) ?? '';
}
