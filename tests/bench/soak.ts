import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { benchServer, type BenchServer } from './servers.ts';
import type { Row } from './table.ts';

const units = 200;
const feedEveryMs = 500;
/** Alerts come and go at about a hundred times the rate of a mission at war. */
const alertEveryMs = 3_000;
const alertLivesMs = 15_000;
const samplesAtLeast = 12;
const collectedToldMs = 200;
/** Pages turn as fast as they may, so that every page is built and left many times. */
const layout = 'pages=mission:10,alerts:5,mission:10';

/** What a wall holds at a moment, after a forced collection of garbage. */
interface Sample {
  readonly hour: number;
  readonly 'JavaScript heap, MB': number;
  readonly 'DOM nodes': number;
  readonly 'event listeners': number;
  readonly 'GPU buffers': number;
  readonly 'GPU textures': number;
  readonly 'GPU programs': number;
  readonly 'vertex arrays': number;
  readonly 'GPU samplers': number;
  readonly 'other GPU objects': number;
  readonly 'WebGL contexts': number;
}
type Measure = Exclude<keyof Sample, 'hour'>;

/**
 * A real wall in a real browser for so many minutes: units move, alerts and threats come, run and go, pages turn.
 * One row a measure: what it was after the warm-up and at the end, how fast it grows, and whether that is more than
 * its own noise.
 */
export async function soakWall(minutes: number): Promise<Row[]> {
  const server = await benchServer('embedded always');
  const browser = await launchBrowser();
  const ending = new AbortController();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    // What runs this file gives every function its name by a helper that is not in the page.
    await page.addInitScript('globalThis.__name = (named) => named;');
    await page.addInitScript(countGpuObjects);
    const chief = await server.token('chief');
    const life = [keepMoving(server, ending.signal), keepAlarming(server, chief, ending.signal)].map((part) =>
      part.catch((reason: unknown) => void faults.push(String(reason))),
    );
    await openWall(page, server);
    const tools = await page.context().newCDPSession(page);
    // The first minutes fill caches of shaders, letters and compiled code.
    await pause(Math.min(180_000, minutes * 20_000));
    const samples = await sampled(tools, page, minutes);
    ending.abort();
    await Promise.all(life);
    if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));
    return rowsOf(samples);
  } finally {
    ending.abort();
    await browser.close();
    await server.stop();
  }
}

async function openWall(page: Page, server: BenchServer): Promise<void> {
  await page.goto(`${server.url}/signin?to=${encodeURIComponent(`/wall?${layout}`)}`);
  await page.locator('#token').fill(await server.token('wall'));
  await page.locator('form button').click();
  await page.waitForURL((url) => url.pathname === '/wall');
  await page.goto(`${server.url}/wall?${layout}`);
  await page.locator('canvas').nth(1).waitFor({ timeout: 120_000 });
}

async function sampled(tools: CDPSession, page: Page, minutes: number): Promise<Sample[]> {
  await tools.send('Performance.enable');
  const count = Math.max(samplesAtLeast, Math.round(minutes));
  const samples: Sample[] = [];
  const began = performance.now();
  for (let taken = 0; taken < count; taken++) {
    const sample = await sampleOf(tools, page, (performance.now() - began) / 3_600_000);
    samples.push(sample);
    // A soak that is cut off has shown something all the same.
    console.error(`soak ${taken + 1}/${count}: ${Object.values(sample).map(asFigure).join(' ')}`);
    const nextMs = began + ((taken + 1) * minutes * 60_000) / count;
    await pause(Math.max(0, nextMs - performance.now()));
  }
  return samples;
}

const asFigure = (value: number): string => String(Math.round(value * 100) / 100);

