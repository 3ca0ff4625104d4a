import { describe, expect, it, onTestFinished } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import { startRedis } from '../support/redis.ts';
import { temporaryFolder, testServer, type TestServer } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

/** Every target a second: levels are called within a few. */
const mission = {
  clockTargets: { P1: { acknowledgeS: 1, triageS: 1, decideS: 1 } },
  escalation: { watch: 1, chief: 1.5, sector: 2, command: 2.5 },
} as const;
const attack = { category: 'attack-in-progress', text: 'shots at the ford', channel: 'call', lon: 1, lat: 1 };

async function raised(server: TestServer, token: string): Promise<string> {
  const { body } = await server.call('POST', '/api/alerts', { token, body: attack });
  return (body as AlertOut).id;
}
async function seen(server: TestServer, token: string, id: string): Promise<AlertOut> {
  return (await server.call('GET', `/api/alerts/${id}`, { token })).body as AlertOut;
}
async function calledLevels(server: TestServer, token: string, id: string): Promise<string[]> {
  return ((await seen(server, token, id)).escalations ?? []).map(({ level }) => level);
}

describe('escalation', () => {
  it('goes up level by level, is answered by name, and ends when somebody acts', async () => {
    const server = await testServer({ mission });
    const [watch, chief, sector, command, wall] = await Promise.all([
      server.token('watch', { name: 'Watch one' }),
      server.token('chief', { name: 'Chief two' }),
      server.token('sector', { sectors: ['S1'], name: 'Sector three' }),
      server.token('command', { name: 'Command four' }),
      server.token('wall'),
    ]);
    const id = await raised(server, watch);
    await until(async () => (await calledLevels(server, watch, id)).includes('command'), {
      what: 'the command to be called',
      timeoutMs: 15_000,
    });
    const levels = await calledLevels(server, watch, id);
    expect([...new Set(levels)]).toEqual(levels);
    expect((await seen(server, wall, id)).escalations).toBeUndefined();

    const calls = (await seen(server, command, id)).escalations ?? [];
    const toCommand = calls.find(({ level }) => level === 'command')!.id;
    const answer = (token: string) =>
      server.call('POST', `/api/alerts/${id}/escalations/answer`, { token, body: { escalation: toCommand } });
    for (const token of [watch, chief, sector]) expect((await answer(token)).status).toBe(403);
    expect((await answer(command)).status).toBe(200);
    expect((await answer(command)).status).toBe(200);
    const answered = (await seen(server, watch, id)).escalations?.find(({ id }) => id === toCommand);
    expect(answered?.answeredBy).toBe('Command four');

    await server.call('POST', `/api/alerts/${id}/acknowledge`, { token: watch, body: {} });
    const late = await server.call('POST', `/api/alerts/${id}/acknowledge`, { token: chief, body: {} });
    expect(late.status).toBe(409);
  });

  it('is made once by two servers of which the leading one goes away', async () => {
    const store = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => store.remove());
    const on = () =>
      testServer({
        mission,
        env: { REDIS_URL: store.url, REDIS_PREFIX: 'pair', DATA_DIR: temporaryFolder() },
      });
    const [a, b] = [await on(), await on()];
    const token = await b.token('watch');
    const id = await raised(b, token);
    await until(async () => (await calledLevels(b, token, id)).length > 0, { what: 'the first call' });
    await a.stop();
    await until(async () => (await calledLevels(b, token, id)).includes('command'), {
      what: 'the command to be called by the other server',
      timeoutMs: 20_000,
    });
    const calls = (await seen(b, token, id)).escalations ?? [];
    expect(calls.map(({ level }) => level).sort()).toEqual(['chief', 'command', 'sector', 'watch']);
  });
});
