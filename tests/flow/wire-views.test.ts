import { latLngToCell } from 'h3-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bboxContains } from '../../shared/geo/area.ts';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { readFrame } from '../../shared/wire/frame.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { differences, openWireViewer, type WireViewer } from '../support/wire-viewer.ts';
import { until } from '../support/wait.ts';

/** More than are sent whole; one unit every 0.1°, in a square whose middle is at 5°, 5°. */
const across = 55;
const step = 0.1;

function grid(from = 0, moveDeg = 0): unknown[] {
  return Array.from({ length: across * across }, (_, n) => ({
    unit: `u${n}`,
    time: new Date(Date.now() - 1_000 + from).toISOString(),
    lon: 2.25 + (n % across) * step + moveDeg,
    lat: 2.25 + Math.floor(n / across) * step,
    courseDeg: 90,
    speedMps: 5,
  }));
}

async function crowded(): Promise<{ server: TestServer; token: string; feed: string }> {
  const server = await testServer();
  const [token, feed] = [await server.token('watch'), await server.token('feed')];
  await server.call('POST', '/api/positions', { token: feed, body: grid() });
  return { server, token, feed };
}

async function viewerOf(
  { server, token }: { server: TestServer; token: string },
  view: Parameters<typeof openWireViewer>[1]['view'],
): Promise<WireViewer> {
  const viewer = await openWireViewer(server.url, { token, keepFrames: true, view });
  onTestFinished(() => viewer.close());
  await until(() => viewer.news.some((news) => news.view), { what: 'a view' });
  return viewer;
}

const viewOf = (viewer: WireViewer) => viewer.news.filter(({ view }) => view).at(-1)?.view;

async function pictureIn({ server, token }: { server: TestServer; token: string }, bbox: readonly number[]) {
  return (await server.call('GET', `/api/picture?bbox=${bbox.join()}`, { token })).body as PictureOut;
}

/** Every unit of the box is held as it is; units of the cells around it may be held as well. */
async function untilTrueIn(
  crowd: { server: TestServer; token: string },
  viewer: WireViewer,
  bbox: readonly [number, number, number, number],
): Promise<void> {
  let wrong: string[] = [];
  await until(
    async () => {
      wrong = differences(viewer.held.units, await pictureIn(crowd, bbox)).filter(
        (line) => !line.endsWith('not in the picture'),
      );
      return wrong.length === 0;
    },
    { what: 'the units of the view' },
  ).catch(() => expect(wrong).toEqual([]));
}

