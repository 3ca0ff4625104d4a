import { describe, expect, it, onTestFinished } from 'vitest';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { roles } from '../../shared/role.ts';
import { readFrame } from '../../shared/wire/frame.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { differences, openWireViewer, untilSameUnits, type WireViewer } from '../support/wire-viewer.ts';
import { sectors } from '../support/random-picture.ts';
import { until } from '../support/wait.ts';

const position = (unit: string, lon: number, lat = 0, more = {}) => ({
  unit,
  time: new Date().toISOString(),
  lon,
  lat,
  ...more,
});

async function report(server: TestServer, positions: unknown): Promise<void> {
  const token = await server.token('feed');
  const answer = await server.call('POST', '/api/positions', { token, body: positions });
  expect(answer.body).toMatchObject({ rejected: [] });
}

async function pictureOf(server: TestServer, token: string): Promise<PictureOut> {
  return (await server.call('GET', '/api/picture', { token })).body as PictureOut;
}

async function viewerOf(
  server: TestServer,
  token: string,
  options: Partial<Parameters<typeof openWireViewer>[1]> = {},
): Promise<WireViewer> {
  const viewer = await openWireViewer(server.url, { token, ...options });
  onTestFinished(() => viewer.close());
  return viewer;
}

/** Units in all three sectors, moving, halted, late and never heard of. */
async function manyUnits(server: TestServer): Promise<void> {
  const watch = await server.token('admin');
  await server.call('PUT', '/api/units/silent', {
    token: watch,
    body: { callsign: 'SILENT', kind: 'patrol' },
  });
  await server.call('PUT', '/api/units/own', {
    token: watch,
    body: { callsign: 'OWN 1', kind: 'patrol', sector: 's1', capabilities: ['medic'] },
  });
  await report(server, [position('own', 5, 1, { courseDeg: 90, speedMps: 8, batteryPct: 80 })]);
  await report(
    server,
    Array.from({ length: 40 }, (_, n) =>
      position(`u${n}`, 1 + n * 0.7, n / 10, { courseDeg: n * 9, speedMps: n / 4 }),
    ),
  );
}

/** What the client library does not show: the socket under the WebSocket. */
interface Clogging {
  readonly transport: { readonly ws: { readonly _socket: { pause(): void; resume(): void } } };
}

