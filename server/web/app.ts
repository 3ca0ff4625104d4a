import compression from 'compression';
import express, { type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from '../diagnostics/logger.ts';
import type { Metrics } from '../diagnostics/metrics.ts';
import { errorHandler, notFound } from './errors.ts';

interface Parts {
  /** Doors of machines, called for every fix: asked first, and without what only pages need. */
  readonly quickRouters: readonly Router[];
  /** In the order in which they are asked. */
  readonly routers: readonly Router[];
  readonly secure: boolean;
  readonly behindProxy: boolean;
  readonly metrics: Metrics;
  readonly log: Logger;
}

/** The Express app around the routers: headers that keep pages on this origin, compression, errors with codes. */
export function createApp({ quickRouters, routers, secure, behindProxy, metrics, log }: Parts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  if (behindProxy) app.set('trust proxy', 1);
  app.use(measured(metrics), neverGuessTypes);
  for (const router of quickRouters) app.use(router);
  app.use(headers(secure));
  app.use(
    compression({
      filter: (request, response) =>
        !request.path.startsWith('/tiles') && compression.filter(request, response),
    }),
  );
  for (const router of routers) app.use(router);
  app.use(notFound);
  app.use(errorHandler(log));
  return app;
}

/** Everything from this origin and nothing from any other; no inline script or style. */
function headers(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        workerSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    crossOriginEmbedderPolicy: false,
  });
}

/** The one header that answers to machines need as well; pages get it again with the others. */
const neverGuessTypes: RequestHandler = (_request, response, next) => {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  next();
};

function measured(metrics: Metrics): RequestHandler {
  return (request, response, next) => {
    const stop = metrics.calls.startTimer();
    response.on('finish', () => {
      const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
      stop({ route: typeof route === 'string' ? route : 'other', status: String(response.statusCode) });
    });
    next();
  };
}