describe('views of the packed wire', () => {
  it('W7 gives a view the cells around it, and news of those only', async () => {
    const crowd = await crowded();
    const bbox = [4.9, 4.9, 5.3, 5.3] as const;
    const viewer = await viewerOf(crowd, { bbox, zoom: 11 });
    expect(viewOf(viewer)?.mode).toBe('cells');
    await untilTrueIn(crowd, viewer, bbox);
    expect(viewer.held.units.size).toBeLessThan(150);
    const before = viewer.frames.length;
    await crowd.server.call('POST', '/api/positions', { token: crowd.feed, body: grid(500, 0.04) });
    await untilTrueIn(crowd, viewer, bbox);
    const keys = viewer.frames
      .slice(before)
      .flatMap((bytes) => readFrame(bytes, Date.now() / 100).blocks.map(({ key }) => key));
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !viewOf(viewer)?.cells.includes(key))).toEqual([]);
  });

  it('W8 fetches only what is new when the map moves, and drops what is far behind', async () => {
    const crowd = await crowded();
    const viewer = await viewerOf(crowd, { bbox: [3, 3, 3.6, 3.6], zoom: 11 });
    await untilTrueIn(crowd, viewer, [3, 3, 3.6, 3.6]);
    const before = { cells: viewOf(viewer)?.cells ?? [], frames: viewer.frames.length };
    viewer.follow.look({ bbox: [3.8, 3, 4.4, 3.6], zoom: 11 });
    await untilTrueIn(crowd, viewer, [3.8, 3, 4.4, 3.6]);
    const keyframes = viewer.frames.slice(before.frames).flatMap((bytes) => {
      const frame = readFrame(bytes, Date.now() / 100);
      return frame.blocks.filter(({ flags }) => flags & 1).map(({ key }) => key);
    });
    expect(keyframes.length).toBeGreaterThan(0);
    expect(keyframes.filter((key) => before.cells.includes(key))).toEqual([]);
    viewer.follow.look({ bbox: [7, 7, 7.3, 7.3], zoom: 11 });
    await untilTrueIn(crowd, viewer, [7, 7, 7.3, 7.3]);
    expect([...viewer.held.units.values()].filter(({ lon }) => (lon ?? 0) < 5)).toEqual([]);
  });

  it('W7 follows a unit from cell to cell without losing or doubling it', async () => {
    const crowd = await crowded();
    const bbox = [4, 4, 6, 6] as const;
    const viewer = await viewerOf(crowd, { bbox, zoom: 9 });
    for (let hop = 0; hop < 12; hop++) {
      const unit = { unit: 'hopper', lon: 4.1 + hop * 0.15, lat: 5.03, time: new Date().toISOString() };
      await crowd.server.call('POST', '/api/positions', { token: crowd.feed, body: [unit] });
      await until(() => Math.abs((viewer.held.units.get('hopper')?.lon ?? 0) - unit.lon) < 1e-4, {
        what: `hop ${hop}`,
      });
    }
    await untilTrueIn(crowd, viewer, bbox);
  });

  it('W9 gives the whole picture, slower, to a view that is wide and thin', async () => {
    const crowd = await crowded();
    const viewer = await viewerOf(crowd, { bbox: [-60, -60, 60, 60], zoom: 2 });
    expect(viewOf(viewer)).toMatchObject({ mode: 'cells', cells: [1, 2] });
    await untilTrueIn(crowd, viewer, [-60, -60, 60, 60]);
    expect(viewer.held.units.size).toBe(across * across);
    await until(() => viewer.news.some(({ totals }) => totals?.units === across * across), {
      what: 'totals',
    });
  });

  it('W10 counts in hexagons what would be a smear', async () => {
    const crowd = await crowded();
    const more = grid(200, 0.02).map((fix, n) => ({ ...(fix as object), unit: `v${n}` }));
    await crowd.server.call('POST', '/api/positions', { token: crowd.feed, body: more });
    const viewer = await viewerOf(crowd, { bbox: [0, 0, 10, 10], zoom: 5 });
    await until(() => viewer.news.some(({ hexagons }) => hexagons), { what: 'hexagons' });
    expect(viewOf(viewer)).toMatchObject({ mode: 'hexagons', cells: [] });
    const rows = viewer.news.flatMap(({ hexagons }) => hexagons ?? []);
    const told = viewer.news.find(({ hexagons }) => hexagons)?.hexagons ?? [];
    expect(told.reduce((sum, [, count]) => sum + count, 0)).toBe(2 * across * across);
    expect(rows.map(([h3]) => h3)).toContain(latLngToCell(5, 5, 3));
    expect(viewer.held.units.size).toBe(0);
    // Nearer, they are single units again.
    viewer.follow.look({ bbox: [4.9, 4.9, 5.3, 5.3], zoom: 11 });
    await untilTrueIn(crowd, viewer, [4.9, 4.9, 5.3, 5.3]);
    expect(
      [...viewer.held.units.values()].every(({ lon, lat }) => bboxContains([4, 4, 6, 6], lon ?? 0, lat ?? 0)),
    ).toBe(true);
  });

  it('W11 sends no units to a hidden page, keeps its alerts going, and is right when it is back', async () => {
    const crowd = await crowded();
    const bbox = [4.9, 4.9, 5.3, 5.3] as const;
    const viewer = await viewerOf(crowd, { bbox, zoom: 11 });
    viewer.follow.look({ hidden: true });
    await until(() => viewOf(viewer)?.mode === 'hidden', { what: 'to be hidden' });
    const before = viewer.frames.length;
    await crowd.server.call('POST', '/api/positions', { token: crowd.feed, body: grid(500, 0.03) });
    const alert = { id: 'a1', category: 'looting', text: 'x', channel: 'radio', lon: 5, lat: 5 };
    await crowd.server.call('POST', '/api/alerts', { token: crowd.token, body: alert });
    await until(() => viewer.held.alerts.has('a1'), { what: 'the alert' });
    const blocks = viewer.frames.slice(before).flatMap((bytes) => readFrame(bytes, Date.now() / 100).blocks);
    expect(blocks).toEqual([]);
    viewer.follow.look({ bbox, zoom: 11 });
    await until(() => viewOf(viewer)?.mode === 'cells', { what: 'to be back' });
    await untilTrueIn(crowd, viewer, bbox);
  });

  it('W12 says why it does not take a request, and goes on', async () => {
    const { server, token } = await crowded();
    const viewer = await openWireViewer(server.url, { token });
    onTestFinished(() => viewer.close());
    const answer = await viewer.socket.emitWithAck('subscribe', { bbox: [1, 2, 3] });
    expect(answer).toMatchObject({ error: { code: 'field-invalid', field: 'bbox' } });
    viewer.socket.emit('view', 'nonsense');
    viewer.socket.emit('mend', 'nonsense');
    expect(await viewer.socket.emitWithAck('fixes', new Uint8Array([1, 2, 3]))).toMatchObject({ error: {} });
    const beats = viewer.beats.length;
    await until(() => viewer.beats.length > beats, { what: 'another beat' });
  });
});
