import { setTimeout as pause } from 'node:timers/promises';
import { describe, it, vi } from 'vitest';
import { ways } from '../support/failure-ways.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';

const fair = { latencyMs: 0, jitterMs: 0, lossChance: 0, bytesPerS: Infinity };
/** A satellite link in rain. */
const bad = { latencyMs: 2_000, jitterMs: 300, lossChance: 0.05 };
const longMs = 6_500;

async function inBadWeather(proxy: TcpProxy): Promise<void> {
  proxy.weather(bad);
  await pause(longMs);
  proxy.weather(fair);
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
});
