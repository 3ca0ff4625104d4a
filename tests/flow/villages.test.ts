import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { VillageOut, VillagesOut } from '../../shared/model/village.ts';
import type { HandoverOut } from '../../shared/model/handover.ts';
import type { ReportOut } from '../../shared/model/report.ts';
import { roleMay, roles, type Role } from '../../shared/role.ts';
import { startRedis } from '../support/redis.ts';
import { temporaryFolder, testServer, type TestServer } from '../support/test-server.ts';

const hourMs = 3_600_000;
const head = 'id,kind,name,lon,lat,population,languages,reach,network,contactEveryH,liaison,hamletOf';
const rows = [
  'v1,village,Mabiri,1.5,1.5,2300,sw;fr,phone|bell,Airlink,24,CLA-3,',
  'v2,village,Kolwa,1.8,1.5,900,sw,hf,,12,CLA-3,',
  'v3,village,Mabiri Hameau,1.6,1.5,,,,,,,v1',
  'v4,village,Farther,11.5,1.5,,,phone,Airlink,24,CLA-9,',
  'bad,village,Nowhere,1.5,1.5,,,drum,,24,CLA-3,',
  'named,village,Someone,1.5,1.5,,,phone,,24,Jean Bahati,',
  'b1,base,Base One,1.5,1.7,,,,,,,',
];

interface World {
  readonly server: TestServer;
  readonly later: (hours: number) => void;
  readonly as: (role: Role, sectors?: string[]) => Promise<string>;
  readonly villages: (token: string, query?: string) => Promise<VillagesOut>;
  readonly village: (token: string, id: string) => Promise<VillageOut>;
}

async function world(env: Record<string, string> = {}): Promise<World> {
  let laterMs = 0;
  const server = await testServer({ env, nowMs: () => Date.now() + laterMs });
  const tokens = new Map<string, string>();
  const as = async (role: Role, sectors = ['S1']): Promise<string> => {
    const key = `${role} ${sectors.join(' ')}`;
    const token = tokens.get(key) ?? (await server.token(role, { sectors, units: ['u1'] }));
    tokens.set(key, token);
    return token;
  };
  const get = async <T>(token: string, path: string): Promise<T> => {
    const { status, body } = await server.call('GET', path, { token });
    expect([path, status]).toEqual([path, 200]);
    return body as T;
  };
  const imported = await server.call('POST', '/api/places/import', {
    token: await as('watch'),
    body: [head, ...rows].join('\n'),
    headers: { 'content-type': 'text/csv' },
  });
  expect(imported.body).toMatchObject({
    accepted: 5,
    rejected: [
      { index: 4, field: 'reach.0' },
      { index: 5, field: 'liaison' },
    ],
  });
  return {
    server,
    later: (hours) => (laterMs += hours * hourMs),
    as,
    villages: (token, query = '') => get(token, `/api/villages?${query}`),
    village: (token, id) => get(token, `/api/villages/${id}`),
  };
}

const names = ({ villages }: VillagesOut): string[] => villages.map(({ name }) => name);

