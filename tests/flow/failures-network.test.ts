import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FailureRun, seatsAt, tokensIn } from '../support/failure-run.ts';
import { startRedis } from '../support/redis.ts';
import { serverProcess } from '../support/server-process.ts';
import { tcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/test-server.ts';

const fair = { latencyMs: 0, jitterMs: 0, lossChance: 0, bytesPerS: Infinity };
/** A satellite link in rain. */
const bad = { latencyMs: 2_000, jitterMs: 300, lossChance: 0.05 };
const longMs = 6_500;

async function proxyTo(port: number, seed: number): Promise<TcpProxy> {
  const proxy = await tcpProxy(port, seed);
  onTestFinished(() => proxy.close());
  return proxy;
}

interface Ways {
  readonly run: FailureRun;
  readonly viewers: TcpProxy;
  readonly feeders: TcpProxy;
  readonly toRedis: TcpProxy;
}

/**
 * Server A is reached by viewers, by feeders and itself reaches Redis through a proxy each; server B has none. Half
 * the screens sit behind the proxy, half at B, who must notice nothing of what is between A and its viewers.
 */
async function ways(): Promise<Ways> {
  const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  onTestFinished(() => redis.remove());
  const env = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
  const tokens = await tokensIn(env);
  const toRedis = await proxyTo(redis.port, 3);
  const [a, b] = await Promise.all([
    serverProcess({ REDIS_URL: `redis://127.0.0.1:${toRedis.port}`, DATA_DIR: temporaryFolder() }),
    serverProcess(env),
  ]);
  const [viewers, feeders] = [await proxyTo(a.port, 1), await proxyTo(a.port, 2)];
  const behindProxy = seatsAt(`http://127.0.0.1:${viewers.port}`, a.url);
  const run = await FailureRun.begin({
    tokens,
    seats: [...behindProxy, ...seatsAt(b.url)],
    doors: [`http://127.0.0.1:${feeders.port}`, b.url],
    servers: [a.url, b.url],
  });
  return { run, viewers, feeders, toRedis };
}

async function inBadWeather(proxy: TcpProxy): Promise<void> {
  proxy.weather(bad);
  await pause(longMs);
  proxy.weather(fair);
}

async function forgotten(proxy: TcpProxy): Promise<void> {
  proxy.halfOpen();
  await pause(longMs);
  proxy.resume();
  expect(proxy.swallowedBytes).toBeGreaterThan(0);
}

vi.setConfig({ testTimeout: 110_000 });

describe('bad ways', () => {
  it('2 s and loss between any two, outages, and a 2G viewer', async () => {
    const { run, viewers, feeders, toRedis } = await ways();
    await run.through('2 s latency and 5 % loss, viewers to server, 6.5 s', () => inBadWeather(viewers));
    await run.through('2 s latency and 5 % loss, feeders to server, 6.5 s', () => inBadWeather(feeders));
    await run.through('2 s latency and 5 % loss, server to Redis, 6.5 s', () => inBadWeather(toRedis));
    await run.through('nothing passes between viewers and server for 6.5 s', async () => {
      viewers.hold();
      await pause(longMs);
      viewers.resume();
    });
    await run.through('viewers cut off (RST) for 3 s', async () => {
      viewers.cut();
      await pause(3_000);
      viewers.resume();
    });
    await run.through('viewers on 2G (20 kbit/s, 600 ms), 6.5 s', async () => {
      viewers.weather({ bytesPerS: 2_500, latencyMs: 300, jitterMs: 200 });
      await pause(longMs);
      viewers.weather(fair);
    });
  });

  it('half-open links: viewers to server, server to Redis', async () => {
    const { run, viewers, toRedis } = await ways();
    await run.through('half-open server to Redis, 6.5 s', () => forgotten(toRedis));
    await run.through('half-open viewers to server, 6.5 s', () => forgotten(viewers));
  });
});
