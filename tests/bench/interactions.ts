import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { paintNothing } from '../support/paint-nothing.ts';
import { unitId } from './load/fleet.ts';
import { noteMainThread, type Acted } from './main-thread.ts';
import { benchServer, type BenchServer } from './servers.ts';
import { percentile, type Row } from './table.ts';

const crowds = [50, 5_000] as const;
/** Each unit reports once in so many seconds; a share of them in every second. */
const reportEveryS = 10;
const alerts = 60;
const times = 20;
const viewport = { width: 1440, height: 900 } as const;

/**
 * What a watch officer does most, on the real console in a real browser, with a few units and with 5,000 that move:
 * milliseconds from the key or click to what it changed in the page, and to the end of the next frame's script. The
 * graphics card is one that takes every call and paints nothing, as a processor that paints 5,000 symbols would be all
 * that is measured: the figures are what the page itself needs, on the same cores as server and units. Rows of frames
 * are the script of single frames, calls of the drawing library included, and what the main thread needs meanwhile.
 */
export async function interactions(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const units of crowds) rows.push(...(await withUnits(units)));
  return rows;
}

async function withUnits(units: number): Promise<Row[]> {
  const server = await benchServer('embedded always');
  const browser = await launchBrowser();
  const ending = new AbortController();
  try {
    await raiseAlerts(server);
    const moving = keepMoving(server, units, ending.signal);
    const page = await (await browser.newContext({ viewport })).newPage();
    page.setDefaultTimeout(120_000);
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.addInitScript(paintNothing);
    await noteMainThread(page);
    await openConsole(page, server);
    const rows = await allActs(page);
    ending.abort();
    await moving;
    if (faults.length > 0) throw new Error(faults.slice(0, 5).join('\n'));
    return rows.map((row) => ({ units, ...row }));
  } finally {
    ending.abort();
    await browser.close();
    await server.stop();
  }
}

async function allActs(page: Page): Promise<Row[]> {
  const keys = (key: string) => () => page.keyboard.press(key);
  /** The alert that waits longest: what was acknowledged has gone to the end of the queue. */
  const first = (): Promise<void> =>
    page.evaluate(() => document.querySelector<HTMLElement>('button.row')?.click());
  const rows: Row[] = [];
  const note = async (row: Promise<Row>): Promise<void> => void rows.push(await row);
  await note(framesOf(page, 'nothing', () => pause(10_000)));
  await note(framesOf(page, 'drags the map', () => drag(page)));
  await note(acts(page, 'next alert: its card stands', 'aside h2', keys('j')));
  await first();
  await note(
    acts(page, 'acknowledges: the page has taken it', 'aside .steps button:disabled', keys('a'), first),
  );
  await note(acts(page, 'acknowledges: durable, back as a patch', 'aside .tag', keys('a'), first));
  await page.keyboard.press('Escape');
  await note(acts(page, 'opens the palette', 'dialog[open]', keys('Control+k'), keys('Escape')));
  await page.keyboard.press('Control+k');
  await page.locator('dialog[open] input').waitFor();
  const letters = 'unit-4321 mabiri 99';
  let typed = 0;
  await note(
    acts(
      page,
      'types a letter: field, and list of what is held',
      'dialog input',
      async () => {
        if (typed % letters.length === 0) await page.locator('dialog[open] input').fill('');
        await page.keyboard.press(letters[typed++ % letters.length] ?? '1');
      },
      undefined,
      'value',
    ),
  );
  await page.keyboard.press('Escape');
  await note(acts(page, 'opens the board of units', '[role=grid] .row', keys('u'), keys('u')));
  return rows;
}

/**
 * One act, done often enough for a median. An act that changed nothing in five seconds (the same card again) is left
 * out and counted.
 */
async function acts(
  page: Page,
  name: string,
  reads: string,
  act: () => Promise<unknown>,
  after?: () => Promise<unknown>,
  attribute?: string,
): Promise<Row> {
  const all: Acted[] = [];
  for (let turn = -1; turn < times; turn++) {
    await page.evaluate(([reads, attribute]) => window.mainThread.expect(reads, attribute), [
      reads,
      attribute,
    ] as const);
    await act();
    const acted = await Promise.race([
      page.evaluate(() => window.mainThread.acted()),
      pause(5_000, undefined),
    ]);
    // The first loads what the act needs and has not been needed before.
    if (acted && turn >= 0) all.push(acted);
    await after?.();
    await pause(250);
  }
  const of = (share: number, part: keyof Acted): string =>
    percentile(
      all.map((one) => one[part]),
      share,
    ).toFixed(0);
  return {
    'the officer': name,
    times: all.length,
    'to handler p95': of(0.95, 'begunMs'),
    'changed p50': of(0.5, 'changedMs'),
    p95: of(0.95, 'changedMs'),
    'frame ended p50': of(0.5, 'drawnMs'),
    'p95 ': of(0.95, 'drawnMs'),
    'main thread': '',
  };
}

/** Script of the frames that come while something is done, and what the main thread ran meanwhile. */
async function framesOf(page: Page, name: string, doing: () => Promise<void>): Promise<Row> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.evaluate(() => window.mainThread.forgetFrames());
  const [beganAt, busyBeforeS] = [performance.now(), await busyS(tools)];
  await doing();
  const share = ((await busyS(tools)) - busyBeforeS) / ((performance.now() - beganAt) / 1000);
  const frames = await page.evaluate(() => window.mainThread.frames());
  await tools.detach();
  return {
    'the officer': `${name}: script of a frame`,
    times: frames.length,
    'to handler p95': '',
    'changed p50': percentile(frames, 0.5).toFixed(1),
    p95: percentile(frames, 0.95).toFixed(1),
    'frame ended p50': '',
    'p95 ': '',
    'main thread': `${(share * 100).toFixed(0)} %`,
  };
}

/** Seconds that the main thread has run anything. */
async function busyS(tools: CDPSession): Promise<number> {
  const { metrics } = await tools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN;
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

async function openConsole(page: Page, server: BenchServer): Promise<void> {
  await page.goto(`${server.url}/signin`);
  await page.locator('#token').fill(server.watch);
  await page.locator('form button').click();
  await page.locator('canvas').nth(1).waitFor();
  await page.locator('button.row').nth(10).waitFor();
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
    await send(server, server.feed, '/api/alerts', {
      id: `alert-${serial}`,
      category: 'armed-group-movement',
      priority: serial % 3 ? 'P2' : 'P1',
      text: 'bench',
      channel: 'radio',
      placeName: `Mabiri ${serial}`,
      lon: 29 + (serial % 6) * 0.2,
      lat: 1 + Math.floor(serial / 6) * 0.2,
    });
}

/** A tenth of the units reports each second, so that every one is heard of once in ten. */
async function keepMoving(server: BenchServer, units: number, signal: AbortSignal): Promise<void> {
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
