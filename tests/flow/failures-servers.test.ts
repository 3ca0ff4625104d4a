import { setTimeout as pause } from 'node:timers/promises';
import { describe, it, onTestFinished, vi } from 'vitest';
import { FailureRun, seatsAt, tokensIn } from '../support/failure-run.ts';
import { startRedis } from '../support/redis.ts';
import { limitFileSize, troubledServer } from '../support/trouble.ts';
import { serverProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

vi.setConfig({ testTimeout: 110_000 });

describe('servers that die', () => {
  it('one server with the embedded record, kill -9 under load, back on its port', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const server = await serverProcess(env);
    const { url } = server;
    const run = await FailureRun.begin({ tokens, seats: seatsAt(url), doors: [url], servers: [url] });
    await pause(1_000);
    await run.through('kill -9 of the only server (embedded), started at once', async () => {
      await server.kill9();
      await server.start();
    });
    await run.through('kill -9 of the only server (embedded), 8 s away', async () => {
      await server.kill9();
      await pause(8_000);
      await server.start();
    });
  });

  it('two servers on one Redis, each killed -9 in turn', async () => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const [a, b] = await Promise.all([
      serverProcess(env),
      serverProcess({ ...env, DATA_DIR: temporaryFolder() }),
    ]);
    const servers = [a.url, b.url];
    const run = await FailureRun.begin({
      tokens,
      seats: [...seatsAt(a.url), ...seatsAt(b.url)],
      doors: servers,
      servers,
    });
    for (const [name, server] of [
      ['the first', a],
      ['the second', b],
    ] as const) {
      await run.through(`kill -9 of ${name} of two servers on Redis, 3 s away`, async () => {
        await server.kill9();
        await pause(3_000);
        await server.start();
      });
    }
  });

  it('the disk of the embedded record is full for a while', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const server = await troubledServer(env);
    const { url } = server;
    const run = await FailureRun.begin({ tokens, seats: seatsAt(url), doors: [url], servers: [url] });
    await run.through('disk of the embedded record full for 6 s', async () => {
      await limitFileSize(server.pid, '1024');
      await until(async () => (await fetch(`${url}/health`)).status === 503, { what: 'health to say so' });
      await pause(6_000);
      await limitFileSize(server.pid, 'unlimited');
    });
    await run.through('and nothing of it is gone after a kill -9', async () => {
      await server.kill9();
      await server.start();
    });
  });
});
