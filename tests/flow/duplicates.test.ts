import { expect, it } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import { roles, type Role } from '../../shared/role.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { openWireViewer } from '../support/wire-viewer.ts';

const callers = ['+447700900201', '+447700900202', '+447700900203'];

async function called(server: TestServer, feed: string, text = 'armed men at the ford'): Promise<string[]> {
  const ids: string[] = [];
  for (const [at, from] of callers.entries()) {
    const body = { id: `m${at}`, from, text };
    const answer = await server.call('POST', '/intake/sms/generic', { token: feed, body });
    ids.push((answer.body as { alertId: string }).alertId);
  }
  return ids;
}

it('three callers of one village are offered as one, raise the grade, and are merged by one press', async () => {
  const places = [{ id: 'v1', kind: 'village' as const, name: 'Mabiri', lon: 1.5, lat: 1.5 }];
  const server = await testServer({ mission: { country: 'GB', places } });
  const own = { sectors: ['S1'], units: ['u1'] };
  const tokens = new Map<Role, string>();
  for (const role of roles) tokens.set(role, await server.token(role, own));
  const token = (role: Role) => tokens.get(role) ?? '';
  const look = async (id: string, role: Role = 'watch'): Promise<AlertOut> =>
    (await server.call('GET', `/api/alerts/${id}`, { token: token(role) })).body as AlertOut;
  const act = (path: string, body: object, role: Role = 'watch', method = 'POST') =>
    server.call(method, `/api/alerts/${path}`, { token: token(role), body });
  for (const number of callers.slice(0, 2)) {
    const body = { number, placeId: 'v1', sourceGrade: 'B' };
    await server.call('POST', '/api/focal-points', { token: token('liaison'), body });
  }
  const [first = '', second = '', third = ''] = await called(
    server,
    token('feed'),
    'armed men at Mabiri now',
  );
  const restricted = { category: 'crsv', text: 'x', channel: 'call', placeId: 'v1' };
  const hidden = (await server.call('POST', '/api/alerts', { token: token('watch'), body: restricted }))
    .body as AlertOut;

  expect(await look(first)).toMatchObject({ callers: 3, suggestedInfoGrade: 1, infoGrade: 6 });
  expect([...((await look(first)).possibleDuplicates ?? [])].sort()).toEqual([second, third].sort());
  for (const role of roles) {
    const { body } = await server.call('GET', '/api/picture', { token: token(role) });
    const { alerts = [] } = body as { alerts?: AlertOut[] };
    const inFull = ['admin', 'watch', 'chief', 'sector', 'liaison', 'command', 'analyst'].includes(role);
    const weighs = ['admin', 'watch', 'chief', 'liaison'].includes(role);
    for (const alert of alerts) {
      const isOne = [first, second, third].includes(alert.id);
      expect([role, alert.possibleDuplicates?.length ?? 0]).toEqual([role, isOne && inFull ? 2 : 0]);
      expect([role, 'callers' in alert]).toEqual([role, isOne && weighs]);
      expect(JSON.stringify(alert.possibleDuplicates ?? [])).not.toContain(hidden.id);
    }
  }

  // One press for the grade, one for each merge; neither happens of itself.
  expect((await act(first, { infoGrade: 1 }, 'watch', 'PATCH')).body).not.toHaveProperty(
    'suggestedInfoGrade',
  );
  expect((await act(`${second}/merge`, { into: first })).body).toMatchObject({ state: 'merged' });
  expect(await look(first)).toMatchObject({ possibleDuplicates: [third], mergedFrom: [second], callers: 3 });
  // What turns out to be restricted is no longer spoken of, where it was merged and where it was offered.
  await act(second, { restricted: 'crsv' }, 'watch', 'PATCH');
  await act(third, { restricted: 'crsv' }, 'watch', 'PATCH');
  const alone = await look(first);
  for (const field of ['possibleDuplicates', 'mergedFrom', 'callers'])
    expect(alone).not.toHaveProperty(field);
  // Advisers are offered restricted ones among themselves, and nobody else is told of it.
  expect((await look(hidden.id, 'adviser')).possibleDuplicates).toEqual([third]);
  expect((await look(third, 'adviser')).possibleDuplicates).toEqual([hidden.id]);
  for (const role of ['admin', 'watch', 'chief', 'sector', 'liaison'] as const)
    for (const id of [hidden.id, third])
      expect([role, await look(id, role)]).not.toEqual([
        role,
        expect.objectContaining({ possibleDuplicates: expect.anything() }),
      ]);
});

it('a desk that looks at one alert is told at once that another of the same place came', async () => {
  const server = await testServer();
  const token = await server.token('watch');
  const raise = (id: string) =>
    server.call('POST', '/api/alerts', {
      token,
      body: { id, category: 'looting', text: 'x', channel: 'call', lon: 1, lat: 1, precision: 'village' },
    });
  await raise('a1');
  const viewer = await openWireViewer(server.url, { token });
  expect(viewer.held.alerts.get('a1')).not.toHaveProperty('possibleDuplicates');
  await raise('a2');
  await expect.poll(() => viewer.held.alerts.get('a1')?.possibleDuplicates).toEqual(['a2']);
});
