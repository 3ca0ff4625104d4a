import { Router } from 'express';
import type { Fanout } from '../fanout/fanout.ts';
import type { PrewarningsDoor } from '../ingest/prewarnings.ts';
import { pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

const body = bytesUpTo(64_000);

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly prewarnings: PrewarningsDoor;
  readonly fanout: Pick<Fanout, 'receipt'>;
}

/** Units that are told to be ready, and told that they need not be. Both answer the alert. */
export function prewarningRoutes({ whoAsks, prewarnings, fanout }: Parts): Router {
  const routes = Router();
  const deeds = { '/api/alerts/:id/prewarn': 'prewarn', '/api/alerts/:id/prewarn/end': 'end' } as const;
  for (const [path, deed] of Object.entries(deeds)) {
    routes.post(path, signedIn(whoAsks), body, async (request, response) => {
      const id = pathPart(request, 'id');
      const caller = callerOf(response);
      await prewarnings[deed](caller, id, bodyJson(request));
      response.json(fanout.receipt(caller, id) ?? { id });
    });
  }
  return routes;
}