it('a village that is not heard of in its rhythm is shown, counted and handed over as silent until it is', async () => {
  const { server, later, as, villages, village } = await world();
  const [watch, liaison] = [await as('watch'), await as('liaison')];
  expect((await villages(watch)).counts).toEqual({ silent: 0, due: 0, heard: 3, unset: 1 });
  later(13);
  const told = await villages(watch, 'state=silent');
  expect(names(told)).toEqual(['Kolwa']);
  expect(told.villages[0]).toMatchObject({ sector: 'S1', nearestBase: { id: 'b1' }, liaison: 'CLA-3' });
  const brief = (await server.call('GET', '/api/handover/draft', { token: watch })).body as HandoverOut;
  expect(brief.silentVillages.map(({ text }) => text)).toEqual(['Kolwa: never heard']);
  const today = new Date(Date.now() + 13 * hourMs).toISOString().slice(0, 10);
  const sitrep = async (token: string, more = '') =>
    (await server.call('GET', `/api/reports/sitrep?date=${today}${more}`, { token })).body as ReportOut;
  const silentIn = ({ sections }: ReportOut) =>
    sections.flatMap(({ figures }) => figures).find(({ id }) => id === 'silent-villages');
  expect(silentIn(await sitrep(watch))).toMatchObject({ value: 1, records: [{ kind: 'place', id: 'v2' }] });
  expect(silentIn(await sitrep(await as('sector', ['S2']), '&sector=S2'))).toMatchObject({ value: 0 });

  // Their marks on the map: for those who may read the registry, of their own area.
  for (const role of roles) {
    const { status, body } = await server.call('GET', '/api/silent-villages', { token: await as(role) });
    expect([role, status]).toEqual([role, roleMay(role, 'read-villages') ? 200 : 403]);
    if (status === 200) expect([role, (body as { ids: string[] }).ids]).toEqual([role, ['v2']]);
  }
  const elsewhere = await server.call('GET', '/api/silent-villages', { token: await as('sector', ['S2']) });
  expect(elsewhere.body).toMatchObject({ ids: [] });

  const note = (id: string, body: object, token = liaison) =>
    server.call('POST', `/api/villages/${id}/contacts`, { token, body });
  // Nobody answered: that is noted, and the village is as silent as before.
  const tried = await note('v2', { id: 'c1', how: 'hf', result: 'no-answer' });
  expect(tried.body).toMatchObject({ state: 'silent', contacts: [{ id: 'c1', result: 'no-answer' }] });
  const heard = { id: 'c2', how: 'visit', result: 'worried', note: 'call +447700900123 back' };
  for (const status of [201, 200]) expect((await note('v2', heard)).status).toBe(status);
  expect((await note('v2', { ...heard, result: 'all-well' })).status).toBe(409);
  const now = await village(watch, 'v2');
  expect(now).toMatchObject({ state: 'heard', lastContact: { how: 'visit', result: 'worried' } });
  expect(now.contacts?.map(({ id }) => id)).toEqual(['c2', 'c1']);
  expect(JSON.stringify(now)).not.toContain('7700900123');

  later(12.5);
  expect(names(await villages(watch))).toEqual(['Farther', 'Mabiri', 'Kolwa', 'Mabiri Hameau']);
  expect((await villages(watch)).villages.slice(0, 3).map(({ state }) => state)).toEqual(
    Array(3).fill('silent'),
  );
  // A time that is to come is refused; one of yesterday leaves it silent.
  const future = { how: 'call', result: 'all-well', at: new Date(Date.now() + 90 * hourMs).toISOString() };
  expect((await note('v1', future)).body).toMatchObject({ error: { code: 'time-future', field: 'at' } });
  const past = { ...future, at: new Date(Date.now() - hourMs).toISOString() };
  expect((await note('v1', past)).body).toMatchObject({ state: 'silent' });
});

it('many silent villages of one network say that it may be the network, one alone does not', async () => {
  const { server, later, as, villages, village } = await world();
  const token = await as('watch');
  later(25);
  expect(await village(token, 'v1')).not.toHaveProperty('networkSilent');
  const row = 'v5,village,Third,1.9,1.5,,,phone,Airlink,24,CLA-3,';
  const headers = { 'content-type': 'text/csv' };
  await server.call('POST', '/api/places/import', { token, body: `${head}\n${row}`, headers });
  later(25);
  expect(await village(token, 'v1')).toMatchObject({ state: 'silent', networkSilent: true });
  const told = (await villages(token, 'state=silent')).villages.filter(({ networkSilent }) => networkSilent);
  expect(told.map(({ id }) => id).sort()).toEqual(['v1', 'v4', 'v5']);
});

it('a message of a focal point counts as contact of its village, unless it is one that nobody may know of', async () => {
  const { server, later, as, village } = await world();
  const [liaison, watch, feed] = [await as('liaison'), await as('watch'), await as('feed')];
  const number = '+447700900456';
  await server.call('POST', '/api/focal-points', { token: liaison, body: { number, placeId: 'v2' } });
  const say = (id: string, text: string) =>
    server.call('POST', '/intake/sms/generic', { token: feed, body: { id, from: number, text } });
  later(13);
  await say('m1', 'armed men on the road');
  const heard = await village(watch, 'v2');
  expect(heard).toMatchObject({ state: 'heard', lastContact: { how: 'message' } });
  // It counts for those who may not know of callers, and is not told: no time of it, no trace.
  const sector = await village(await as('sector'), 'v2');
  expect(sector).toMatchObject({ state: 'heard', contacts: [] });
  expect(sector).not.toHaveProperty('lastContact');
  expect(sector).not.toHaveProperty('dueAt');

  later(13);
  await say('m2', 'they raped two women last night');
  const silent = await village(watch, 'v2');
  expect(silent).toMatchObject({ state: 'silent', lastContact: heard.lastContact });
});

