import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ResponderOut } from '../../shared/model/responder.ts';
import { roleMay, roles, type Role } from '../../shared/role.ts';
import { testServer, type Answer, type TestServer } from '../support/test-server.ts';

/** 60 km that take 17 hours. */
const slowRoad = { line: [[1.1, 1.5], [1.6, 1.5]], rank: 3, km: 60, min: 1_020 } as const; // prettier-ignore
const noonMs = Date.parse('2026-11-22T11:00:00Z');

/** A router that answers each address with a text; it counts how often it is asked. */
async function routerThat(answer: (path: string) => unknown): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const found = answer(request.url ?? '');
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(found === undefined ? 'no such page' : JSON.stringify(found));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked };
}

async function scene(
  roads: readonly (typeof slowRoad)[],
  env: Record<string, string> = {},
): Promise<{
  server: TestServer;
  token: (role: Role) => string;
  ask: (alertId: string, role?: Role) => Promise<Answer>;
  raise: (more: object) => Promise<string>;
}> {
  const server = await testServer({ roads, env, nowMs: () => noonMs });
  const tokens = new Map<Role, string>();
  for (const role of roles)
    tokens.set(role, await server.token(role, { sectors: ['S1'], units: role === 'patrol' ? ['near'] : [] }));
  const token = (role: Role): string => tokens.get(role) ?? '';
  const post = (method: string, path: string, role: Role, body: unknown) =>
    server.call(method, path, { token: token(role), body });
  for (const [id, kind] of [
    ['near', 'patrol'],
    ['air', 'helicopter'],
    ['other', 'patrol'],
  ] as const)
    // prettier-ignore
    await post('PUT', `/api/units/${id}`, 'admin', { callsign: id, kind });
  const time = new Date(noonMs).toISOString();
  await post('POST', '/api/positions', 'feed', [
    { unit: 'near', time, lon: 1.1, lat: 1.5 },
    { unit: 'air', time, lon: 1.05, lat: 1.5 },
    { unit: 'other', time, lon: 11.5, lat: 1.5 },
  ]);
  return {
    server,
    token,
    ask: (alertId, role = 'watch') =>
      server.call('GET', `/api/alerts/${alertId}/responders`, { token: token(role) }),
    raise: async (more) => {
      const body = { category: 'attack-in-progress', text: 'shots', channel: 'radio', ...more };
      return ((await post('POST', '/api/alerts', 'watch', body)).body as { id: string }).id;
    },
  };
}
const ranked = ({ body }: Answer): readonly ResponderOut[] => body as readonly ResponderOut[];

it('is answered to those who task, of the units that each of them may see', async () => {
  const { ask, raise } = await scene([slowRoad]);
  const id = await raise({ lon: 1.6, lat: 1.5 });
  for (const role of roles) {
    const answer = await ask(id, role);
    if (!roleMay(role, 'read-responders')) expect([role, answer.status]).toEqual([role, 403]);
    else {
      const units = ranked(answer).map(({ unit }) => unit);
      // A sector tasks its own.
      expect([role, [...units].sort()]).toEqual([
        role,
        role === 'sector' ? ['air', 'near'] : ['air', 'near', 'other'],
      ]);
    }
  }
  expect((await ask('nobody')).status).toBe(404);
  const nowhere = await ask(await raise({}));
  expect([nowhere.status, nowhere.body]).toMatchObject([
    409,
    { error: { code: 'conflict', field: 'place' } },
  ]);
});

it('goes by the roads of the mission: 17 hours of them stand behind a helicopter', async () => {
  const { ask, raise } = await scene([slowRoad]);
  const [first, second] = ranked(await ask(await raise({ lon: 1.6, lat: 1.5 })));
  expect([first?.unit, first?.via]).toEqual(['air', 'air']);
  expect(second).toMatchObject({ unit: 'near', via: 'road', arrivesBeforeHarm: 'no' });
  expect(second?.etaS?.likely).toBeGreaterThan(17 * 3_600);
  expect(second?.route?.length).toBeGreaterThan(1);
  const without = await scene([]);
  const crow = ranked(await without.ask(await without.raise({ lon: 1.6, lat: 1.5 })));
  expect(crow.find(({ unit }) => unit === 'near')?.reasons).toContainEqual({ code: 'no-roads' });
});

it('tells of a restricted alert no more than its area, and of a busy unit not with what', async () => {
  const { server, token, ask, raise } = await scene([slowRoad]);
  const restricted = await raise({ category: 'crsv', lon: 1.234_567, lat: 1.543_21 });
  const plain = await raise({ lon: 1.234_567, lat: 1.543_21 });
  const distanceOf = async (id: string, role: Role): Promise<unknown> =>
    ranked(await ask(id, role)).find(({ unit }) => unit === 'near')?.distanceM;
  for (const role of ['watch', 'sector'] as const)
    expect(await distanceOf(restricted, role)).not.toBe(await distanceOf(plain, role));
  for (const [step, body] of [
    ['acknowledge', {}],
    ['triage', { priority: 'P1' }],
    ['task', { units: ['near'] }],
  ] as const) {
    const path = `/api/alerts/${restricted}/${step}`;
    const { status, body: answer } = await server.call('POST', path, { token: token('chief'), body });
    expect([step, status, answer]).toMatchObject([step, 200, {}]);
  }
  const busy = ranked(await ask(plain)).find(({ unit }) => unit === 'near')?.reasons;
  expect(busy?.find(({ code }) => code === 'busy')).toEqual({ code: 'busy' });
});

