import { join } from 'node:path';
import express, { Router } from 'express';

/** The pages of the client; each is the same document, which looks at its address. */
export const pages = ['/', '/wall', '/patrol', '/signin', '/admin', '/watch'] as const;

/** The built client: named assets for ever, the document itself never from a cache. */
export function pageRoutes(clientDir: string): Router {
  const routes = Router();
  routes.use(
    '/assets',
    express.static(join(clientDir, 'assets'), { immutable: true, maxAge: '365d', index: false }),
  );
  routes.get([...pages], (_request, response) => {
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile('index.html', { root: clientDir });
  });
  routes.use(express.static(clientDir, { index: false, maxAge: '1h' }));
  return routes;
}
