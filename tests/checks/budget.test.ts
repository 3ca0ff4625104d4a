import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodedBytes } from '../bench/measures/encoded-bytes.ts';
import { noisyHalfHour, noisyTracks } from '../bench/noisy-tracks.ts';
import { WireFanout } from '../../server/fanout/wire/wire-fanout.ts';
import type { WireLine } from '../../server/fanout/wire/wire-viewer.ts';
import { laterBundle, pageBundle } from '../support/page-bundles.ts';
import { projectDir } from '../support/source-files.ts';
import { testServer } from '../support/test-server.ts';
import { until } from '../support/wait.ts';
import { openWireViewer } from '../support/wire-viewer.ts';

/** Counts that are the same on every machine. A change that costs more than its limit says so here. */
const budget = JSON.parse(readFileSync(join(projectDir, 'tests/checks/budget.json'), 'utf8')) as Readonly<
  Record<string, { readonly measured: number; readonly limit: number }>
>;
const looked = new Set<string>();

function keeps(name: string, now: number): void {
  const entry = budget[name];
  if (!entry) throw new Error(`"${name}" is not in tests/checks/budget.json; it is ${now} now`);
  looked.add(name);
  const grown = now - entry.measured;
  const share = entry.measured === 0 ? '' : ` (${((100 * grown) / entry.measured).toFixed(1)} %)`;
  const words = `${name}: ${now.toFixed(2)}, limit ${entry.limit}; it was ${entry.measured} and grew by ${grown.toFixed(2)}${share}`;
  expect(now <= entry.limit, words).toBe(true);
}

describe('bytes on the wire', () => {
  const bytes = encodedBytes(noisyTracks(noisyHalfHour));
  test('to a viewer', () => {
    keeps('bytes per delivered fix, noisy tracks', bytes.perFix);
    keeps('bytes per delivered fix without speed and course, noisy tracks', bytes.perFixWithoutMotion);
    keeps('keyframe bytes per unit', bytes.perKeyframeUnit);
  });
  test('from a phone', () => keeps('bytes per fix of a phone, batches of 30', bytes.perUplinkFix));
});

test('nothing but a beat goes out while nothing moves', async () => {
  const server = await testServer();
  const viewer = await openWireViewer(server.url, { token: await server.token('watch'), keepFrames: true });
  const from = viewer.frames.length;
  await until(() => viewer.frames.length >= from + 3, { what: 'three beats' });
  const idle = viewer.frames.slice(from, from + 3);
  // Beats come once a second.
  keeps('idle bytes per viewer and second', idle.reduce((sum, frame) => sum + frame.length, 0) / idle.length);
});

test('a viewer gets one frame a tick, however much has moved', async () => {
  const server = await testServer();
  const feed = await server.token('feed');
  let nowMs = Date.now();
  const wire = new WireFanout({
    livePicture: server.livePicture,
    mission: server.mission,
    nowMs: () => nowMs,
  });
  let frames = 0;
  const line: WireLine = {
    send: () => frames++,
    waitingBytes: () => 0,
    unansweredMs: () => 0,
    close: () => undefined,
  };
  await wire.subscribe(line, { id: 'one', role: 'watch', name: 'One', units: [], sectors: [] }, {});
  const ticks = 10;
  for (let tick = 0; tick < ticks; tick++) {
    const fixes = Array.from({ length: 50 }, (_, unit) => ({
      unit: `unit-${unit}`,
      time: new Date(Date.now()).toISOString(),
      lon: 29 + unit / 100,
      lat: 1 + tick / 1_000,
    }));
    const { status } = await server.call('POST', '/api/positions', { token: feed, body: fixes });
    expect(status).toBe(200);
    nowMs += 100;
    wire.tick(100);
  }
  expect(frames).toBeGreaterThan(0);
  keeps('frames per viewer and tick', frames / ticks);
});

describe('pages', () => {
  test.each(['SignIn', 'Patrol', 'Admin', 'Wall', 'Console'])('%s', (page) => {
    keeps(`gzip bytes of ${page}`, pageBundle(page).gzipBytes);
  });
  // Lists, clocks and the state of the link are there before the map; a patrol never waits for one.
  test.each(['SignIn', 'Patrol', 'Admin', 'Wall', 'Console'])('%s waits for no map', (page) => {
    expect(pageBundle(page).hasMap).toBe(false);
  });
  test('the map that comes behind the console', () => {
    const map = laterBundle('map-view', 'Console');
    expect(map.hasMap).toBe(true);
    const worker = laterBundle('maplibre-gl-worker', 'Console');
    keeps('gzip bytes of the map with its worker', map.gzipBytes + worker.gzipBytes);
  });
});

test('every budget is looked at', () => expect([...looked].sort()).toEqual(Object.keys(budget).sort()));
