import { describe, expect, it, onTestFinished } from 'vitest';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { temporaryFolder, testServer, type TestServer } from '../support/test-server.ts';
import { openViewer } from '../support/viewer.ts';
import { until } from '../support/wait.ts';

const alert = {
  category: 'displacement',
  text: 'forty families on the road',
  channel: 'radio',
  lon: 1,
  lat: 1,
};
const position = (unit: string, lon: number) => ({ unit, time: new Date().toISOString(), lon, lat: 1 });

async function redis(directives: Parameters<typeof startRedis>[0] = {}): Promise<TestRedis> {
  const started = await startRedis({ appendonly: 'yes', appendfsync: 'always', ...directives });
  onTestFinished(() => started.remove());
  return started;
}

const on = ({ url }: TestRedis): Promise<TestServer> =>
  testServer({ env: { REDIS_URL: url, REDIS_PREFIX: 'pair', DATA_DIR: temporaryFolder() } });

describe('two servers on one Redis', () => {
  it('lets exactly one of many acknowledgments win, whichever server is asked', async () => {
    const store = await redis();
    const [a, b] = [await on(store), await on(store)];
    const token = await a.token('watch');
    for (let round = 0; round < 5; round++) {
      const { body } = await a.call('POST', '/api/alerts', { token, body: alert });
      const { id } = body as { id: string };
      const path = `/api/alerts/${id}/acknowledge`;
      await until(async () => (await b.call('GET', `/api/alerts/${id}`, { token })).status === 200, {
        what: 'the alert on b',
      });
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, at) => (at % 2 ? a : b).call('POST', path, { token, body: {} })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409, 409, 409]);
    }
  });

  it('give an account the same preferences on both', async () => {
    const store = await redis();
    const [a, b] = [await on(store), await on(store)];
    const token = await a.token('watch');
    await a.call('PUT', '/api/preferences', { token, body: { theme: 'bright' } });
    await b.call('PUT', '/api/preferences', { token, body: { language: 'fr' } });
    for (const server of [a, b]) {
      const { body } = await server.call('GET', '/api/session', { token });
      expect(body).toMatchObject({ preferences: { theme: 'bright', language: 'fr' } });
    }
  });

  it('shows on one what came in at the other, and takes up a viewer of the other by its cursor', async () => {
    const store = await redis();
    const [a, b] = [await on(store), await on(store)];
    const feed = await a.token('feed');
    const token = await b.token('watch');
    const viewer = await openViewer(b.url, { token, follow: false });
    await viewer.subscribe();
    await a.call('POST', '/api/positions', { token: feed, body: [position('u', 1)] });
    await until(() => viewer.held.units.has('u'), { what: 'the unit on the other server' });
    const since = viewer.held.cursor;
    viewer.close();
    await b.call('POST', '/api/positions', { token: feed, body: [position('v', 2)] });
    const back = await openViewer(a.url, { token, follow: false });
    const answer = await back.subscribe({ since });
    expect(answer).toHaveProperty('patch.units.0.id', 'v');
    expect(answer).toHaveProperty('ids.units.length', 2);
  });

  it('accepts a fix once and refuses its contradiction on both', async () => {
    const store = await redis();
    const [a, b] = [await on(store), await on(store)];
    const token = await a.token('feed');
    const time = new Date().toISOString();
    const fixes = [1, 2].map((lon) => ({ unit: 'u', time, lon, lat: 1 }));
    const answers = await Promise.all([
      a.call('POST', '/api/positions', { token, body: [fixes[0]] }),
      b.call('POST', '/api/positions', { token, body: [fixes[1]] }),
    ]);
    const bodies = answers.map(({ body }) => body as { accepted: number; rejected: Array<{ code: string }> });
    expect(bodies.map(({ accepted }) => accepted).sort()).toEqual([0, 1]);
    expect(bodies.flatMap(({ rejected }) => rejected.map(({ code }) => code))).toEqual(['conflict']);
  });
});

describe('a record that cannot be written', () => {
  it('fails health, tells every viewer, acknowledges nothing, and comes back by itself', async () => {
    const store = await redis();
    const server = await on(store);
    const token = await server.token('feed');
    const viewer = await openViewer(server.url, { token: await server.token('wall') });
    await store.kill9();
    await until(() => viewer.statuses.some(({ writable }) => !writable), { what: 'the viewer to be told' });
    const refused = await server.call('POST', '/api/positions', { token, body: [position('u', 1)] });
    expect([refused.status, refused.body]).toMatchObject([503, { error: { code: 'record-unavailable' } }]);
    const health = await server.call('GET', '/health');
    expect([health.status, health.body]).toMatchObject([503, { status: 'failing', writable: false }]);
    expect((health.body as { reason?: string }).reason).toBeTruthy();
    await store.restart();
    await until(async () => (await server.call('GET', '/health')).status === 200, {
      what: 'health',
      timeoutMs: 15_000,
    });
    const taken = await server.call('POST', '/api/positions', { token, body: [position('u', 1)] });
    expect(taken.body).toMatchObject({ accepted: 1 });
    await until(() => viewer.held.units.has('u'), { what: 'the unit on the wall' });
  });

  it('shows weak durability, and starts every viewer anew when Redis was replaced by an empty one', async () => {
    const store = await redis({ appendonly: 'no' });
    const server = await on(store);
    const viewer = await openViewer(server.url, { token: await server.token('watch') });
    await until(() => viewer.statuses.length > 0, { what: 'a status' });
    expect(viewer.statuses[0]).toMatchObject({ durability: 'none', record: 'redis' });
    await server.call('POST', '/api/positions', {
      token: await server.token('feed'),
      body: [position('gone', 1)],
    });
    await until(() => viewer.held.units.has('gone'), { what: 'a unit' });
    const before = viewer.held.cursor.split('.')[0];
    await store.restart();
    await until(() => server.record.epoch !== before, { what: 'another epoch', timeoutMs: 15_000 });
    await until(() => server.record.status().writable, { what: 'a record that can be written' });
    // The tokens went with the old Redis; everybody signs in anew.
    const token = await server.token('watch');
    expect((await server.call('GET', '/api/picture', { token })).body).toMatchObject({ units: [] });
    expect(viewer.socket.connected).toBe(false);
  });
});