it('only those who have business with villages read the registry, each its own area, and no picture holds it', async () => {
  const { server, as, villages } = await world();
  const may: readonly Role[] = ['admin', 'watch', 'chief', 'sector', 'liaison', 'analyst', 'command'];
  for (const role of roles) {
    const token = await as(role);
    const answer = await server.call('GET', '/api/villages', { token });
    expect([role, answer.status]).toEqual([role, may.includes(role) ? 200 : 403]);
    const picture = await server.call('GET', '/api/picture', { token });
    expect(JSON.stringify(picture.body)).not.toMatch(/CLA-3|Airlink|contactEveryH|hamletOf/);
    const own = role === 'sector' || role === 'liaison';
    if (may.includes(role)) expect([role, (await villages(token)).total]).toEqual([role, own ? 3 : 4]);
    const contact = { how: 'call', result: 'all-well' };
    const noted = await server.call('POST', '/api/villages/v4/contacts', { token, body: contact });
    const expected = ['admin', 'watch', 'chief'].includes(role) ? 201 : own ? 404 : 403;
    expect([role, noted.status]).toEqual([role, expected]);
  }
  const liaison = await as('liaison');
  expect((await server.call('GET', '/api/villages/v4', { token: liaison })).status).toBe(404);
  expect(names(await villages(liaison, 'q=mabirri'))).toEqual(['Mabiri', 'Mabiri Hameau']);
  expect(names(await villages(await as('watch'), 'reach=phone&sector=S2'))).toEqual(['Farther']);
  const paged = await villages(await as('watch'), 'limit=1&from=1');
  expect(paged).toMatchObject({ total: 4, next: 2 });
  for (const query of ['state=lost', 'reach=drum', 'limit=0', 'limit=201', 'from=-1'])
    expect([query, (await server.call('GET', `/api/villages?${query}`, { token: liaison })).status]).toEqual([
      query,
      422,
    ]);
});

it('whatever is sent as a contact is noted or refused by its field, and never a fault of the server', async () => {
  const { server, as } = await world();
  const token = await as('liaison');
  const body = fc.oneof(
    fc.record(
      {
        id: fc.string(),
        at: fc.oneof(fc.string(), fc.date().map(String), fc.constant('2026-13-41T25:61:00Z')),
        how: fc.oneof(fc.constantFrom('call', 'sms'), fc.string()),
        by: fc.oneof(fc.constantFrom('patrol', 'other'), fc.string()),
        result: fc.oneof(fc.constantFrom('all-well', 'no-answer'), fc.string()),
        note: fc.string({ unit: 'binary', maxLength: 1_500 }),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue(),
  );
  await fc.assert(
    fc.asyncProperty(body, async (said) => {
      const path = '/api/villages/v1/contacts';
      const { status } = await server.call('POST', path, { token, body: JSON.stringify(said) });
      expect([200, 201, 400, 409, 422]).toContain(status);
    }),
    { numRuns: 150 },
  );
});

it('what is known of villages is there again after a restart, on Redis as well', async () => {
  const redis = await startRedis();
  onTestFinished(() => redis.remove());
  const onRedis: Record<string, string> = { REDIS_URL: redis.url };
  for (const more of [{}, onRedis]) {
    const env = { ...more, DATA_DIR: temporaryFolder() };
    const first = await world(env);
    const token = await first.as('watch');
    const body = { id: 'c1', how: 'call', result: 'all-well' };
    await first.server.call('POST', '/api/villages/v1/contacts', { token, body });
    // An import that says nothing of the registry leaves it; null takes a field away.
    const place = { type: 'Feature', id: 'v1', geometry: { type: 'Point', coordinates: [1.5, 1.5] } };
    const feature = { ...place, properties: { kind: 'village', name: 'Mabiri', network: null } };
    await first.server.call('POST', '/api/places/import', { token, body: feature });
    const before = await first.village(token, 'v1');
    expect(before).toMatchObject({
      contactEveryH: 24,
      reach: ['phone', 'bell'],
      lastContact: { how: 'call' },
    });
    expect(before).not.toHaveProperty('network');
    await first.server.stop();
    const again = await testServer({ env });
    expect((await again.call('GET', '/api/villages/v1', { token })).body).toEqual(before);
    await again.stop();
  }
});
