import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FailureRun, seatsAt, tokensIn } from '../support/failure-run.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { serverProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

const key = (name: string): string => `{nightflash}:${name}`;

/** Writes an element between the others as somebody with redis-cli might: numbered rightly, its fields anything. */
async function inject(redis: TestRedis, stream: 'positions' | 'events', ...fields: string[]): Promise<void> {
  const script = `local seq = redis.call('HINCRBY', KEYS[1], 'seq', 1)
    return redis.call('XADD', KEYS[2], string.format('%.0f-0', seq), unpack(ARGV))`;
  await redis.cli('EVAL', script, '2', key('meta'), key(stream), ...fields);
}

async function passedOver(url: string): Promise<number> {
  const health = (await (await fetch(`${url}/health`)).json()) as { passedOver: number };
  return health.passedOver;
}

vi.setConfig({ testTimeout: 110_000 });

describe('poisoned entries', () => {
  it('stop nothing and are counted', async () => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const [a, b] = await Promise.all([
      serverProcess(env),
      serverProcess({ ...env, DATA_DIR: temporaryFolder() }),
    ]);
    const servers = [a.url, b.url];
    const seats = [...seatsAt(a.url), ...seatsAt(b.url)];
    const run = await FailureRun.begin({ tokens, seats, doors: servers, servers });
    const now = String(Date.now());
    const future = JSON.stringify({
      v: 99,
      ref: 'x:1',
      author: { id: 'x', role: 'watch', name: 'x' },
      body: {},
    });
    await run.through(
      'bytes that are no entry, and entries of an unknown version, in both streams',
      async () => {
        for (const stream of ['positions', 'events'] as const) {
          await inject(redis, stream, 't', now, 'b', 'no entry at all');
          await inject(redis, stream, 't', now, 'b', '');
          await inject(redis, stream, 't', now, 'b', future.slice(0, 20));
          await inject(redis, stream, 'someone', 'else');
        }
        await inject(redis, 'events', 't', now, 'b', future);
        await inject(redis, 'positions', 't', now, 'b', '\u0063\u0001 another format');
        for (const url of servers) {
          await until(async () => (await passedOver(url)) >= 8, { what: 'the poison to be counted' });
        }
      },
      { note: () => 'counted on both servers' },
    );
    expect(await passedOver(a.url)).toBe(await passedOver(b.url));
    await run.through(
      'an element numbered by Redis itself (XADD *), then a kill -9 of a server',
      async () => {
        await redis.cli('XADD', key('events'), '*', 't', now, 'b', 'no entry');
        await run.feed.mark('behind-the-jump');
        await a.kill9();
        await a.start();
      },
    );
  });
});