// Written as a Valhalla shape (encoded polyline, six decimals) further down.
const line = [[1.1, 1.5], [1.3, 1.6], [1.6, 1.5]]; // prettier-ignore
it.each([
  [
    'OSRM',
    (path: string) =>
      path.startsWith('/route/v1/driving/')
        ? { code: 'Ok', routes: [{ duration: 3_600, distance: 61_000, geometry: { coordinates: line } }] }
        : undefined,
  ],
  [
    'Valhalla',
    (path: string) =>
      path === '/route'
        ? {
            trip: {
              summary: { time: 3_600, length: 61 },
              legs: [{ shape: '_upzA_mcbA_ibE_seK~hbE_}hQ' }],
            },
          }
        : undefined,
  ],
])('takes the times of an external router: %s', async (_name, answer) => {
  const { url, asked } = await routerThat(answer);
  const { ask, raise } = await scene([slowRoad], { ROUTER_URL: url });
  const near = ranked(await ask(await raise({ lon: 1.6, lat: 1.5 }))).find(({ unit }) => unit === 'near');
  expect(near).toMatchObject({ distanceM: 61_000, via: 'road' });
  expect(near?.reasons).toContainEqual({ code: 'router' });
  // A car on free roads takes an hour: a patrol in the rains longer, and never so long as on the road known here.
  expect(near?.etaS?.likely).toBeGreaterThan(3_600);
  expect(near?.etaS?.likely).toBeLessThan(4 * 3_600);
  expect(near?.route?.length).toBeGreaterThan(2);
  expect(asked()).toBeGreaterThan(0);
});

it('adds the way to and from the road, to which a router moves both ends without saying so', async () => {
  const short = line.slice(0, 2).concat([[1.5, 1.5]]); // prettier-ignore
  const { url } = await routerThat(() => ({
    routes: [{ duration: 3_600, distance: 50_000, geometry: { coordinates: short } }],
  }));
  const { ask, raise } = await scene([slowRoad], { ROUTER_URL: url });
  const near = ranked(await ask(await raise({ lon: 1.6, lat: 1.5 }))).find(({ unit }) => unit === 'near');
  expect(near?.reasons.map(({ code }) => code)).toEqual(expect.arrayContaining(['router', 'off-road']));
  // 11 km across country on foot take hours; the road alone would be an hour and a half.
  expect(near?.etaS?.likely).toBeGreaterThan(4 * 3_600);
  expect(near?.distanceM).toBeGreaterThan(61_000);
});

it.each([
  ['OSRM', { code: 'NoRoute', message: 'Impossible route between points' }],
  ['Valhalla', { error_code: 442, error: 'No path could be found for input' }],
])('tells a router that knows no way from one that is silent: %s', async (_name, answer) => {
  const { url } = await routerThat(() => answer);
  const { server, ask, raise } = await scene([slowRoad], { ROUTER_URL: url });
  const near = ranked(await ask(await raise({ lon: 1.6, lat: 1.5 }))).find(({ unit }) => unit === 'near');
  expect(near?.reasons).toContainEqual({ code: 'router-no-way' });
  expect(near?.etaS?.likely).toBeGreaterThan(17 * 3_600);
  expect((await server.call('GET', '/health')).body).toMatchObject({ router: { state: 'answers' } });
});

it('shows the way of one who goes already, however many could be there sooner', async () => {
  const { server, token, ask, raise } = await scene([slowRoad]);
  const id = await raise({ lon: 1.2, lat: 1.5 });
  const time = new Date(noonMs).toISOString();
  for (let at = 0; at < 8; at++) {
    const unit = `sooner${at}`;
    await server.call('PUT', `/api/units/${unit}`, {
      token: token('admin'),
      body: { callsign: unit, kind: 'qrf' },
    });
    const body = [{ unit, time, lon: 1.19, lat: 1.5 }];
    await server.call('POST', '/api/positions', { token: token('feed'), body });
  }
  const wayOf = async () => ranked(await ask(id)).find(({ unit }) => unit === 'other')?.route;
  expect(await wayOf()).toBeUndefined();
  await server.call('POST', `/api/alerts/${id}/task`, { token: token('watch'), body: { units: ['other'] } });
  expect((await wayOf())?.length).toBeGreaterThan(1);
});

it('falls back to its own roads where the router does not answer, says so, and leaves it alone for a while', async () => {
  const { url, asked } = await routerThat(() => undefined);
  const { server, ask, raise } = await scene([slowRoad], { ROUTER_URL: url });
  const id = await raise({ lon: 1.6, lat: 1.5 });
  const near = ranked(await ask(id)).find(({ unit }) => unit === 'near');
  expect(near?.reasons).toContainEqual({ code: 'router-silent' });
  expect(near?.etaS?.likely).toBeGreaterThan(17 * 3_600);
  const before = asked();
  await ask(id);
  expect(asked()).toBe(before);
  expect((await server.call('GET', '/health')).body).toMatchObject({
    status: 'ok',
    router: { state: 'silent', silentSince: new Date(noonMs).toISOString() },
  });
});
