import { describe, expect, it } from 'vitest';
import { createToken } from '../../server/identity/tokens.ts';
import { openSocket, openViewer } from '../support/viewer.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

const now = (): string => new Date().toISOString();
const position = (unit: string, lon: number, lat = 0, more = {}) => ({
  unit,
  time: now(),
  lon,
  lat,
  ...more,
});

async function report(server: TestServer, positions: unknown): Promise<unknown> {
  const token = await server.token('feed');
  return (await server.call('POST', '/api/positions', { token, body: positions })).body;
}

function refusal(
  url: string,
  options: Parameters<typeof openSocket>[1],
): Promise<Error & { data?: unknown }> {
  const socket = openSocket(url, options);
  return new Promise((resolve, reject) => {
    socket.on('connect_error', resolve);
    socket.on('connect', () => reject(new Error('was let in')));
  });
}

describe('the live wire', () => {
  it('L1 refuses a socket without a valid token, with a code', async () => {
    const server = await testServer();
    const refused = await refusal(server.url, { token: 'nf_wrong' });
    expect(refused.data).toMatchObject({ code: 'not-signed-in' });
    expect((await refusal(server.url, {})).data).toMatchObject({ code: 'not-signed-in' });
  });

  it('L2 refuses a socket of a foreign page, whatever token it carries', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const refused = await refusal(server.url, { token, headers: { origin: 'https://elsewhere.example' } });
    expect(refused).toBeInstanceOf(Error);
    const own = await openViewer(server.url, { token, headers: { origin: server.url } });
    expect(own.socket.connected).toBe(true);
  });

  it('L3 tells every socket the state of the service first', async () => {
    const server = await testServer();
    const viewer = await openViewer(server.url, { token: await server.token('watch') });
    await until(() => viewer.statuses.length > 0, { what: 'a status' });
    expect(viewer.statuses[0]).toMatchObject({
      mode: 'live',
      record: 'embedded',
      writable: true,
      durability: 'always',
    });
  });

  it('L4 L5 answers the picture in the box and then what changes in it, removals included', async () => {
    const server = await testServer();
    await report(server, [position('in', 5), position('out', 25)]);
    const viewer = await openViewer(server.url, {
      token: await server.token('watch'),
      request: { bbox: [0, -5, 10, 5] },
    });
    expect([...viewer.held.units.keys()]).toEqual(['in']);
    await report(server, [position('out', 9)]);
    await until(() => viewer.held.units.has('out'), { what: 'the unit that came in' });
    await report(server, [position('in', 15)]);
    await until(() => !viewer.held.units.has('in'), { what: 'the unit that left' });
    expect(viewer.patches.flatMap(({ removed }) => removed)).toContainEqual({ kind: 'units', id: 'in' });
  });

  it('L6 never shows a unit in an older state, and misses nothing between answer and patches', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const startMs = Date.now() - 100_000;
    let sent = 0;
    const sending = (async () => {
      for (; sent < 200; sent++) {
        const body = [
          { unit: 'u', time: new Date(startMs + sent * 100).toISOString(), lon: sent / 100, lat: 0 },
        ];
        await server.call('POST', '/api/positions', { token, body });
      }
    })();
    await until(() => sent > 20, { what: 'a few fixes' });
    const viewer = await openViewer(server.url, { token: await server.token('watch') });
    const lons: number[] = [viewer.held.units.get('u')?.lon ?? -1];
    viewer.socket.on('patch', ({ units }) => units.forEach(({ lon }) => lons.push(lon ?? -1)));
    await sending;
    await until(() => viewer.held.units.get('u')?.lon === 1.99, { what: 'the last fix' });
    expect(lons).toEqual([...lons].sort((a, b) => a - b));
  });

  it('L7 resumes by cursor with what changed and the ids now visible', async () => {
    const server = await testServer();
    await report(server, [position('a', 1), position('b', 2), position('c', 3)]);
    const viewer = await openViewer(server.url, { token: await server.token('watch'), follow: false });
    await viewer.subscribe();
    const since = viewer.held.cursor;
    viewer.close();
    await report(server, [position('b', 2.5)]);
    await server.call('DELETE', '/api/units/c', { token: await server.token('admin') });
    const back = await openViewer(server.url, { token: await server.token('watch'), follow: false });
    const answer = await back.subscribe({ since });
    if (!('ids' in answer)) throw new Error('expected a resumed patch');
    expect(answer.patch.units.map(({ id }) => id)).toEqual(['b']);
    expect([...answer.ids.units].sort()).toEqual(['a', 'b']);
  });

  it('L8 answers a foreign or senseless cursor with a fresh picture', async () => {
    const server = await testServer();
    await report(server, [position('a', 1)]);
    const viewer = await openViewer(server.url, { token: await server.token('watch') });
    for (const since of ['other.5', 'nonsense', `${viewer.held.cursor}x`]) {
      const answer = await viewer.subscribe({ since });
      expect(answer).toHaveProperty('picture.units.0.id', 'a');
    }
  });

  it('L9 lets a second subscription take the place of the first, and ends with unsubscribe', async () => {
    const server = await testServer();
    await report(server, [position('a', 1), position('b', 25)]);
    const viewer = await openViewer(server.url, { token: await server.token('watch') });
    await viewer.subscribe({ bbox: [20, -5, 30, 5] });
    await report(server, [position('a', 1.5), position('b', 25.5)]);
    await until(() => viewer.held.units.get('b')?.lon === 25.5, { what: 'the second area' });
    expect(viewer.patches.flatMap(({ units }) => units.map(({ id }) => id))).not.toContain('a');
    await new Promise<void>((resolve) => viewer.socket.emit('unsubscribe', () => resolve()));
    const before = viewer.patches.length;
    await report(server, [position('b', 26)]);
    const other = await openViewer(server.url, { token: await server.token('watch') });
    await until(() => other.patches.length > 1, { what: 'two rounds on another viewer' });
    expect(viewer.patches.length).toBe(before);
  });

  it('L10 answers a request that is not valid and keeps the socket', async () => {
    const server = await testServer();
    const viewer = await openViewer(server.url, { token: await server.token('watch') });
    for (const [request, field] of [
      [{ bbox: [0, 0, 500, 0] }, 'bbox'],
      [{ since: 5 }, 'since'],
    ] as const) {
      expect(await viewer.subscribe(request)).toMatchObject({ error: { code: 'field-invalid', field } });
    }
    expect(viewer.socket.connected).toBe(true);
  });

  it('L11 brings the heartbeat every second', async () => {
    const server = await testServer();
    const viewer = await openViewer(server.url, { token: await server.token('wall') });
    await until(() => viewer.patches.filter(({ heartbeat }) => heartbeat).length >= 2, {
      what: 'two heartbeats',
    });
    expect(viewer.held.units.size).toBe(0);
  });

  it('L16 closes a socket whose token has expired', async () => {
    const clock = { aheadMs: 0 };
    const server = await testServer({ nowMs: () => Date.now() + clock.aheadMs });
    const token = await createToken(
      server.record.shelf,
      { role: 'wall', expiresAtMs: Date.now() + 3_600_000 },
      Date.now(),
    );
    const viewer = await openViewer(server.url, { token, follow: false });
    const goodbyes: string[] = [];
    viewer.socket.on('goodbye', ({ error }) => goodbyes.push(error.code));
    clock.aheadMs = 3_700_000;
    await until(() => !viewer.socket.connected, { what: 'the socket to be closed' });
    expect(goodbyes).toEqual(['not-signed-in']);
  });

  it('L15 takes positions over the socket with the answer of the HTTP call', async () => {
    const server = await testServer();
    const socket = openSocket(server.url, { token: await server.token('feed') });
    const send = (body: unknown) => new Promise((resolve) => socket.emit('positions', body, resolve));
    expect(await send([position('a', 1), position('b', 999), 5])).toMatchObject({
      accepted: 1,
      rejected: [
        { index: 1, code: 'field-out-of-range', field: 'lon' },
        { index: 2, code: 'bad-body' },
      ],
    });
    expect(await send({ positions: [position('a', 2)] })).toMatchObject({ accepted: 1 });
    expect(await send('nothing')).toMatchObject({ error: { code: 'bad-body' } });
  });
});
