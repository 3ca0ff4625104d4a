import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { createToken, withdrawToken } from '../../server/identity/tokens.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

const now = (): string => new Date().toISOString();
const alert = { category: 'displacement', text: 'on the road', channel: 'radio', lon: 1, lat: 1 };
const position = (unit: string, lon = 1) => ({ unit, time: now(), lon, lat: 1 });

async function raise(server: TestServer, token: string, more: object = {}): Promise<AlertOut> {
  const { body } = await server.call('POST', '/api/alerts', { token, body: { ...alert, ...more } });
  return body as AlertOut;
}

describe('what a caller may not do', () => {
  it('a feed neither changes nor removes a unit that somebody registered, and follows only its own fixes', async () => {
    const server = await testServer();
    const [admin, feed] = [await server.token('admin'), await server.token('feed')];
    await server.call('PUT', '/api/units/QRF1', {
      token: admin,
      body: { callsign: 'QRF 1', capabilities: ['medic'] },
    });
    for (const [method, body] of [
      ['PUT', { callsign: 'mine' }],
      ['DELETE', undefined],
    ] as const) {
      expect((await server.call(method, '/api/units/QRF1', { token: feed, body })).status).toBe(403);
    }
    await server.call('POST', '/api/positions', { token: feed, body: [position('QRF1')] });
    await server.call('POST', '/api/positions', { token: admin, body: [position('QRF1', 2)] });
    const { body } = await server.call('GET', '/api/picture', { token: feed });
    expect((body as PictureOut).units).toEqual([]);
  });

  it('a feed gets back its own words and nothing that an adviser added', async () => {
    const server = await testServer();
    const [adviser, feed] = [await server.token('adviser'), await server.token('feed')];
    const { id } = await raise(server, feed, { category: 'crsv', text: 'first words' });
    await server.call('PATCH', `/api/alerts/${id}`, {
      token: adviser,
      body: { text: 'DETAIL', placeName: 'CLINIC' },
    });
    const { body } = await server.call('GET', `/api/alerts/${id}`, { token: feed });
    expect(JSON.stringify(body)).toContain('first words');
    expect(JSON.stringify(body)).not.toMatch(/DETAIL|CLINIC/);
  });

  it('no mission file opens the restricted classes', async () => {
    const server = await testServer({ mission: { restricted: ['attack-on-un'] } });
    const { id } = await raise(server, await server.token('adviser'), { category: 'crsv', text: 'SECRET' });
    for (const role of ['command', 'analyst', 'wall'] as const) {
      expect(
        (await server.call('GET', `/api/alerts/${id}`, { token: await server.token(role) })).status,
      ).toBe(404);
    }
  });

  it('restricted records leave no gap in the numbers and no id in a merge', async () => {
    const server = await testServer();
    const [watch, command] = [await server.token('watch'), await server.token('command')];
    const ordinary = await raise(server, watch);
    const hidden = await raise(server, watch, { category: 'crsv', id: 'HIDDEN' });
    const next = await raise(server, watch);
    expect([ordinary.number?.slice(-2), next.number?.slice(-2)]).toEqual(['01', '02']);
    expect(hidden.number).toContain('PRT-');
    await server.call('POST', `/api/alerts/${ordinary.id}/merge`, { token: watch, body: { into: 'HIDDEN' } });
    const { body } = await server.call('GET', `/api/alerts/${ordinary.id}`, { token: command });
    expect(body).toMatchObject({ state: 'merged' });
    expect(JSON.stringify(body)).not.toContain('HIDDEN');
    const { body: own } = await server.call('GET', `/api/alerts/${ordinary.id}`, { token: watch });
    expect(own).toMatchObject({ mergedInto: 'HIDDEN' });
  });

  it('anyone at the desk restricts, a liaison does not, and only the adviser releases', async () => {
    const server = await testServer();
    const watch = await server.token('watch');
    const { id } = await raise(server, watch);
    const patch = async (role: 'watch' | 'liaison' | 'adviser', restricted: string | null) =>
      (
        await server.call('PATCH', `/api/alerts/${id}`, {
          token: await server.token(role, { sectors: ['S1'] }),
          body: { restricted },
        })
      ).status;
    expect(await patch('liaison', 'child')).toBe(403);
    expect(await patch('watch', 'child')).toBe(200);
    expect(await patch('watch', null)).toBe(403);
    expect(await patch('adviser', null)).toBe(200);
    const { body } = await server.call('GET', `/api/alerts/${id}`, { token: watch });
    expect(body).toMatchObject({ text: 'on the road' });
  });

  it('a sector works with its own units and threats', async () => {
    const server = await testServer();
    const [admin, sector] = [await server.token('admin'), await server.token('sector', { sectors: ['S1'] })];
    await server.call('PUT', '/api/units/far', { token: admin, body: { callsign: 'FAR', sector: 'S2' } });
    const { id } = await raise(server, admin, { priority: 'P1' });
    const task = await server.call('POST', `/api/alerts/${id}/task`, {
      token: sector,
      body: { units: ['far'] },
    });
    expect(task.body).toMatchObject({ error: { code: 'unit-not-yours' } });
    const threat = { kind: 'x', geometry: { type: 'Point', coordinates: [15, 1] }, likelihood: 1, impact: 1 };
    const raised = await server.call('POST', '/api/threats', { token: admin, body: { ...threat, id: 't' } });
    expect(raised.status).toBe(201);
    expect((await server.call('POST', '/api/threats/t/end', { token: sector, body: {} })).status).toBe(403);
  });

  it('a liaison learns nothing of a threat next door, however wide its circle', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const at = (lon: number) => ({ geometry: { type: 'Point', coordinates: [lon, 1] }, radiusM: 100_000 });
    for (const [id, lon] of [
      ['here', 9.9],
      ['next', 10.1],
    ] as const) {
      const threat = { id, kind: 'x', likelihood: 1, impact: 1, text: `TEXT-${id}`, ...at(lon) };
      await server.call('POST', '/api/threats', { token, body: threat });
    }
    const liaison = await server.token('liaison', { sectors: ['S1'] });
    const { body } = await server.call('GET', '/api/picture', { token: liaison });
    expect((body as PictureOut).threats.map(({ id }) => id)).toEqual(['here']);
    expect(JSON.stringify(body)).not.toContain('TEXT-next');
  });

  it('a liaison reads of a passing unit what it did in its own area', async () => {
    const server = await testServer();
    const admin = await server.token('admin');
    await server.call('PUT', '/api/units/passing', { token: admin, body: { callsign: 'LRP 9' } });
    for (const lon of [15, 12, 9]) {
      await server.call('POST', '/api/positions', { token: admin, body: [position('passing', lon)] });
    }
    const token = await server.token('liaison', { sectors: ['S1'] });
    const { body } = await server.call('GET', '/api/units/passing/track', { token });
    expect(body).toMatchObject({ geometry: { coordinates: [[9, 1]] } });
  });
});

