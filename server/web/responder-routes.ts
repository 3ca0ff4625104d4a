import { Router } from 'express';
import type { ResponderOut } from '../../shared/model/responder.ts';
import type { Principal } from '../../shared/role.ts';
import { pathPart } from './asked.ts';
import type { WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly responders: (principal: Principal, alertId: string) => Promise<readonly ResponderOut[]>;
}

/** Who can get to an alert, and how long it takes. */
export function responderRoutes({ whoAsks, responders }: Parts): Router {
  const routes = Router();
  routes.get('/api/alerts/:id/responders', async (request, response) => {
    response.json(await responders(await whoAsks(request), pathPart(request, 'id')));
  });
  return routes;
}
