import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { launchBrowser } from './browser.ts';
import { projectDir } from './source-files.ts';
import type { Stage } from './units-stage/stage.ts';

declare global {
  interface Window {
    readonly stage: Stage;
  }
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface UnitsStage {
  readonly browser: Browser;
  /** A new page with the stage on it, of a size in CSS pixels; `faults` collects what went wrong there. */
  open(width: number, height: number): Promise<{ page: Page; faults: string[] }>;
  close(): Promise<void>;
}

/** Bundles the stage as the product is bundled, serves it, and opens a browser in front of it. */
export async function openUnitsStage(): Promise<UnitsStage> {
  const outDir = mkdtempSync(join(tmpdir(), 'nightflash-stage-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(projectDir, 'tests/support/units-stage'),
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 4000 },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://stage').pathname);
    const file = join(outDir, path === '/' ? 'index.html' : path);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const browser = await launchBrowser(['--enable-precise-memory-info', '--js-flags=--expose-gc']);
  return {
    browser,
    async open(width, height) {
      const page = await browser.newPage({ viewport: { width, height } });
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => 'stage' in window);
      return { page, faults };
    },
    async close() {
      await browser.close();
      server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
