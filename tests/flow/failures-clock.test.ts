import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { ageS, unitState } from '../../shared/rules/age.ts';
import { FailureRun, seatsAt, tokensIn } from '../support/failure-run.ts';
import type { Screen } from '../support/failure-screen.ts';
import { startRedis } from '../support/redis.ts';
import { call, temporaryFolder } from '../support/test-server.ts';
import { troubledServer } from '../support/trouble.ts';
import { until } from '../support/wait.ts';

const hourMs = 3_600_000;

/** The age and state that a screen shows of a unit, at its own time. */
function shown(screen: Screen, id: string): { ageS: number; state: string; lon: number } | undefined {
  const unit = screen.followed.unit(id);
  if (!unit) return undefined;
  const age = ageS(unit.liveMs, screen.serverNowMs);
  return { ageS: age, state: unitState(age, unit.reportEveryS, unit.staleAfterS), lon: unit.lon };
}

vi.setConfig({ testTimeout: 110_000 });

describe('clocks', () => {
  it('the server’s clock steps an hour ahead and back, and an hour back and ahead', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const server = await troubledServer(env);
    const { url } = server;
    const run = await FailureRun.begin({ tokens, seats: seatsAt(url), doors: [url], servers: [url] });
    await run.through('server clock steps an hour ahead', () => server.clockAhead(hourMs));
    await run.through('and back to the true time', () => server.clockAhead(0));
    await run.through(
      'server clock an hour behind for 6 s',
      async () => {
        await server.clockAhead(-hourMs);
        await pause(6_000);
        await server.clockAhead(0);
      },
      { mayRefuse: ['time-future'], mayStand: true },
    );
  });

  it('one of two servers has a clock that is an hour ahead', async () => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const [a, b] = await Promise.all([
      troubledServer(env),
      troubledServer({ ...env, DATA_DIR: temporaryFolder() }),
    ]);
    const servers = [a.url, b.url];
    const seats = [...seatsAt(a.url), ...seatsAt(b.url)];
    const run = await FailureRun.begin({ tokens, seats, doors: servers, servers });
    await run.through('clock of one of two servers steps an hour ahead', () => a.clockAhead(hourMs));
    await run.through('and back to the true time (one of two)', () => a.clockAhead(0));
  });

  it('a phone whose clock is an hour off: its marker moves, and looks as old as it says it is', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const server = await troubledServer(env);
    const { url } = server;
    const run = await FailureRun.begin({ tokens, seats: seatsAt(url), doors: [url], servers: [url] });
    let lon = 0;
    const report = async (aheadMs: number): Promise<unknown> => {
      lon += 1;
      const time = new Date(Date.now() + aheadMs).toISOString();
      const body = [{ unit: 'phone', time, lon, lat: 1 }];
      return (await call(url, 'POST', '/api/positions', { token: tokens.feed, body })).body;
    };
    const onScreens = (what: string, is: (unit: NonNullable<ReturnType<typeof shown>>) => boolean) =>
      until(
        () =>
          run.screens.every((screen) => {
            const unit = shown(screen, 'phone');
            return unit !== undefined && Math.abs(unit.lon - lon) < 1e-4 && is(unit);
          }),
        { what },
      );
    await run.through('a phone an hour behind, then right, 50 s ahead, right, an hour ahead', async () => {
      for (let count = 0; count < 3; count++) {
        await report(-hourMs);
        await onScreens('the slow phone as lost', ({ ageS: age, state }) => age > 3_590 && state === 'lost');
      }
      await report(0);
      await onScreens('the phone as fresh', ({ ageS: age, state }) => age < 5 && state === 'fresh');
      await report(50_000);
      await onScreens('the fast phone, as fresh as it came in', ({ ageS: age }) => age < 5);
      await report(0);
      await onScreens('a marker that does not freeze', ({ ageS: age }) => age < 5);
      expect(await report(hourMs)).toMatchObject({ accepted: 0, rejected: [{ code: 'time-future' }] });
    });
  });
});

describe('an event loop that stands still', () => {
  it('for 3 s and for 8 s', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const tokens = await tokensIn(env);
    const server = await troubledServer(env);
    const { url } = server;
    const run = await FailureRun.begin({ tokens, seats: seatsAt(url), doors: [url], servers: [url] });
    for (const seconds of [3, 8]) {
      await run.through(`event loop of the server stalls for ${seconds} s`, async () => {
        await server.stall(seconds * 1_000);
        await pause(seconds * 1_000);
      });
    }
  });
});
