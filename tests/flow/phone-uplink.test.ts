import { describe, expect, it, onTestFinished } from 'vitest';
import { FixOutbox, type FixReply } from '../../client/net/fix-outbox.ts';
import type { FixStore } from '../../client/net/fix-store.ts';
import type { PhoneFix } from '../../client/net/phone-fix.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { wireViewer, type WireViewer } from '../support/wire-viewer.ts';
import { until } from '../support/wait.ts';

const unit = 'LRP4';

/** What a phone's disk holds while the pages on it come and go. */
function disk(): FixStore {
  const held = new Map<number, PhoneFix>();
  return {
    load: () => Promise.resolve([...held.values()]),
    put: (fix) => Promise.resolve(void held.set(fix.timeMs, fix)),
    remove: (fixes) => Promise.resolve(fixes.forEach(({ timeMs }) => held.delete(timeMs))),
  };
}

/** A way of so many fixes, 10 s apart, that ends now. */
function way(fixes: number): PhoneFix[] {
  const endMs = Date.now();
  return Array.from({ length: fixes }, (_, n) => ({
    unit,
    timeMs: endMs - (fixes - 1 - n) * 10_000,
    lon: (5_000 + n) / 1e3,
    lat: 1 + n / 1e4,
    speedMps: 11,
    courseDeg: 84,
    accuracyM: 8,
  }));
}

async function registered(server: TestServer): Promise<{ admin: string; patrol: string }> {
  const admin = await server.token('admin');
  const body = { callsign: 'LRP 4', kind: 'patrol', reportEveryS: 10 };
  await server.call('PUT', `/api/units/${unit}`, { token: admin, body });
  return { admin, patrol: await server.token('patrol', { units: [unit] }) };
}

interface Track {
  readonly geometry: { readonly coordinates: number[][] };
  readonly properties: { readonly times: string[] };
}

async function trackOf(server: TestServer, token: string): Promise<Track> {
  return (await server.call('GET', `/api/units/${unit}/track`, { token })).body as Track;
}

function outboxOver(viewer: WireViewer, store: FixStore, heed?: (reply: FixReply) => void): FixOutbox {
  const send = async (bytes: Uint8Array): Promise<FixReply> => {
    const reply = await viewer.follow.sendFixes(bytes);
    heed?.(reply);
    return reply;
  };
  const outbox = new FixOutbox({ store, send, units: [unit], nowMs: Date.now });
  onTestFinished(() => outbox.close());
  viewer.onLink = (what) => void (what === 'connected' && outbox.wake());
  return outbox;
}

describe('a phone that reports over the wire', () => {
  it('has every fix on its track once, through a link cut in the middle and a reload', async () => {
    const server = await testServer();
    const { admin, patrol } = await registered(server);
    const proxy = await tcpProxy(Number(new URL(server.url).port));
    onTestFinished(() => proxy.close());
    const url = `http://127.0.0.1:${proxy.port}`;
    const store = disk();
    const fixes = way(200);
    const replies: FixReply[] = [];

    const first = wireViewer(url, { token: patrol });
    onTestFinished(() => first.close());
    const outbox = outboxOver(first, store, (reply) => replies.push(reply));
    await until(() => first.follow.cursor, { what: 'the first frame' });
    for (const fix of fixes.slice(0, 40)) void outbox.add(fix);
    await until(() => outbox.state.waiting === 0, { what: 'the first fixes to be confirmed' });

    // Answers are lost on the way down: the server takes a batch that the phone does not see confirmed.
    proxy.weather({ latencyMs: 150 });
    for (const fix of fixes.slice(40, 120)) void outbox.add(fix);
    const heard = replies.length;
    const sizeBefore = (await trackOf(server, admin)).properties.times.length;
    await until(async () => (await trackOf(server, admin)).properties.times.length > sizeBefore, {
      what: 'a batch to be on record',
    });
    proxy.cut();
    proxy.weather({ latencyMs: 0 });
    await until(() => replies.slice(heard).includes('no link'), { what: 'a call to be lost' });
    await Promise.all(fixes.slice(120).map((fix) => outbox.add(fix)));
    expect(outbox.state.waiting).toBeGreaterThanOrEqual(80);

    // The page is loaded again while there is no link; what waits is on the phone's disk.
    outbox.close();
    first.close();
    const second = wireViewer(url, { token: patrol });
    onTestFinished(() => second.close());
    const answers: FixReply[] = [];
    const after = outboxOver(second, store, (reply) => answers.push(reply));
    await after.open();
    expect(after.state.waiting).toBeGreaterThanOrEqual(80);
    proxy.resume();
    await until(() => after.state.waiting === 0, { what: 'everything to be confirmed' });

    const { properties, geometry } = await trackOf(server, admin);
    expect(properties.times.map((time) => Date.parse(time))).toEqual(fixes.map(({ timeMs }) => timeMs));
    expect(geometry.coordinates.map(([lon]) => lon)).toEqual(fixes.map(({ lon }) => lon));
    const duplicates = answers.map((reply) =>
      reply !== 'no link' && 'duplicates' in reply ? reply.duplicates : 0,
    );
    // Otherwise nothing was lost on the way down, and this tells nothing.
    expect(Math.max(...duplicates)).toBeGreaterThan(0);
    expect(after.state).toMatchObject({ confirmed: { fixMs: fixes.at(-1)?.timeMs } });
    expect(after.state.refused).toBeUndefined();
    const shown = second.held.units;
    await until(() => Math.abs((shown.lonLat[2 * (shown.rowOf(unit) ?? 99)] ?? 0) - 5.199) < 1e-4, {
      what: 'the unit to be where the phone is',
    });
  });

  it('is told what the server refuses for good, and does not send it again', async () => {
    const server = await testServer();
    const { patrol } = await registered(server);
    const viewer = wireViewer(server.url, { token: patrol });
    onTestFinished(() => viewer.close());
    await until(() => viewer.follow.cursor, { what: 'the first frame' });
    const outbox = outboxOver(viewer, disk());
    const [fix] = way(1);
    if (!fix) throw new Error('a way has a fix');
    void outbox.add({ ...fix, timeMs: fix.timeMs + 3_600_000 });
    await until(() => outbox.state.refused, { what: 'the refusal' });
    expect(outbox.state).toMatchObject({ waiting: 0, refused: { count: 1, code: 'time-future' } });
  });
});
