import { svelte } from '@sveltejs/vite-plugin-svelte';
import pxToRem from 'postcss-pxtorem';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** The server as plain ESM in .build/server, dependencies left outside. `vite build --mode server`. */
const server: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    outDir: '.build/server',
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: { serve: 'server/cli/serve.ts' },
    },
  },
};

/**
 * The map's library carries everything twice: for WebGL, which draws here, and for WebGPU, which does not. What is for
 * the latter alone stays behind: its shaders, and attribute groups with their whole library, 41 kB of gzip together.
 */
const withoutWebGpu: Plugin = {
  name: 'without-webgpu',
  apply: 'build',
  transform: {
    filter: { id: /@(?:deck|luma)\.gl\/.*\.js$/ },
    handler(code, id) {
      if (id.endsWith('/attribute-buffer-groups.js')) return { code: 'export default class {}', map: null };
      // A text that is put together of others is left alone: it has quotes within its quotes.
      const without = code.replace(/\/\* wgsl \*\/\s*`(?:[^`\\$]|\\[^]|\$\{[\w.]+\})*`/gi, "''");
      return without === code ? undefined : { code: without, map: null };
    },
  },
};

const devServer = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;

/** The pages in .build/client: one entry a page would cost a page load each; pages are lazy chunks instead. */
const client: UserConfig = {
  root: 'client',
  plugins: [svelte(), withoutWebGpu],
  worker: { format: 'es' },
  css: {
    // Written in px, as drawn; multiples of the root's letters on the page, so that one figure makes everything larger.
    postcss: { plugins: [pxToRem({ propList: ['*'], minPixelValue: 2 })] },
  },
  build: {
    outDir: '../.build/client',
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // The map chunk (MapLibre and deck.gl) is lazy: pages without a map do not load it.
    chunkSizeWarningLimit: 2500,
    // The CSP allows no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
  },
  // `npm run dev`: pages from here with reload, everything else from the server beside it.
  server: {
    host: '127.0.0.1',
    port: 5173,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/api', '/tiles', '/health', '/socket.io', '/wire'].map(
        (path) => [path, { target: devServer, ws: true }] as const,
      ),
    ),
  },
};

const panelTests = 'tests/client/panels/**/*.test.ts';

const tests = {
  setupFiles: ['tests/support/catalogues.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
  fileParallelism: true,
  maxWorkers: 2,
  projects: [
    { extends: true as const, test: { name: 'all', include: ['tests/**/*.test.ts'], exclude: [panelTests] } },
    {
      // Panels are mounted as in a browser, on an invented document; real browsers are for whole pages.
      extends: true as const,
      resolve: { conditions: ['module', 'browser', 'development|production'] },
      test: { name: 'panels', include: [panelTests], environment: 'happy-dom' },
    },
  ],
};

export default defineConfig(({ mode }) => ({
  ...(mode === 'server' ? server : process.env['VITEST'] ? { plugins: [svelte()] } : client),
  test: tests,
}));
