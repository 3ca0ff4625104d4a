import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testServer, type Answer, type TestServer } from '../support/test-server.ts';

interface Fields {
  readonly identifier: string;
  readonly msgType?: string;
  readonly references?: string;
  readonly area?: string;
  readonly event?: string;
}

function cap({ identifier, msgType = 'Alert', references = '', area = '', event = 'Flood' }: Fields): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${identifier}</identifier><sender>met@example.org</sender>
<sent>2026-11-22T10:00:00+02:00</sent><status>Actual</status><msgType>${msgType}</msgType><scope>Public</scope>
${references === '' ? '' : `<references>${references}</references>`}<note>no longer &amp; over</note>
<info><language>en</language><category>Met</category><event>${event}</event><urgency>Immediate</urgency>
<severity>Extreme</severity><certainty>Likely</certainty><headline>River &lt;rising&gt; &#233;</headline>
<area><areaDesc>Low bank</areaDesc>${area}</area></info></alert>`;
}

const send = (server: TestServer, token: string, body: string): Promise<Answer> =>
  server.call('POST', '/intake/cap', { token, body, headers: { 'content-type': 'application/cap+xml' } });

describe('CAP', () => {
  it('raises, updates through a chain of references and cancels one alert with its area, in lat,lon order', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const watch = await server.token('watch');
    const first = await send(server, token, cap({ identifier: 'a', area: '<circle>1.5,12.25 3</circle>' }));
    expect([first.status, first.body]).toMatchObject([200, { what: 'raised', signature: 'unsigned' }]);
    const { alertId, threatId } = first.body as { alertId: string; threatId: string };
    expect((await send(server, token, cap({ identifier: 'a', area: '' }))).body).toMatchObject({
      what: 'duplicate',
      alertId,
    });
    const look = async (): Promise<unknown> =>
      (await server.call('GET', `/api/alerts/${alertId}`, { token: watch })).body;
    expect(await look()).toMatchObject({
      ...{ channel: 'cap', category: 'natural-hazard', priority: 'P1', lon: 12.25, lat: 1.5, radiusM: 3_000 },
      ...{ sector: 'S2', placeName: 'Low bank', sourceGrade: 'F' },
      text: '[en] Flood\nRiver <rising> é',
    });
    const polygon = '<polygon>2,1 2,2 3,2 3,1 2,1</polygon>';
    const [b, c] = [
      'met@example.org,a,2026-11-22T10:00:00+02:00',
      'met@example.org,b,2026-11-22T10:00:00+02:00',
    ];
    const update = cap({ identifier: 'b', msgType: 'Update', references: b, area: polygon });
    expect((await send(server, token, update)).body).toMatchObject({ what: 'changed', alertId });
    expect(await look()).toMatchObject({ lon: 1.5, lat: 2.5, sector: 'S1' });
    const cancel = await send(server, token, cap({ identifier: 'c', msgType: 'Cancel', references: c }));
    expect(cancel.body).toMatchObject({ what: 'cancelled', alertId });
    expect(await look()).toMatchObject({
      state: 'received',
      text: expect.stringContaining('no longer & over') as string,
    });
    const { body } = await server.call('GET', '/api/picture', { token: watch });
    expect(body).toMatchObject({ threats: [{ id: threatId, endedAt: expect.any(String) as string }] });
  });

  it('refuses document types, entities, depth and size before it parses, and takes nothing but CAP', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const good = cap({ identifier: 'x' });
    const file = '<!DOCTYPE alert [<!ENTITY f SYSTEM "file:///etc/passwd">]>';
    const bomb = `<!DOCTYPE a [<!ENTITY a "aaaa">${'<!ENTITY b "&a;&a;">'.repeat(9)}]>`;
    const bad = [
      good.replace('<alert', `${file}<alert`).replace('Flood', '&f;'),
      good.replace('<alert', `${bomb}<alert`),
      good.replace('Flood', '<a>'.repeat(5_000)),
      good.replace('</alert>', ''),
      good.replace('cap:1.2', 'cap:9.9'),
      '',
      '{}',
    ];
    for (const body of bad) {
      const answer = await send(server, token, body);
      expect([answer.status, JSON.stringify(answer.body).includes('root:')]).toEqual([400, false]);
    }
    expect((await send(server, token, good.replace('Flood', 'x'.repeat(600_000)))).status).toBe(413);
    expect((await send(server, await server.token('watch'), good)).status).toBe(403);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.nat(good.length),
        async (text, at) => {
          const answer = await send(server, token, good.slice(0, at) + text + good.slice(at));
          expect([200, 400, 422]).toContain(answer.status);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('signals', () => {
  it('by two bearings that cross are one alert at the crossing; a repeated one changes nothing', async () => {
    const server = await testServer();
    const token = await server.token('liaison', { sectors: ['S1'] });
    const signal = (id: string, body: object): Promise<Answer> =>
      server.call('POST', '/api/signals', { token, body: { id, kind: 'bell', ...body } });
    const west = { lon: 1, lat: 0, bearingDeg: 45 };
    const east = { lon: 1.02, lat: 0, bearingDeg: 315 };
    const first = await signal('w', west);
    expect([first.status, first.body]).toMatchObject([
      201,
      { channel: 'signal', priority: 'P1', lon: 1, lat: 0, radiusM: 4_000 },
    ]);
    const { id } = first.body as { id: string };
    const fixed = await signal('e', east);
    expect([fixed.status, fixed.body]).toMatchObject([200, { id, signal: { kind: 'bell', fixed: true } }]);
    const { lon, lat, radiusM } = fixed.body as { lon: number; lat: number; radiusM: number };
    expect([lon, lat]).toEqual([expect.closeTo(1.01, 4), expect.closeTo(0.01, 4)]);
    expect(radiusM).toBeLessThan(4_000);
    expect((await signal('e', east)).body).toMatchObject({ id, lon, lat });
    expect((await signal('w', west)).body).toMatchObject({ id });
    const away = await signal('a', { ...east, bearingDeg: 45 });
    expect(away.status).toBe(201);
    expect((await signal('x', { placeId: 'nowhere' })).status).toBe(404);
    expect((await signal('y', {})).status).toBe(422);
    const command = await server.call('GET', `/api/alerts/${id}`, { token: await server.token('command') });
    expect(command.body).toMatchObject({ signal: { kind: 'bell', bearings: [] } });
  });

  it('of two telephones count both where they use the same id, and never join a restricted one', async () => {
    const server = await testServer();
    const [liaison, patrol, watch] = [
      await server.token('liaison', { sectors: ['S1'] }),
      await server.token('patrol', { units: ['u1'] }),
      await server.token('watch'),
    ];
    const signal = (token: string, lon: number, bearingDeg: number): Promise<Answer> =>
      server.call('POST', '/api/signals', {
        token,
        body: { id: '1', kind: 'bell', lon, lat: 0, bearingDeg },
      });
    const { id } = (await signal(liaison, 1, 45)).body as { id: string };
    const joined = await signal(patrol, 1.02, 315);
    // The other telephone is heard, and learns nothing of what it has joined.
    expect([joined.status, joined.body]).toEqual([200, { id }]);
    const seen = await server.call('GET', `/api/alerts/${id}`, { token: watch });
    expect(seen.body).toMatchObject({ signal: { fixed: true } });
    await server.call('PATCH', `/api/alerts/${id}`, { token: watch, body: { restricted: 'crsv' } });
    const other = await server.call('POST', '/api/signals', {
      token: patrol,
      body: { id: '2', kind: 'bell', lon: 1.02, lat: 0, bearingDeg: 315 },
    });
    expect(other.status).toBe(201);
    expect((other.body as { id: string }).id).not.toBe(id);
  });
});