describe('what a change means', () => {
  it('half a position is none, and another place brings its own position', async () => {
    const server = await testServer();
    const token = await server.token('admin');
    const csv = 'id,kind,name,lon,lat\nv1,village,Mabiri,1,1\nv2,village,Tsera,2,2\n';
    await server.call('POST', '/api/places/import', {
      token,
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    const { id } = await raise(server, token, { lon: undefined, lat: undefined, placeId: 'v1' });
    const half = await server.call('POST', `/api/alerts/${id}/triage`, {
      token,
      body: { priority: 'P2', lon: 10 },
    });
    expect([half.status, half.body]).toMatchObject([422, { error: { field: 'lon' } }]);
    const moved = await server.call('PATCH', `/api/alerts/${id}`, { token, body: { placeId: 'v2' } });
    expect(moved.body).toMatchObject({ placeId: 'v2', placeName: 'Tsera', lon: 2, lat: 2 });
  });

  it('the id of the alert itself is no id of a change', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const { id } = await raise(server, token);
    for (const text of ['one', 'two']) {
      const { body } = await server.call('PATCH', `/api/alerts/${id}`, { token, body: { id, text } });
      expect(body).toMatchObject({ text });
    }
    const retry = () =>
      server.call('POST', `/api/alerts/${id}/acknowledge`, {
        token,
        body: {},
        headers: { 'idempotency-key': 'k1' },
      });
    expect([(await retry()).status, (await retry()).status]).toEqual([200, 200]);
  });

  it('a wrong step is 409 even with an incomplete body, and a role that can never take it gets 403', async () => {
    const server = await testServer();
    const { id } = await raise(server, await server.token('watch'));
    const accept = (token: string) => server.call('POST', `/api/alerts/${id}/accept`, { token, body: {} });
    expect((await accept(await server.token('watch'))).status).toBe(409);
    expect((await accept(await server.token('feed'))).status).toBe(403);
  });
});

describe('what nobody unknown can do', () => {
  it('make the server read a large body', async () => {
    const server = await testServer();
    const body = gzipSync(Buffer.alloc(40_000_000, 32));
    const before = process.memoryUsage().arrayBuffers;
    const headers = { 'content-encoding': 'gzip', 'content-type': 'text/csv' };
    for (let call = 0; call < 5; call++) {
      expect((await server.call('POST', '/api/places/import', { body, headers })).status).toBe(401);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });

  it('end the server through a map pack whose own server breaks off', async () => {
    const upstream = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': '1000000' });
      response.write('x'.repeat(1000), () => response.destroy());
    });
    upstream.listen(0, '127.0.0.1');
    await once(upstream, 'listening');
    onTestFinished(() => void upstream.close());
    const { port } = upstream.address() as AddressInfo; // listening on TCP
    const server = await testServer({ env: { BASEMAP: `http://127.0.0.1:${port}/x.pmtiles` } });
    await fetch(`${server.url}/tiles/mission.pmtiles`)
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);
    expect((await server.call('GET', '/health')).status).toBe(200);
  });
});

