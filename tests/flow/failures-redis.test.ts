import { rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FailureRun, seatsAt, tokensIn } from '../support/failure-run.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { freePort, serverProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/test-server.ts';
import { limitFileSize } from '../support/trouble.ts';
import { until } from '../support/wait.ts';

/** Longer than a screen may take to own up. */
const longMs = 6_000;

async function redisWith(appendfsync: 'always' | 'everysec'): Promise<TestRedis> {
  const redis = await startRedis({ appendonly: 'yes', appendfsync });
  onTestFinished(() => redis.remove());
  return redis;
}

/** Two servers on one Redis, a console and a wall at each, feeders at both. */
async function mission(
  redis: TestRedis,
): Promise<{ run: FailureRun; env: Record<string, string>; urls: string[] }> {
  const env = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
  const tokens = await tokensIn(env);
  const [a, b] = await Promise.all([
    serverProcess(env),
    serverProcess({ ...env, DATA_DIR: temporaryFolder() }),
  ]);
  const urls = [a.url, b.url];
  const seats = [...seatsAt(a.url), ...seatsAt(b.url)];
  return { run: await FailureRun.begin({ tokens, seats, doors: urls, servers: urls }), env, urls };
}

async function epochAt(url: string | undefined): Promise<unknown> {
  return ((await (await fetch(`${url}/health`)).json()) as { epoch: unknown }).epoch;
}

vi.setConfig({ testTimeout: 110_000 });

describe('Redis in trouble', () => {
  it('appendfsync always: killed -9, out of memory, read-only, disk full', async () => {
    const redis = await redisWith('always');
    const { run } = await mission(redis);
    await run.through('kill -9 of Redis (always), 6 s away', async () => {
      await redis.kill9();
      await pause(longMs);
      await redis.restart();
    });
    await run.through('Redis out of memory for 6 s', async () => {
      await redis.cli('CONFIG', 'SET', 'maxmemory', '1mb');
      await pause(longMs);
      await redis.cli('CONFIG', 'SET', 'maxmemory', '0');
    });
    const nobody = String(await freePort());
    await run.through('Redis read-only for 6 s', async () => {
      await redis.cli('REPLICAOF', '127.0.0.1', nobody);
      await pause(longMs);
      await redis.cli('REPLICAOF', 'NO', 'ONE');
    });
    await run.through('disk of Redis (always) full: it gives up, and is started 3 s later', async () => {
      const pid = Number(/process_id:(\d+)/.exec(await redis.cli('INFO', 'server'))?.[1]);
      await limitFileSize(pid, '1024');
      await pause(3_000);
      await redis.restart();
    });
    await run.through('Redis hangs (SIGSTOP) for 6 s', async () => {
      redis.freeze();
      await pause(longMs);
      redis.thaw();
    });
  });

  it('appendfsync everysec: killed -9, and its machine lost with the last second', async () => {
    const redis = await redisWith('everysec');
    const { run, urls } = await mission(redis);
    await run.through('kill -9 of Redis (everysec), started at once', async () => {
      await redis.kill9();
      await redis.restart();
    });
    const before = await epochAt(urls[0]);
    const { lost } = await run.through(
      'machine of Redis (everysec) lost with the last second of its file',
      async () => {
        const file = join(redis.folder, 'appendonlydir/appendonly.aof.1.incr.aof');
        const { size } = await stat(file);
        await pause(1_000);
        await redis.kill9();
        await truncate(file, size);
        await redis.restart();
        await until(async () => (await epochAt(urls[0])) !== before, {
          what: 'a new epoch',
          timeoutMs: 15_000,
        });
      },
      { mayLose: true },
    );
    expect(lost.length).toBeGreaterThan(0); // or this would prove nothing
    expect(await epochAt(urls[1])).toBe(await epochAt(urls[0]));
  });

  it('replaced by an empty one: a new epoch, and nobody keeps anything of the old record', async () => {
    const redis = await redisWith('always');
    const { run, env, urls } = await mission(redis);
    const before = await epochAt(urls[0]);
    await run.through(
      'Redis replaced by an empty one, new tokens',
      async () => {
        await redis.kill9();
        await rm(join(redis.folder, 'appendonlydir'), { recursive: true });
        run.feed.forget();
        await redis.restart();
        await until(async () => (await epochAt(urls[0])) !== before, {
          what: 'another epoch',
          timeoutMs: 15_000,
        });
        run.signInWith(await tokensIn(env));
      },
      { note: () => 'the old record is gone with its Redis' },
    );
    expect(await epochAt(urls[1])).toBe(await epochAt(urls[0]));
  });
});
