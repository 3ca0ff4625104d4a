import { expect, it } from 'vitest';
import type { ActivityOut } from '../../shared/model/activity.ts';
import { temporaryFolder, testServer } from '../support/test-server.ts';

it('tells how much happened, to whom it concerns, and the same after a restart', async () => {
  const env = { DATA_DIR: temporaryFolder() };
  let server = await testServer({ env });
  const token = await server.token('watch');
  const time = new Date().toISOString();
  const positions = ['u', 'v', 'w'].map((unit) => ({ unit, time, lon: 1, lat: 1 }));
  await server.call('POST', '/api/positions', { token: await server.token('feed'), body: { positions } });
  const alert = { category: 'killing', priority: 'P2', text: 'x', channel: 'radio' };
  await server.call('POST', '/api/alerts', { token, body: alert });

  const sums = async (): Promise<number[]> => {
    const { status, body } = await server.call('GET', '/api/activity?hours=1', { token });
    expect(status).toBe(200);
    const { fixes, alerts } = body as ActivityOut;
    expect([fixes?.length, alerts.P1.length]).toEqual([5, 5]);
    return [fixes ?? [], alerts.P1, alerts.P2].map((counts) => counts.reduce((sum, count) => sum + count, 0));
  };
  expect(await sums()).toEqual([3, 0, 1]);
  await server.stop();
  server = await testServer({ env });
  expect(await sums()).toEqual([3, 0, 1]);

  const wall = await server.call('GET', '/api/activity', { token: await server.token('wall') });
  expect([wall.status, wall.body]).toMatchObject([403, { error: { code: 'role-not-allowed' } }]);
  const hours = await server.call('GET', '/api/activity?hours=25', { token });
  expect([hours.status, hours.body]).toMatchObject([
    422,
    { error: { code: 'field-out-of-range', field: 'hours' } },
  ]);
});