describe('the packed wire', () => {
  it.each(roles)('W1 brings a %s the units that GET /api/picture says, no more and no less', async (role) => {
    const server = await testServer();
    await manyUnits(server);
    const own = {
      ...(role === 'patrol' ? { units: ['own'] } : {}),
      ...(role === 'sector' || role === 'liaison' ? { sectors: ['s1'] } : {}),
    };
    const token = await server.token(role, own);
    const viewer = await viewerOf(server, token);
    await untilSameUnits(viewer, () => pictureOf(server, token));
    await report(server, [
      position('u1', 1.75, 0.12, { courseDeg: 10, speedMps: 3 }),
      position('new', 5.05, 1),
    ]);
    await untilSameUnits(viewer, () => pictureOf(server, token));
  });

  it('W2 resumes by cursor', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    await manyUnits(server);
    // Far apart: two of one place would be told anew together, as possibly the same.
    const raise = (id: string, lat: number) =>
      server.call('POST', '/api/alerts', {
        token,
        body: { id, category: 'looting', text: id, channel: 'radio', lon: 5, lat },
      });
    await raise('a1', 1);
    const viewer = await viewerOf(server, token);
    expect([...viewer.held.alerts.keys()]).toEqual(['a1']);
    viewer.socket.io.engine.close();
    await raise('a2', 2);
    await until(() => viewer.held.alerts.has('a2'), { what: 'the alert raised meanwhile' });
    const begun = viewer.news.filter(({ begin }) => begin);
    expect(begun.map(({ begin }) => begin?.fresh)).toEqual([true, false]);
    expect(begun[1]?.things?.alerts.map(({ id }) => id)).toEqual(['a2']);
    await untilSameUnits(viewer, () => pictureOf(server, token));
  });

  it('W3 sends one frame a tick at most, with a beat every second or so', async () => {
    const server = await testServer();
    const viewer = await viewerOf(server, await server.token('watch'), { keepFrames: true });
    await manyUnits(server);
    await until(() => viewer.beats.length >= 3, { what: 'three beats' });
    const ticks = viewer.frames.map((bytes) => readFrame(bytes, Date.now() / 100).tickDs);
    expect(new Set(ticks).size).toBe(ticks.length);
  });

  it('W4 follows a unit that is described anew, removed and registered again', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const admin = await server.token('admin');
    await manyUnits(server);
    const viewer = await viewerOf(server, token);
    const put = (callsign: string) =>
      server.call('PUT', '/api/units/own', { token: admin, body: { callsign, kind: 'qrf' } });
    await put('OWN 2');
    await untilSameUnits(viewer, () => pictureOf(server, token));
    // Across a border: the sector of a unit that has none of its own is where it is.
    await report(server, [position('u0', 25, 1)]);
    await untilSameUnits(viewer, () => pictureOf(server, token));
    await server.call('DELETE', '/api/units/own', { token: admin });
    await put('OWN 3');
    await untilSameUnits(viewer, () => pictureOf(server, token));
    await server.call('DELETE', '/api/units/own', { token: admin });
    await until(() => !viewer.held.units.has('own'), { what: 'the unit to be gone' });
    await untilSameUnits(viewer, () => pictureOf(server, token));
  });

  it('W4 knows a border where there is one sector and the rest of the world', async () => {
    const server = await testServer({ mission: { sectors: sectors.slice(0, 1) } });
    const id = sectors[0]?.id ?? '';
    const token = await server.token('sector', { sectors: [id] });
    const viewer = await viewerOf(server, token);
    for (const lon of [5, 25, 5.1, 25.1]) {
      await report(server, [position('u1', lon, 1)]);
      await untilSameUnits(viewer, () => pictureOf(server, token));
    }
  });

  it('W12 takes no more calls of a connection than it can answer', async () => {
    const server = await testServer();
    const token = await server.token('wall');
    const viewer = await viewerOf(server, token);
    const since = `${viewer.follow.cursor.split('.')[0]}.99999999`;
    const asked = Array.from({ length: 400 }, () => viewer.socket.emitWithAck('subscribe', { since }));
    const refused = (await Promise.all(asked)).filter((answer) => 'error' in answer);
    expect(refused.length).toBeGreaterThan(100);
    expect(refused[0]).toMatchObject({ error: { code: 'too-many-requests' } });
    await untilSameUnits(viewer, () => pictureOf(server, token));
  });

  it('W5 mends what could not be read', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    await manyUnits(server);
    const viewer = await viewerOf(server, token);
    const listeners = viewer.socket.listeners('frame') as Array<(bytes: Uint8Array) => void>;
    viewer.socket.off('frame');
    let toSpoil = 2;
    viewer.socket.on('frame', (bytes: Uint8Array) => {
      const spoilt = new Uint8Array(bytes);
      if (toSpoil-- > 0) spoilt[spoilt.length >> 1] = (spoilt[spoilt.length >> 1] ?? 0) ^ 0x15;
      listeners.forEach((listener) => listener(spoilt));
    });
    await report(server, [position('u3', 3.3, 0.4), position('u4', 4, 0.5)]);
    await until(() => viewer.follow.faults > 0, { what: 'a fault' });
    await report(server, [position('u5', 5.3, 0.4)]);
    await until(() => toSpoil < 0, { what: 'the spoilt frames to pass' });
    await untilSameUnits(viewer, () => pictureOf(server, token));
    expect(differences(viewer.held.units, await pictureOf(server, token))).toEqual([]);
  });

  it('W14 tells a viewer whose line was clogged how far behind it was, and makes it whole', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    await manyUnits(server);
    const [clogged, other] = [await viewerOf(server, token), await viewerOf(server, token)];
    const { transport } = clogged.socket.io.engine as unknown as Clogging;
    transport.ws._socket.pause();
    // The kernel takes a lot before the server sees a queue: the unanswered ping tells it.
    let lon = 5;
    await until(
      async () => {
        await report(server, [position('u1', (lon += 0.01), 0.1)]);
        const { body } = await server.call('GET', '/metrics');
        return /nightflash_viewer_stalls_total [1-9]/.test(String(body));
      },
      { what: 'the server to notice' },
    );
    transport.ws._socket.resume();
    await until(() => clogged.news.some(({ behindS }) => (behindS ?? 0) >= 0), {
      what: 'word of being behind',
    });
    await untilSameUnits(clogged, () => pictureOf(server, token));
    expect(other.news.every(({ behindS }) => behindS === undefined)).toBe(true);
  });

  it('W6 works over long polling where WebSocket is not let through', async () => {
    const server = await testServer();
    const token = await server.token('wall');
    await manyUnits(server);
    const viewer = await viewerOf(server, token, { transports: ['polling'] });
    await untilSameUnits(viewer, () => pictureOf(server, token));
  });
});
