import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { paintNothing } from '../support/paint-nothing.ts';
import { makeToken, serverProcess, type ServerProcess } from '../support/server-process.ts';
import { projectDir } from '../support/source-files.ts';
import { call, temporaryFolder } from '../support/test-server.ts';

/** The built product, served by its own process, with a browser in front of it. */
export interface Stage {
  readonly server: ServerProcess;
  readonly env: Readonly<Record<string, string>>;
  /** What went wrong in any page: console errors, CSP violations, requests to other origins. */
  readonly faults: string[];
  /** A new page, signed in with a token of the role through the sign-in form. */
  signIn(
    role: string,
    options?: {
      width?: number;
      height?: number;
      locale?: string;
      args?: string[];
      /** Called with the new page before it opens anything. */
      prepare?: (page: Page) => Promise<void>;
    },
  ): Promise<Page>;
  post(path: string, role: string, body: unknown): Promise<unknown>;
}

/** For a stage where nothing is asked of pixels: maps are empty and nothing moves, and pages are there in half the time. */
export const unpainted = { paints: false } as const;

export async function setStage(
  settings: Readonly<Record<string, string>> = {},
  { paints = true }: { paints?: boolean } = {},
): Promise<Stage> {
  if (!existsSync(join(projectDir, '.build/client/index.html')))
    throw new Error('the client is not built: npm run build');
  const env = { DATA_DIR: temporaryFolder(), ...settings };
  const server = await serverProcess(env);
  const browser = await launchBrowser(paints ? [] : ['--disable-gpu-compositing']);
  onTestFinished(() => browser.close());
  const faults: string[] = [];
  const tokens = new Map<string, string>();
  const tokenOf = async (role: string, args: readonly string[] = []): Promise<string> => {
    const key = [role, ...args].join(' ');
    const token =
      tokens.get(key) ?? (await makeToken(env, [`--role=${role}`, `--name=The ${role}`, ...args]));
    tokens.set(key, token);
    return token;
  };
  return {
    server,
    env,
    faults,
    async signIn(role, { width = 1440, height = 900, locale = 'en', args = [], prepare } = {}) {
      const page = await openPage(browser, { width, height, locale, paints }, server, faults);
      if (!paints) await page.addInitScript(paintNothing);
      await prepare?.(page);
      await page.goto(`${server.url}/signin`);
      await page.locator('#token').fill(await tokenOf(role, args));
      await page.locator('form button').click();
      await page.waitForURL((url) => url.pathname !== '/signin');
      return page;
    },
    async post(path, role, body) {
      const answer = await call(server.url, path.endsWith('units/') ? 'PUT' : 'POST', path, {
        token: await tokenOf(role),
        body,
      });
      if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
  };
}

interface View {
  readonly width: number;
  readonly height: number;
  readonly locale: string;
  readonly paints: boolean;
}

async function openPage(
  browser: Browser,
  { width, height, locale, paints }: View,
  server: ServerProcess,
  faults: string[],
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale,
    ...(paints ? {} : { reducedMotion: 'reduce' as const }),
  });
  const page = await context.newPage();
  // Software draws every map, and several tests at once share the machine.
  page.setDefaultTimeout(90_000);
  page.on('pageerror', (error) => faults.push(`page: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    // A browser reports every failed connection itself; while a server is down that is what happens.
    const isLinkLoss = /ERR_CONNECTION|WebSocket connection|Failed to load resource/.test(text);
    if (message.type() !== 'error' || isLinkLoss) return;
    const at = faults.push(`console: ${text.slice(0, 300)}`) - 1;
    // An error that came from a worker is printed by its class alone.
    for (const arg of message.args()) {
      void arg
        .evaluate((it: unknown) => (it instanceof Error ? `${it.name}: ${it.message}` : ''))
        .then(
          (told) => (faults[at] += ` ${told}`),
          () => undefined,
        );
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.port === String(server.port) || url.protocol === 'data:' || url.protocol === 'blob:';
    if (!isOwn) faults.push(`request to ${url.href}`);
  });
  return page;
}

/** A pixel of a picture, from its top left corner. */
export interface Pixel {
  readonly x: number;
  readonly y: number;
}

/** Middle of the pixels of about this colour on the map, in CSS pixels; undefined where there are none. */
export async function centreOfColour(
  page: Page,
  colour: readonly [number, number, number],
): Promise<{ x: number; y: number; count: number } | undefined> {
  const pixels = await pixelsOfColour(page, colour);
  if (pixels.length === 0) return undefined;
  const mean = (axis: keyof Pixel) => pixels.reduce((sum, pixel) => sum + pixel[axis], 0) / pixels.length;
  return { x: mean('x'), y: mean('y'), count: pixels.length };
}

/** All pixels of about this colour on the map, in CSS pixels. */
export async function pixelsOfColour(
  page: Page,
  [red, green, blue]: readonly [number, number, number],
): Promise<Pixel[]> {
  const shot = await page.locator('canvas').first().screenshot({ type: 'png' });
  return page.evaluate(
    async ({ data, wanted }) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext('2d');
      if (!context) return [];
      context.drawImage(image, 0, 0);
      const { data: bytes } = context.getImageData(0, 0, image.width, image.height);
      const pixels: { x: number; y: number }[] = [];
      for (let at = 0; at < bytes.length; at += 4) {
        const near = wanted.every((value, channel) => Math.abs((bytes[at + channel] ?? 0) - value) < 12);
        if (near) pixels.push({ x: (at / 4) % image.width, y: Math.floor(at / 4 / image.width) });
      }
      return pixels;
    },
    { data: shot.toString('base64'), wanted: [red, green, blue] },
  );
}
