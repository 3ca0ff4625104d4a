import { describe, expect, it, onTestFinished } from 'vitest';
import { startRedis } from '../support/redis.ts';
import { makeToken, serverProcess, type ServerProcess } from '../support/server-process.ts';
import { runStorm } from '../support/storm.ts';
import { temporaryFolder } from '../support/test-server.ts';

async function tokens(
  env: Readonly<Record<string, string>>,
): Promise<{ feed: string; watch: string; wall: string }> {
  const [feed, watch, wall] = [
    await makeToken(env, ['--role=feed']),
    await makeToken(env, ['--role=watch']),
    await makeToken(env, ['--role=wall']),
  ];
  return { feed, watch, wall };
}

/** Kills a server after the given batches and starts it again at once. */
function killAfter(plan: ReadonlyMap<number, ServerProcess>): (sent: number) => Promise<void> {
  return async (sent) => {
    const victim = plan.get(sent);
    if (!victim) return;
    await victim.kill9();
    await victim.start();
  };
}

describe('seeded storms', () => {
  it.each([1, 20_051])('embedded, kill -9 in the middle, seed %i', async (seed) => {
    const env = { DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    const disturb = killAfter(
      new Map([
        [20, server],
        [55, server],
      ]),
    );
    await runStorm({ seed, servers: [server], tokens: await tokens(env), units: 8, batches: 80, disturb });
  });

  it('two servers on one Redis, each killed in turn, seed 7', async () => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, REDIS_PREFIX: 'storm', DATA_DIR: temporaryFolder() };
    const a = await serverProcess(env);
    const b = await serverProcess(env);
    const disturb = killAfter(
      new Map([
        [15, a],
        [45, b],
        [60, a],
      ]),
    );
    await runStorm({ seed: 7, servers: [a, b], tokens: await tokens(env), units: 8, batches: 80, disturb });
  });

  it('Redis itself killed and back (appendfsync always): nothing acknowledged is lost, seed 11', async () => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, REDIS_PREFIX: 'storm', DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    const disturb = async (sent: number): Promise<void> => {
      if (sent !== 30) return;
      await redis.kill9();
      const health = await fetch(`${server.url}/health`);
      expect([200, 503]).toContain(health.status);
      await redis.restart();
    };
    await runStorm({
      seed: 11,
      servers: [server],
      tokens: await tokens(env),
      units: 8,
      batches: 60,
      disturb,
    });
  });
});
