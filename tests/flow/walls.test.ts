import { describe, expect, it, onTestFinished } from 'vitest';
import { startRedis } from '../support/redis.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { openWireViewer, type WireViewer } from '../support/wire-viewer.ts';
import { until } from '../support/wait.ts';

async function wallOn(server: TestServer, name: string): Promise<WireViewer> {
  const viewer = await openWireViewer(server.url, { token: await server.token('wall', { name }) });
  onTestFinished(() => viewer.close());
  return viewer;
}

describe('what a desk asks of walls', () => {
  it('W20 reaches the walls of every server on the record, all of them or the one that is named', async () => {
    const redis = await startRedis({ appendonly: 'yes' });
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, REDIS_PREFIX: 'walls' };
    const [here, there] = [await testServer({ env }), await testServer({ env })];
    const [briefing, joc] = [await wallOn(here, 'Briefing room'), await wallOn(there, 'JOC')];
    const token = await here.token('chief', { name: 'Shift leader' });
    const ask = (body: unknown) => here.call('POST', '/api/walls/reload', { token, body });

    expect(await ask({ wall: 'JOC', layout: 'layout=alerts' })).toMatchObject({ status: 200 });
    await until(() => joc.wallCalls.length === 1, { what: 'the wall of the other server to hear it' });
    await ask({});
    await until(() => joc.wallCalls.length === 2 && briefing.wallCalls.length === 1, { what: 'all walls' });
    const by = 'Shift leader';
    expect(joc.wallCalls[0]).toMatchObject({ wall: 'JOC', layout: 'layout=alerts', by });
    expect(joc.wallCalls[1]).toEqual({ id: briefing.wallCalls[0]?.id, by });

    // A wall that was off its line just then hears it when it comes back, and knows it again by its id.
    const late = await wallOn(there, 'Late');
    await until(() => late.wallCalls.length === 1, { what: 'the late wall to hear it' });
    expect(late.wallCalls).toEqual(briefing.wallCalls);
  });

  it('is for those who lead a watch, and says what is wrong with it', async () => {
    const server = await testServer();
    const wall = await wallOn(server, 'JOC');
    const token = await server.token('watch');
    const refused = await server.call('POST', '/api/walls/reload', {
      token: await server.token('sector', { sectors: [] }),
      body: {},
    });
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'role-not-allowed' } } });
    for (const [body, field] of [
      [{ layout: '"><script>' }, 'layout'],
      [{ wall: '' }, 'wall'],
    ] as const) {
      const answer = await server.call('POST', '/api/walls/reload', { token, body });
      expect(answer).toMatchObject({ status: 422, body: { error: { field } } });
    }
    expect((await server.call('GET', '/api/walls', { token })).body).toEqual({ walls: ['JOC'] });
    expect(wall.wallCalls).toEqual([]);
  });
});
