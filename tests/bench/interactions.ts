import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { unitId } from './load/fleet.ts';
import { benchServer, type BenchServer } from './servers.ts';
import { percentile, type Row } from './table.ts';

const units = 5_000;
/** Each unit reports once in so many seconds; a share of them in every second. */
const reportEveryS = 10;
const alerts = 30;
const times = 10;
const viewport = { width: 1440, height: 900 } as const;

/**
 * What a watch officer does most, on the real console in a real browser while 5,000 units move: for each act the time
 * that its handlers hold the main thread, from the key or click to what it changed in the page, and the time until
 * the next picture. Pictures are drawn by the processor here, so the latter is far above that of any graphics card;
 * the goal of 100 ms is for the main thread. Rows of frames are the script of single frames, drawing calls included.
 */
export async function interactions(): Promise<Row[]> {
  const server = await benchServer('embedded always');
  const browser = await launchBrowser(['--use-angle=null']);
  const ending = new AbortController();
  try {
    await raiseAlerts(server);
    const moving = keepMoving(server, ending.signal);
    const page = await (await browser.newContext({ viewport })).newPage();
    page.setDefaultTimeout(120_000);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    // What runs this file gives every function its name by a helper that is not in the page.
    await page.addInitScript('globalThis.__name = (named) => named;');
    await page.addInitScript(watchMainThread);
    await openConsole(page, server);
    const rows = await allActs(page).catch(async (e) => { await page.screenshot({ path: "/tmp/shots/MAP/bench.png", timeout: 60000 }); throw e; });
    ending.abort();
    await moving;
    if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));
    return rows;
  } finally {
    ending.abort();
    await browser.close();
    await server.stop();
  }
}

async function allActs(page: Page): Promise<Row[]> {
  const queueRow = page.locator('button.row');
  const palette = page.locator('dialog[open]');
  const rows: Row[] = [];
  rows.push(await framesOf(page, 'nothing done', () => pause(10_000)));
  rows.push(
    await act(page, 'click on a row of the queue', 'click', async (turn) => {
      const box = await queueRow.nth(turn % 6).boundingBox();
      if (!box) throw new Error('the queue has no such row');
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.locator('button.row[aria-current="true"]').waitFor();
    }),
  );
  await page.keyboard.press('Escape');
  rows.push(
    await act(page, 'key that opens the palette', 'keydown', async () => {
      await page.keyboard.press('Control+k');
      await palette.locator('input').waitFor();
      await page.keyboard.press('Escape');
      await palette.waitFor({ state: 'detached' });
    }),
  );
  await page.keyboard.press('Control+k');
  await palette.locator('input').waitFor();
  rows.push(
    await act(page, 'letter typed into the palette', 'input', async (turn) => {
      await page.keyboard.type('unit-123'[turn % 8] ?? '1');
      if (turn % 8 === 7) await palette.locator('input').fill('');
    }),
  );
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  rows.push(
    await act(page, 'click on the map', 'click', async (turn) => {
      await page.mouse.click(500 + turn * 20, 300 + turn * 15);
      await pause(300);
    }),
  );
  await page.keyboard.press('Escape');
  rows.push(await framesOf(page, 'map dragged', () => drag(page)));
  return rows;
}

async function drag(page: Page): Promise<void> {
  await page.mouse.move(700, 450);
  await page.mouse.down();
  for (let step = 1; step <= 60; step++) {
    await page.mouse.move(700 + 120 * Math.sin(step / 10), 450 + 80 * Math.sin(step / 7));
    await pause(30);
  }
  await page.mouse.up();
}

/** One act, done often enough for a median. */
async function act(
  page: Page,
  name: string,
  kind: string,
  once: (turn: number) => Promise<unknown>,
): Promise<Row> {
  await once(0);
  await pause(1_000);
  await page.evaluate(() => window.mainThread.forget());
  for (let turn = 1; turn <= times; turn++) {
    await once(turn);
    await pause(400);
  }
  const { events } = await page.evaluate(() => window.mainThread.noted());
  const ofKind = events.filter((one) => one.kind === kind);
  return {
    what: name,
    times: ofKind.length,
    'main thread p50 ms': percentile(
      ofKind.map(({ busyMs }) => busyMs),
      0.5,
    ).toFixed(1),
    'p95 ms': percentile(
      ofKind.map(({ busyMs }) => busyMs),
      0.95,
    ).toFixed(1),
    'begun after, p95 ms': percentile(
      ofKind.map(({ waitMs }) => waitMs),
      0.95,
    ).toFixed(1),
    'next picture p50 ms': percentile(
      ofKind.map(({ shownMs }) => shownMs),
      0.5,
    ).toFixed(0),
  };
}

