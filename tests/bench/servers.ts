import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectDir } from '../support/source-files.ts';
import { startRedis } from '../support/redis.ts';

export interface BenchServer {
  readonly name: string;
  readonly url: string;
  readonly feed: string;
  readonly watch: string;
  stop(): Promise<void>;
}

/** The record and durability of each server that is measured. */
export const kinds = ['embedded always', 'redis always', 'redis everysec', 'redis none'] as const;
export type Kind = (typeof kinds)[number];

/** Starts the real server in its own process on the record named. */
export async function benchServer(kind: Kind): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightflash-bench-'));
  const redis = kind === 'embedded always' ? undefined : await startRedis(directivesOf(kind));
  const env = {
    ...process.env,
    LOG_LEVEL: 'error',
    PORT: '0',
    DATA_DIR: dataDir,
    ...(redis ? { REDIS_URL: redis.url, REDIS_PREFIX: 'bench' } : {}),
  };
  const { child, url } = await launch('tests/support/serve-live.ts', env);
  const token = (role: string): Promise<string> =>
    output(['--import', 'tsx', 'server/cli/token.ts', `--role=${role}`], env);
  return {
    name: kind,
    url,
    feed: await token('feed'),
    watch: await token('watch'),
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      await redis?.remove();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function directivesOf(kind: Kind): Record<string, string> {
  if (kind === 'redis none') return { appendonly: 'no' };
  return { appendonly: 'yes', appendfsync: kind === 'redis always' ? 'always' : 'everysec' };
}

/** The least that any HTTP server does with the same calls: Express parses the JSON and answers; nothing is kept. */
export async function baselineServer(): Promise<BenchServer> {
  const { child, url } = await launch('tests/bench/baseline-server.ts', { ...process.env });
  return {
    name: 'baseline: Express + JSON.parse, nothing kept',
    url,
    feed: 'none',
    watch: 'none',
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function launch(file: string, env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: projectDir,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const piece of child.stdout) {
    text += String(piece);
    const [, url] = /READY (\S+)/.exec(text) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`${file} did not start`);
}

async function output(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, args, { cwd: projectDir, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const piece of child.stdout) text += String(piece);
  return text.trim().split('\n').at(-1) ?? '';
}
