import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { ways } from '../support/failure-ways.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';

const longMs = 6_500;

async function forgotten(proxy: TcpProxy): Promise<void> {
  proxy.halfOpen();
  await pause(longMs);
  proxy.resume();
  expect(proxy.swallowedBytes).toBeGreaterThan(0);
}

vi.setConfig({ testTimeout: 110_000 });

describe('links that are open on one side only', () => {
  it('half-open links: viewers to server, server to Redis', async () => {
    const { run, viewers, toRedis } = await ways();
    await run.through('half-open server to Redis, 6.5 s', () => forgotten(toRedis));
    await run.through('half-open viewers to server, 6.5 s', () => forgotten(viewers));
  });
});