/** Script of the frames that come while something is done. */
async function framesOf(page: Page, name: string, doing: () => Promise<void>): Promise<Row> {
  await page.evaluate(() => window.mainThread.forget());
  await doing();
  const { frames } = await page.evaluate(() => window.mainThread.noted());
  return {
    what: `${name}: script of a frame`,
    times: frames.length,
    'main thread p50 ms': percentile(frames, 0.5).toFixed(1),
    'p95 ms': percentile(frames, 0.95).toFixed(1),
    'begun after, p95 ms': '',
    'next picture p50 ms': '',
  };
}

interface Noted {
  /** Milliseconds: handlers, waiting before them, and from the act to the next picture. */
  readonly events: { kind: string; busyMs: number; waitMs: number; shownMs: number }[];
  readonly frames: number[];
}

declare global {
  interface Window {
    mainThread: { forget: () => void; noted: () => Noted };
  }
}

/** Runs in the page before anything else there: notes what events and frames cost. */
function watchMainThread(): void {
  let noted: Noted = { events: [], frames: [] };
  window.mainThread = { forget: () => void (noted = { events: [], frames: [] }), noted: () => noted };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceEventTiming[])
      noted.events.push({
        kind: entry.name,
        busyMs: entry.processingEnd - entry.processingStart,
        waitMs: entry.processingStart - entry.startTime,
        shownMs: entry.duration,
      });
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  const ask = window.requestAnimationFrame.bind(window);
  let frameAt = 0;
  window.requestAnimationFrame = (callback) =>
    ask((at) => {
      const startedAt = performance.now();
      callback(at);
      const ms = performance.now() - startedAt;
      // All callbacks of one frame are told the same time.
      if (at === frameAt) noted.frames.push((noted.frames.pop() ?? 0) + ms);
      else noted.frames.push(ms);
      frameAt = at;
    });
}

async function openConsole(page: Page, server: BenchServer): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await page.locator('#token').fill(server.watch);
  await page.locator('form button').click();
  await page.locator('canvas').nth(1).waitFor({ timeout: 120_000 });
  await page
    .locator('button.row')
    .nth(alerts - 1)
    .waitFor();
  await pause(2 * reportEveryS * 1_000);
}

async function send(server: BenchServer, token: string, path: string, body: unknown): Promise<void> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

async function raiseAlerts(server: BenchServer): Promise<void> {
  for (let serial = 0; serial < alerts; serial++)
    await send(server, server.watch, '/api/alerts', {
      id: `alert-${serial}`,
      category: 'armed-group-movement',
      priority: serial % 3 ? 'P2' : 'P1',
      text: 'bench',
      channel: 'radio',
      lon: 29 + (serial % 6) * 0.2,
      lat: 1 + Math.floor(serial / 6) * 0.2,
    });
}

/** A tenth of the units reports each second, so that every one is heard of once in ten. */
async function keepMoving(server: BenchServer, signal: AbortSignal): Promise<void> {
  for (let second = 0; !signal.aborted; second++) {
    const time = new Date().toISOString();
    const body = [];
    for (let unit = second % reportEveryS; unit < units; unit += reportEveryS) {
      const angle = second / 60 + unit;
      body.push({
        unit: unitId(unit),
        time,
        lon: 28.9 + (unit % 80) * 0.018 + Math.sin(angle) * 0.008,
        lat: 0.9 + Math.floor(unit / 80) * 0.018 + Math.cos(angle) * 0.008,
        courseDeg: (360 - (((angle * 180) / Math.PI) % 360)) % 360,
        speedMps: 8,
      });
    }
    await send(server, server.feed, '/api/positions', body);
    await pause(1_000, undefined, { signal }).catch(() => undefined);
  }
}
