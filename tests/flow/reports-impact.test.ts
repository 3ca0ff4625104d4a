import { expect, it } from 'vitest';
import type { ImpactOut } from '../../shared/model/impact.ts';
import { roles } from '../../shared/role.ts';
import { testServer } from '../support/test-server.ts';

it('impact is told as JSON and CSV with its definitions, a sector its own, restricted incidents in no figure', async () => {
  const server = await testServer();
  const watch = await server.token('watch');
  const alert = { category: 'killing', channel: 'sms', lon: 1, lat: 1, text: 'TEXT' };
  for (const body of [
    { ...alert, id: 'a' },
    { ...alert, id: 'b', lon: 25 },
    ...[1, 2, 3, 4, 5, 6].map((number) => ({ ...alert, id: `res${number}`, category: 'crsv' })),
  ]) {
    await server.call('POST', '/api/alerts', { token: watch, body });
  }
  const get = (token: string, query = '', accept = 'application/json') =>
    server.call('GET', `/api/impact${query}`, { token, headers: { accept } });
  const { body } = await get(watch);
  const impact = body as ImpactOut;
  expect(impact.all).toMatchObject({ received: 2, actionable: 2, responded: 0, rate: 0 });
  expect(impact.bySector.map(({ key }) => key)).toEqual(['S1', 'S3']);
  expect(impact.definitions['rate']).toContain('merely closed does not count');
  expect(impact.restricted).toEqual([]);
  const french = (await get(watch, '?lang=fr')).body as ImpactOut;
  expect(french.definitions['rate']).toContain('Taux d’intervention');
  const csv = String((await get(watch, '?sector=S1', 'text/csv')).body).split('\r\n');
  expect(csv[0]).toBe('measure,by,key,value,unit,of');
  expect(csv).toContain('response rate,sector,S1,0,share,1');
  expect(csv.at(-2)).toMatch(/^definition,text,local,,/);
  const wrong = ['?from=yesterday', '?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z', '?sector=Nowhere'];
  const statuses = await Promise.all(wrong.map(async (query) => (await get(watch, query)).status));
  expect(statuses).toEqual([422, 422, 404]);
  const may: Record<string, number> = {
    admin: 2,
    watch: 2,
    chief: 2,
    command: 2,
    analyst: 2,
    sector: 1,
    adviser: 0,
  };
  for (const role of roles) {
    const answer = await get(await server.token(role, { sectors: ['S1'] }));
    const received = answer.status === 200 ? (answer.body as ImpactOut).all.received : undefined;
    expect([role, received]).toEqual([role, may[role]]);
  }
  expect((await get(await server.token('sector', { sectors: ['S1'] }), '?sector=S3')).status).toBe(403);
});
