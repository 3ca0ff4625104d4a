import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { call, testServer } from '../support/test-server.ts';

const now = (agoMs = 0): string => new Date(Date.now() - agoMs).toISOString();
const position = (unit: string, more = {}) => ({ unit, time: now(), lon: 1, lat: 1, ...more });

describe('POST /api/positions', () => {
  it('takes the good ones of a batch and lists the bad ones with index, code and field', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const same = position('u');
    const body = {
      positions: [
        position('u', { lat: 91 }),
        same,
        position('u', { time: 'yesterday' }),
        position('u', { time: now(-120_000) }),
        { ...same, lon: 2 },
        same,
        null,
        { time: now(), lon: 1, lat: 1 },
        position('v', { lon: '5' }),
        position('__proto__'),
        position('heartbeat'),
        position('u', { time: '2026-02-31T00:00:00Z' }),
      ],
    };
    const { status, body: answer } = await server.call('POST', '/api/positions', { token, body });
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      accepted: 2,
      duplicates: 1,
      rejected: [
        { index: 0, code: 'field-out-of-range', field: 'lat' },
        { index: 2, code: 'time-invalid', field: 'time' },
        { index: 3, code: 'time-future', field: 'time' },
        { index: 4, code: 'conflict', field: 'time' },
        { index: 6, code: 'bad-body' },
        { index: 7, code: 'field-missing', field: 'unit' },
        { index: 8, code: 'field-invalid', field: 'lon' },
        { index: 10, code: 'unit-not-yours', field: 'unit' },
        { index: 11, code: 'time-invalid', field: 'time' },
      ],
    });
    const picture = (await server.call('GET', '/api/picture', { token: await server.token('watch') })).body;
    expect((picture as { units: Array<{ id: string }> }).units.map(({ id }) => id).sort()).toEqual([
      '__proto__',
      'u',
    ]);
  });

  it('changes nothing when the same batch comes again', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const body = [position('a'), position('b')];
    await server.call('POST', '/api/positions', { token, body });
    const again = await server.call('POST', '/api/positions', { token, body });
    expect(again.body).toEqual({ accepted: 0, duplicates: 2, rejected: [] });
  });

  it('keeps to the units of the token, and registers for unbound feeds only', async () => {
    const server = await testServer();
    const admin = await server.token('admin');
    await server.call('PUT', '/api/units/mine', {
      token: admin,
      body: { callsign: 'LRP 1', kind: 'patrol' },
    });
    await server.call('PUT', '/api/units/other', { token: admin, body: { callsign: 'LRP 2' } });
    const patrol = await server.token('patrol', { units: ['mine', 'unborn'] });
    const { body } = await server.call('POST', '/api/positions', {
      token: patrol,
      body: [position('mine'), position('other'), position('unborn')],
    });
    expect(body).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, code: 'unit-not-yours' },
        { index: 2, code: 'unit-unknown' },
      ],
    });
    const wall = await server.call('POST', '/api/positions', {
      token: await server.token('wall'),
      body: [position('mine')],
    });
    expect([wall.status, wall.body]).toMatchObject([403, { error: { code: 'role-not-allowed' } }]);
  });

  it('refuses what is no batch with a code, and stands', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const gzip = { 'content-encoding': 'gzip', 'content-type': 'application/json' };
    const many = Array.from({ length: 100_000 }, () => 0);
    const cases: Array<[unknown, Record<string, string>, number, string]> = [
      ['{"positions":[', {}, 400, 'bad-json'],
      ['[{"unit":"u","lon":NaN}]', {}, 400, 'bad-json'],
      ['"text"', {}, 400, 'bad-body'],
      ['', {}, 400, 'bad-json'],
      [many, {}, 413, 'too-many-items'],
      ['x'.repeat(12_000_000), {}, 413, 'too-large'],
      [gzipSync('[]'.repeat(1000)).subarray(0, 12), gzip, 400, 'bad-encoding'],
      [new Uint8Array([0xff, 0xfe, 0x5b]), {}, 400, 'bad-encoding'],
      [gzipSync(Buffer.alloc(30_000_000, 32)), gzip, 413, 'too-large'],
      ['[]', { 'content-encoding': 'compress' }, 400, 'bad-encoding'],
    ];
    for (const [body, headers, status, code] of cases) {
      const answer = await server.call('POST', '/api/positions', { token, body, headers });
      expect([answer.status, answer.body]).toMatchObject([status, { error: { code } }]);
    }
    const zipped = await server.call('POST', '/api/positions', {
      token,
      body: gzipSync(JSON.stringify([position('z')])),
      headers: gzip,
    });
    expect(zipped.body).toMatchObject({ accepted: 1 });
  });

  it('takes NDJSON line by line', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const body = `${JSON.stringify(position('n1'))}\n{"unit":\n${JSON.stringify(position('n2'))}\n`;
    const answer = await server.call('POST', '/api/positions', {
      token,
      body,
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(answer.body).toMatchObject({ accepted: 2, rejected: [{ index: 1, code: 'bad-json' }] });
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    await new Promise<void>((resolve) => {
      const sending = request(`${server.url}/api/positions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-length': '1000' },
      });
      sending.on('error', () => resolve());
      sending.write('[{"unit":', () => sending.destroy());
    });
    expect(
      (await server.call('POST', '/api/positions', { token, body: [position('u')] })).body,
    ).toMatchObject({ accepted: 1 });
  });
});

describe('the picture over HTTP', () => {
  it('carries the fields that the contract promises, with state and age at its time', async () => {
    const server = await testServer();
    const admin = await server.token('admin');
    await server.call('PUT', '/api/units/u', {
      token: admin,
      body: { callsign: 'LRP 4', kind: 'patrol', staleAfterS: 60 },
    });
    await server.call('PUT', '/api/units/silent', { token: admin, body: { callsign: 'LRP 5' } });
    const time = now(100_000);
    await server.call('POST', '/api/positions', {
      token: await server.token('feed'),
      body: [{ unit: 'u', time, lon: 29.1234567, lat: -1.5, courseDeg: 90, speedMps: 3.3, batteryPct: 55 }],
    });
    const { body } = await server.call('GET', '/api/picture', { token: admin });
    const picture = body as { cursor: string; at: string; units: Array<Record<string, unknown>> };
    expect(picture.cursor).toMatch(/^.+\.\d+$/);
    const units = new Map(picture.units.map((unit) => [unit['id'], unit]));
    expect(units.get('u')).toMatchObject({
      callsign: 'LRP 4',
      kind: 'patrol',
      lon: 29.1234567,
      lat: -1.5,
      time,
      courseDeg: 90,
      speedMps: 3.3,
      batteryPct: 55,
      staleAfterS: 60,
      state: 'stale',
    });
    expect(units.get('u')?.['ageS']).toBeGreaterThan(99);
    expect(units.get('silent')).toMatchObject({
      lon: null,
      lat: null,
      time: null,
      ageS: null,
      state: 'lost',
    });
    expect(body).toMatchObject({ patrols: [], alerts: [], threats: [], places: [] });
  });

  it('answers the track, late fixes in their place, as GeoJSON, GPX and CSV', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    for (const [agoMs, lon] of [
      [60_000, 1],
      [10_000, 3],
      [30_000, 2],
    ] as const) {
      await server.call('POST', '/api/positions', {
        token,
        body: [{ unit: 'u', time: now(agoMs), lon, lat: 1 }],
      });
    }
    const watch = await server.token('watch');
    const geo = await server.call('GET', '/api/units/u/track', { token: watch });
    expect(geo.body).toMatchObject({
      type: 'Feature',
      geometry: {
        type: 'LineString',
        coordinates: [
          [1, 1],
          [2, 1],
          [3, 1],
        ],
      },
    });
    const part = await server.call('GET', `/api/units/u/track?from=${now(40_000)}&to=${now(20_000)}`, {
      token: watch,
    });
    expect(part.body).toMatchObject({ geometry: { coordinates: [[2, 1]] } });
    for (const [accept, start] of [
      ['application/gpx+xml', '<?xml'],
      ['text/csv', 'unit,time'],
    ] as const) {
      const other = await server.call('GET', '/api/units/u/track', { token: watch, headers: { accept } });
      expect(String(other.body).startsWith(start)).toBe(true);
    }
    // A feed brings one fix and has not earned the others.
    const foreign = await server.token('feed');
    const own = await server.token('feed', { units: ['u'] });
    const body = [{ unit: 'u', time: now(0), lon: 1, lat: 1 }];
    await server.call('POST', '/api/positions', { token: foreign, body });
    expect((await server.call('GET', '/api/units/u/track', { token: foreign })).status).toBe(403);
    expect((await server.call('GET', '/api/units/u/track', { token: own })).status).toBe(200);
    const wall = await server.call('GET', '/api/units/u/track', { token: await server.token('wall') });
    expect(wall.status).toBe(403);
    expect((await server.call('GET', '/api/units/nobody/track', { token: watch })).status).toBe(404);
  });
});

describe('alerts over HTTP', () => {
  const alert = {
    category: 'imminent-attack',
    text: 'armed men at the bridge',
    channel: 'sms',
    lon: 1,
    lat: 1,
  };

  it('raises, works and closes an alert, and refuses a wrong step with what is allowed', async () => {
    const server = await testServer();
    const watch = await server.token('watch', { name: 'Sgt Watch' });
    const feed = await server.token('feed');
    await server.call('POST', '/api/positions', { token: feed, body: [position('q1')] });
    const raised = await server.call('POST', '/api/alerts', { token: watch, body: alert });
    expect(raised.status).toBe(201);
    const { id } = raised.body as { id: string };
    expect(raised.body).toMatchObject({
      state: 'received',
      verification: 'unverified',
      priority: 'P1',
      precision: 'exact',
      sector: 'S1',
      clock: { segments: [{ segment: 'acknowledge', targetS: 60, over: false }] },
      tasks: [],
    });
    const step = (name: string, body: unknown = {}) =>
      server.call('POST', `/api/alerts/${id}/${name}`, { token: watch, body });
    const wrong = await step('close', { outcome: 'other', harm: 'unknown' });
    expect([wrong.status, wrong.body]).toMatchObject([
      409,
      { error: { code: 'step-not-allowed', details: { state: 'received' } } },
    ]);
    expect((await step('acknowledge')).body).toMatchObject({ state: 'acknowledged', owner: 'Sgt Watch' });
    expect((await step('acknowledge')).status).toBe(409);
    expect((await step('dance')).status).toBe(404);
    expect((await step('triage', { priority: 'P9' })).body).toMatchObject({
      error: { code: 'field-invalid', field: 'priority' },
    });
    expect((await step('triage', { priority: 'P1' })).body).toMatchObject({ state: 'triaged' });
    expect((await step('task', { units: ['nobody'] })).body).toMatchObject({
      error: { code: 'unit-unknown' },
    });
    expect((await step('task', { units: ['q1'], order: 'go' })).body).toMatchObject({
      tasks: [{ unit: 'q1', state: 'offered' }],
    });
    const patrol = await server.token('patrol', { units: ['q1'] });
    const accepted = await server.call('POST', `/api/alerts/${id}/accept`, {
      token: patrol,
      body: { unit: 'q1' },
    });
    expect(accepted.body).toMatchObject({ state: 'accepted' });
    expect(JSON.stringify(accepted.body)).not.toContain('armed men');
    const stranger = await server.token('patrol', { units: ['q2'] });
    expect(
      (await server.call('POST', `/api/alerts/${id}/accept`, { token: stranger, body: { unit: 'q2' } }))
        .status,
    ).toBe(404);
  });

  it('takes the same alert twice as one and another under its id as a conflict', async () => {
    const server = await testServer();
    const token = await server.token('liaison', { sectors: ['S1'] });
    const body = { ...alert, id: 'phone-1' };
    expect((await server.call('POST', '/api/alerts', { token, body })).status).toBe(201);
    expect((await server.call('POST', '/api/alerts', { token, body })).status).toBe(200);
    const other = await server.call('POST', '/api/alerts', {
      token,
      body: { ...body, text: 'something else' },
    });
    expect([other.status, other.body]).toMatchObject([409, { error: { code: 'conflict', field: 'id' } }]);
  });

  it('names the field that is wrong', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    for (const [change, code, field] of [
      [{ category: 'party' }, 'field-invalid', 'category'],
      [{ category: undefined }, 'field-missing', 'category'],
      [{ lat: 91 }, 'field-out-of-range', 'lat'],
      [{ lat: undefined }, 'field-invalid', 'lon'],
      [{ infoGrade: 7 }, 'field-out-of-range', 'infoGrade'],
    ] as const) {
      const answer = await server.call('POST', '/api/alerts', { token, body: { ...alert, ...change } });
      expect([answer.status, answer.body]).toMatchObject([422, { error: { code, field } }]);
    }
  });

  it('corrects an alert without moving its state, restricted ones by an adviser only', async () => {
    const server = await testServer();
    const watch = await server.token('watch');
    const { body } = await server.call('POST', '/api/alerts', {
      token: watch,
      body: { ...alert, category: 'crsv', text: 'SECRET' },
    });
    expect(body).toMatchObject({ category: 'protection-incident', precision: 'area' });
    expect(JSON.stringify(body)).not.toContain('SECRET');
    const { id } = body as { id: string };
    expect(
      (await server.call('PATCH', `/api/alerts/${id}`, { token: watch, body: { text: 'x' } })).status,
    ).toBe(403);
    const adviser = await server.token('adviser');
    const changed = await server.call('PATCH', `/api/alerts/${id}`, {
      token: adviser,
      body: { text: 'better words' },
    });
    expect(changed.body).toMatchObject({ text: 'better words', state: 'received', category: 'crsv' });
  });
});

describe('threats, places, units over HTTP', () => {
  it('raises, changes and ends a threat', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const threat = {
      kind: 'armed-group',
      geometry: { type: 'Point', coordinates: [1, 1] },
      radiusM: 5000,
      likelihood: 4,
      impact: 5,
    };
    const raised = await server.call('POST', '/api/threats', { token, body: threat });
    expect([raised.status, raised.body]).toMatchObject([201, { level: 20, kind: 'armed-group' }]);
    const { id } = raised.body as { id: string };
    expect(
      (await server.call('PATCH', `/api/threats/${id}`, { token, body: { likelihood: 1 } })).body,
    ).toMatchObject({ level: 5 });
    expect((await server.call('POST', `/api/threats/${id}/end`, { token, body: {} })).body).toHaveProperty(
      'endedAt',
    );
    const backwards = { validFrom: '2026-11-22T10:00:00Z', validTo: '2026-11-22T09:00:00Z' };
    const never = await server.call('POST', '/api/threats', { token, body: { ...threat, ...backwards } });
    expect([never.status, never.body]).toMatchObject([422, { error: { field: 'validTo' } }]);
    const late = await server.call('PATCH', `/api/threats/${id}`, { token, body: { impact: 1 } });
    expect(late.status).toBe(409);
    const open = {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      ],
    };
    const wrong = await server.call('POST', '/api/threats', { token, body: { ...threat, geometry: open } });
    expect([wrong.status, wrong.body]).toMatchObject([
      422,
      { error: { field: expect.stringContaining('geometry') as string } },
    ]);
  });

  it('imports places from CSV and GeoJSON, good ones kept, bad ones listed', async () => {
    const server = await testServer();
    const token = await server.token('admin');
    const csv = 'id,kind,name,lon,lat,population\nv1,village,Mabiri,1,1,2300\nv2,castle,Kolwa,1,1,\n';
    const imported = await server.call('POST', '/api/places/import', {
      token,
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    expect(imported.body).toMatchObject({ accepted: 1, rejected: [{ index: 1, field: 'kind' }] });
    const feature = {
      type: 'Feature',
      id: 'b1',
      properties: { kind: 'base', name: 'Base' },
      geometry: { type: 'Point', coordinates: [2, 2] },
    };
    await server.call('POST', '/api/places/import', {
      token,
      body: { type: 'FeatureCollection', features: [feature] },
    });
    const { body } = await server.call('GET', '/api/picture', { token });
    expect((body as { places: Array<{ name: string }> }).places.map(({ name }) => name).sort()).toEqual([
      'Base',
      'Mabiri',
    ]);
    const watch = await server.token('watch');
    const raised = await server.call('POST', '/api/alerts', {
      token: watch,
      body: { category: 'other', text: 'x', channel: 'call', placeId: 'v1' },
    });
    expect(raised.body).toMatchObject({
      lon: 1,
      lat: 1,
      placeName: 'Mabiri',
      precision: 'village',
      sector: 'S1',
    });
  });
});

describe('signing in', () => {
  it('gives a cookie for a token, and asks cookies for an origin of its own', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const signedIn = await server.call('POST', '/api/session', {
      body: { token },
      headers: { origin: server.url },
    });
    expect(signedIn.body).toMatchObject({ role: 'watch', mode: 'live', mission: { name: 'Test mission' } });
    const setCookie = signedIn.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/HttpOnly/i);
    expect(setCookie).toMatch(/SameSite=Strict/i);
    const cookie = setCookie.split(';')[0] ?? '';
    const body = { category: 'other', text: 'x', channel: 'call' };
    expect((await call(server.url, 'GET', '/api/picture', { headers: { cookie } })).status).toBe(200);
    expect((await call(server.url, 'POST', '/api/alerts', { body, headers: { cookie } })).status).toBe(403);
    const foreign = { cookie, origin: 'https://elsewhere.example' };
    expect((await call(server.url, 'POST', '/api/alerts', { body, headers: foreign })).body).toMatchObject({
      error: { code: 'origin-refused' },
    });
    const own = { cookie, origin: server.url };
    expect((await call(server.url, 'POST', '/api/alerts', { body, headers: own })).status).toBe(201);
    expect((await call(server.url, 'DELETE', '/api/session', { headers: own })).status).toBe(204);
    expect((await call(server.url, 'GET', '/api/picture', { headers: { cookie } })).status).toBe(401);
  });

  it('refuses wrong, expired and missing tokens alike', async () => {
    const server = await testServer();
    for (const token of [undefined, 'x', 'nf_AAAAAAAAAAAA_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']) {
      expect((await server.call('GET', '/api/picture', { token })).body).toMatchObject({
        error: { code: 'not-signed-in' },
      });
    }
  });

  it('answers unknown addresses with a code, and the headers keep pages to this origin', async () => {
    const server = await testServer();
    const answer = await server.call('GET', '/api/nothing');
    expect([answer.status, answer.body]).toMatchObject([404, { error: { code: 'not-found' } }]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await server.call('GET', '/api/units/%E0%A4%A/track')).status).toBe(400);
  });
});