async function sampleOf(tools: CDPSession, page: Page, hour: number): Promise<Sample> {
  // A page in the middle of its turn has more than one at rest: every sample is of the same page.
  await page.locator('.maps-and-column:not(.behind)').waitFor();
  await tools.send('HeapProfiler.collectGarbage');
  // What the collection found unreachable is told to the page in a task of its own.
  await pause(collectedToldMs);
  const { metrics } = await tools.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? NaN;
  const gpu = await page.evaluate(() => ({ ...window.gpuObjects }));
  const kind = (name: string): number => gpu[name] ?? 0;
  const named = ['Buffer', 'Texture', 'Program', 'VertexArray', 'Sampler', 'context'];
  return {
    hour,
    'JavaScript heap, MB': metric('JSHeapUsedSize') / 1e6,
    'DOM nodes': metric('Nodes'),
    'event listeners': metric('JSEventListeners'),
    'GPU buffers': kind('Buffer'),
    'GPU textures': kind('Texture'),
    'GPU programs': kind('Program'),
    'vertex arrays': kind('VertexArray'),
    'GPU samplers': kind('Sampler'),
    'other GPU objects': Object.keys(gpu).reduce(
      (sum, name) => sum + (named.includes(name) ? 0 : kind(name)),
      0,
    ),
    'WebGL contexts': kind('context'),
  };
}

declare global {
  interface Window {
    /** Objects of the graphics card that were made and neither deleted nor collected as garbage, by kind. */
    gpuObjects: Record<string, number>;
  }
}

/**
 * Runs in the page before anything else there: counts what is made on the graphics card, and what is given back.
 * WebGL frees an object whose handle was collected as if it had been deleted (WebGL 1.0 specification, 5.3), and
 * luma.gl leaves the samplers of its textures to that, so what was collected counts as given back.
 */
function countGpuObjects(): void {
  const counts: Record<string, number> = {};
  window.gpuObjects = counts;
  const count = (kind: string, by: number): void => void (counts[kind] = (counts[kind] ?? 0) + by);
  const collected = new FinalizationRegistry<string>((kind) => count(kind, -1));
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<
    string,
    (...given: unknown[]) => unknown
  >;
  for (const kind of [
    'Buffer',
    'Texture',
    'Program',
    'Shader',
    'Framebuffer',
    'Renderbuffer',
    'VertexArray',
    'Query',
    'Sampler',
  ]) {
    const [create, remove] = [prototype[`create${kind}`], prototype[`delete${kind}`]];
    const alive = new WeakSet();
    prototype[`create${kind}`] = function (this: unknown, ...given: unknown[]) {
      const made = create?.apply(this, given);
      if (typeof made === 'object' && made !== null) {
        alive.add(made);
        collected.register(made, kind, made);
        count(kind, 1);
      }
      return made;
    };
    prototype[`delete${kind}`] = function (this: unknown, ...given: unknown[]) {
      const [gone] = given;
      // Deleting twice, or nothing, is allowed and gives nothing back.
      if (typeof gone === 'object' && gone !== null && alive.delete(gone)) {
        collected.unregister(gone);
        count(kind, -1);
      }
      return remove?.apply(this, given);
    };
  }
  const contexts = new WeakSet();
  const canvas = HTMLCanvasElement.prototype as unknown as { getContext: (...given: unknown[]) => unknown };
  const getContext = canvas.getContext;
  canvas.getContext = function (this: unknown, ...given: unknown[]) {
    const context = getContext.apply(this, given);
    if (context instanceof WebGL2RenderingContext && !contexts.has(context)) {
      contexts.add(context);
      count('context', 1);
    }
    return context;
  };
}