describe('a session', () => {
  it('ends with the token that opened it', async () => {
    const clock = { aheadMs: 0 };
    const server = await testServer({ nowMs: () => Date.now() + clock.aheadMs });
    const { shelf } = server.record;
    const cookieOf = async (token: string): Promise<string> => {
      const { headers } = await server.call('POST', '/api/session', { body: { token } });
      return headers.get('set-cookie')?.split(';')[0] ?? '';
    };
    const short = await createToken(
      shelf,
      { role: 'watch', expiresAtMs: Date.now() + 3_600_000 },
      Date.now(),
    );
    const withdrawn = await server.token('watch');
    const cookies = [await cookieOf(short), await cookieOf(withdrawn)];
    const statuses = () =>
      Promise.all(
        cookies.map(
          async (cookie) => (await server.call('GET', '/api/session', { headers: { cookie } })).status,
        ),
      );
    expect(await statuses()).toEqual([200, 200]);
    await withdrawToken(shelf, withdrawn.slice(3, 15));
    clock.aheadMs = 3_700_000;
    expect(await statuses()).toEqual([401, 401]);
  });

  it('is refused to a foreign page on every call, signing out included', async () => {
    const server = await testServer();
    const { headers } = await server.call('POST', '/api/session', {
      body: { token: await server.token('watch') },
    });
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const foreign = { cookie, origin: 'https://elsewhere.example' };
    expect((await server.call('GET', '/api/picture', { headers: foreign })).status).toBe(403);
    expect((await server.call('DELETE', '/api/session', { headers: { cookie } })).status).toBe(403);
    expect((await server.call('GET', '/api/picture', { headers: { cookie } })).status).toBe(200);
  });
});
