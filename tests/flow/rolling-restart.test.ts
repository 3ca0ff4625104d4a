import { describe, expect, it, onTestFinished } from 'vitest';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { startRedis } from '../support/redis.ts';
import { roamingStockViewer, roamingWireViewer, type OpenRoaming } from '../support/roaming-viewer.ts';
import { makeToken, serverProcess, type ServerProcess } from '../support/server-process.ts';
import { steadyFeed, type SteadyFeed } from '../support/steady-feed.ts';
import { tcpBalancer, type TcpBalancer } from '../support/tcp-balancer.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/test-server.ts';
import { until as untilOrFail } from '../support/wait.ts';

/** Two processes start again here, on a machine that may have other things to do. */
const until: typeof untilOrFail = (condition, options) =>
  untilOrFail(condition, { timeoutMs: 40_000, ...options });

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Two real servers on one real Redis, behind one address that knows nobody again. */
async function twoServers(): Promise<{ servers: ServerProcess[]; balancer: TcpBalancer; env: Env }> {
  const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  onTestFinished(() => redis.remove());
  const env = { REDIS_URL: redis.url, REDIS_PREFIX: 'rolling', DATA_DIR: temporaryFolder() };
  const servers = [await serverProcess(env), await serverProcess(env)];
  const balancer = await tcpBalancer(servers.map(({ port }) => port));
  onTestFinished(() => balancer.close());
  return { servers, balancer, env };
}
type Env = Readonly<Record<string, string>>;

async function get<T>(url: string, token: string): Promise<T> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as T; // our own server's answer, compared by what follows
}

const health = (url: string) => get<{ status: string; leads: boolean }>(`${url}/health`, '');

async function leaderOf(servers: readonly ServerProcess[]): Promise<ServerProcess> {
  return until(
    async () => {
      const leads = await Promise.all(servers.map(async ({ url }) => (await health(url)).leads));
      return leads.filter(Boolean).length === 1 && servers[leads.indexOf(true)];
    },
    { what: 'exactly one leader' },
  );
}

/** The fixes on record are exactly those that were acknowledged: none lost, none doubled, in order. */
async function expectTracks(url: string, token: string, feeds: readonly SteadyFeed[]): Promise<void> {
  for (const [unit, sent] of feeds.flatMap(({ acknowledged }) => [...acknowledged])) {
    const track = await get<{ geometry: { coordinates: unknown } }>(`${url}/api/units/${unit}/track`, token);
    expect(track.geometry.coordinates).toEqual(sent.map(({ lon, lat }) => [lon, lat]));
  }
}

const kinds: ReadonlyArray<readonly [string, OpenRoaming]> = [
  ['stock Socket.IO viewers', roamingStockViewer],
  ['viewers of our own', roamingWireViewer],
];

describe('a rolling restart of two servers', () => {
  it.each(kinds)(
    'loses and doubles nothing, and %s go on from where they were',
    async (_name, open) => {
      const { servers, balancer, env } = await twoServers();
      const [feedToken, watch] = [
        await makeToken(env, ['--role=feed']),
        await makeToken(env, ['--role=watch']),
      ];
      const feeds = ['a', 'b', 'c'].map((name) =>
        steadyFeed(balancer.url, feedToken, { units: [`${name}1`, `${name}2`], everyMs: 20 }),
      );
      const viewers = Array.from({ length: 8 }, () => open(balancer.url, watch));
      const allFollow = () =>
        until(() => viewers.every(({ following }) => following), { what: 'every viewer to follow' });
      await allFollow();

      for (const [round, server] of servers.entries()) {
        const other = servers[1 - round];
        const before = feeds.map(({ acknowledged }) => [...acknowledged.values()][0]?.length ?? 0);
        expect(await server.stop()).toBe(0);
        expect(await leaderOf([other ?? server])).toBe(other);
        // With one server left everything goes on.
        await allFollow();
        await until(
          () =>
            feeds.every(({ acknowledged }, at) => {
              const [own] = acknowledged.values();
              return (own?.length ?? 0) > (before[at] ?? 0) + 5;
            }),
          { what: 'every feed to go on' },
        );
        await server.start();
        await until(async () => (await health(server.url)).status === 'ok', {
          what: 'the server to be healthy',
        });
      }
      await Promise.all(feeds.map((feed) => feed.stop()));
      await allFollow();

      expect(feeds.flatMap(({ rejected }) => rejected)).toEqual([]);
      for (const { url } of servers) await expectTracks(url, watch, feeds);
      for (const viewer of viewers) {
        let wrong: string[] = [];
        await until(
          async () => {
            wrong = viewer.differences(await get<PictureOut>(`${balancer.url}/api/picture`, watch));
            return wrong.length === 0;
          },
          { what: 'a viewer to hold the picture' },
        ).catch(() => expect(wrong).toEqual([]));
        // Nobody began anew; whoever was sent away was told so, and went on from its cursor.
        expect(viewer.begun).toEqual({ fresh: 1, resumed: viewer.gapsMs.length });
        expect(viewer.goodbyes).toBe(viewer.gapsMs.length);
      }
      const gapsMs = viewers.flatMap((viewer) => viewer.gapsMs);
      expect(gapsMs.length).toBeGreaterThanOrEqual(viewers.length);
      const failures = feeds.reduce((sum, feed) => sum + feed.failures, 0);
      const fixes = feeds.flatMap(({ acknowledged }) => [...acknowledged.values()]).flat().length;
      say(
        `rolling restart: ${fixes} fixes, ${failures} calls sent again, ${gapsMs.length} gaps of viewers, ` +
          `longest ${Math.max(...gapsMs).toFixed(0)} ms`,
      );
    },
    90_000,
  );
});

describe('an orderly stop', () => {
  it('does not wait for a viewer whose link is dead', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    const proxy = await tcpProxy(server.port);
    onTestFinished(() => proxy.close());
    const token = await makeToken(env, ['--role=watch']);
    const viewer = roamingStockViewer(`http://127.0.0.1:${proxy.port}`, token);
    await until(() => viewer.following, { what: 'the viewer to follow' });
    proxy.halfOpen();
    expect(await server.stop()).toBe(0);
  }, 60_000);
});

describe('a leader', () => {
  it('is followed by the other server after kill -9, and stays replaced when it comes back', async () => {
    const { servers } = await twoServers();
    const first = await leaderOf(servers);
    const other = servers.find((server) => server !== first) ?? first;
    const killedMs = performance.now();
    await first.kill9();
    await until(async () => (await health(other.url)).leads, { what: 'the other server to lead' });
    say(`takeover after kill -9: ${(performance.now() - killedMs).toFixed(0)} ms`);
    await first.start();
    expect(await leaderOf(servers)).toBe(other);
  }, 120_000);
});
