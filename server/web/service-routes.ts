import { Router, type Request } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { Metrics } from '../diagnostics/metrics.ts';
import { docsCss, docsPage } from './docs.ts';
import { openApi } from './openapi.ts';
import type { WhoAsks } from './who-asks.ts';

/** State of the service as `/health` answers it. */
export interface Health {
  readonly status: 'ok' | 'failing';
  readonly reason?: string;
  readonly [more: string]: unknown;
}

interface Parts {
  readonly health: () => Health;
  readonly metrics: Metrics;
  readonly whoAsks: WhoAsks;
  readonly behindProxy: boolean;
  readonly version: string;
}

/** What operators and other programs ask about the service itself. */
export function serviceRoutes({ health, metrics, whoAsks, behindProxy, version }: Parts): Router {
  const routes = Router();
  const api = openApi(version);
  routes.get('/health', (_request, response) => {
    const state = health();
    response.status(state.status === 'ok' ? 200 : 503).json(state);
  });
  routes.get('/metrics', async (request, response) => {
    if (behindProxy || !isLoopback(request)) await mayReadMetrics(request, whoAsks);
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  routes.get('/api/openapi.json', (_request, response) => void response.json(api));
  routes.get('/api/docs', (_request, response) => void response.type('html').send(docsPage(api)));
  routes.get('/api/docs.css', (_request, response) => void response.type('css').send(docsCss()));
  return routes;
}

/** Behind a proxy every caller looks like loopback, so there the token is always asked for. */
async function mayReadMetrics(request: Request, whoAsks: WhoAsks): Promise<void> {
  const { role } = await whoAsks(request);
  if (role !== 'admin' && role !== 'watch' && role !== 'chief')
    throw new Failure('role-not-allowed', `${role} may not read the metrics`);
}

function isLoopback(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}