async function send(server: BenchServer, token: string, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

/** Units on circles of their own, some of which fall silent in turn, so that every look of age comes and goes. */
async function keepMoving(server: BenchServer, signal: AbortSignal): Promise<void> {
  for (let round = 0; !signal.aborted; round++) {
    const time = new Date().toISOString();
    const silent = Math.floor(round / 120) % 10;
    const fixes = Array.from({ length: units }, (_, index) => ({ index, angle: round / 200 + index })).filter(
      ({ index }) => index % 10 !== silent,
    );
    const body = fixes.map(({ index, angle }) => ({
      unit: `Unit ${index}`,
      time,
      lon: 29 + (index % 20) * 0.05 + Math.sin(angle) * 0.02,
      lat: 1 + Math.floor(index / 20) * 0.05 + Math.cos(angle) * 0.02,
      courseDeg: (((angle * 180) / Math.PI) % 360) + (angle < 0 ? 360 : 0),
      speedMps: 8,
    }));
    await send(server, server.feed, '/api/positions', body);
    await wait(feedEveryMs, signal);
  }
}

/** Alerts that are raised, acknowledged and found false, and a threat for each third of them. */
async function keepAlarming(server: BenchServer, chief: string, signal: AbortSignal): Promise<void> {
  const running = new Set<Promise<void>>();
  let failed: unknown;
  for (let serial = 0; !signal.aborted; serial++) {
    const one: Promise<void> = oneAlert(server, chief, serial, signal)
      .catch((reason: unknown) => (failed ??= reason))
      .then(() => void running.delete(one));
    running.add(one);
    await wait(alertEveryMs, signal);
  }
  await Promise.all(running);
  if (failed !== undefined) throw failed;
}

async function oneAlert(
  server: BenchServer,
  chief: string,
  serial: number,
  signal: AbortSignal,
): Promise<void> {
  const id = `soak-${serial}`;
  const [lon, lat] = [29 + (serial % 10) * 0.1, 1 + (serial % 7) * 0.07];
  await send(server, chief, '/api/alerts', {
    id,
    category: 'attack-in-progress',
    priority: serial % 2 ? 'P1' : 'P2',
    text: 'soak',
    channel: 'radio',
    lon,
    lat,
  });
  const threatId = serial % 3 === 0 ? `soak-${serial}` : undefined;
  if (threatId !== undefined) {
    await send(server, chief, '/api/threats', {
      id: threatId,
      kind: 'armed-group',
      geometry: { type: 'Point', coordinates: [lon, lat] },
      radiusM: 4_000,
      likelihood: 3,
      impact: 4,
      validFrom: new Date().toISOString(),
    });
  }
  await wait(alertLivesMs / 3, signal);
  await send(server, chief, `/api/alerts/${id}/acknowledge`, {});
  await wait(alertLivesMs / 3, signal);
  await send(server, chief, `/api/alerts/${id}/false`, { reason: 'soak' });
  if (threatId !== undefined) await send(server, chief, `/api/threats/${threatId}/end`, {});
}

function rowsOf(samples: readonly Sample[]): Row[] {
  const measures = Object.keys(samples[0] ?? {}).filter((name): name is Measure => name !== 'hour');
  return measures.map((measure) => {
    const points = samples.map((sample) => ({ x: sample.hour, y: sample[measure] }));
    const { perHour, noise } = slope(points);
    const [first = NaN, last = NaN] = [points[0]?.y, points.at(-1)?.y];
    return {
      measure,
      first: first.toFixed(1),
      last: last.toFixed(1),
      minutes: ((samples.at(-1)?.hour ?? 0) * 60).toFixed(0),
      'an hour': perHour.toFixed(2),
      'noise, an hour': `±${noise.toFixed(2)}`,
      verdict: verdictOn(perHour, noise, first),
    };
  });
}

/** A rise is one that is clearly more than its own noise, and that a week would make into half as much again. */
function verdictOn(perHour: number, noise: number, first: number): string {
  const hoursOfWeek = 168;
  const isClear = perHour > 2 * noise;
  const isMuch = perHour * hoursOfWeek > first / 2;
  return isClear && isMuch ? 'RISES' : 'flat';
}

/** Slope by least squares, and its standard error. */
function slope(points: ReadonlyArray<{ readonly x: number; readonly y: number }>): {
  readonly perHour: number;
  readonly noise: number;
} {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(points.map((one) => one.x)), mean(points.map((one) => one.y))];
  const spread = points.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
  const perHour = points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0) / spread;
  const off = points.reduce((sum, one) => sum + (one.y - y - perHour * (one.x - x)) ** 2, 0);
  return { perHour, noise: Math.sqrt(off / Math.max(1, points.length - 2) / spread) };
}
