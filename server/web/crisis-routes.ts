import { Router } from 'express';
import { crisesView } from '../audience/crisis-view.ts';
import type { ViewContext } from '../audience/view-context.ts';
import type { CrisisDoor } from '../ingest/crisis.ts';
import { mustMay } from '../ingest/may.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly crisis: CrisisDoor;
  readonly context: () => ViewContext;
}

const body = bytesUpTo(100_000);

/** Crisis mode: one switch, and a register of decisions that operations and security share. */
export function crisisRoutes({ whoAsks, crisis, context }: Parts): Router {
  const routes = Router();
  routes.get('/api/crisis', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-crisis', 'read the register of a crisis');
    response.json(crisesView(context().picture, principal));
  });
  routes.post('/api/crisis', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    await crisis.turn(caller, bodyJson(request));
    response.json(crisesView(context().picture, caller));
  });
  routes.post('/api/crisis/decisions', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const { isNew } = await crisis.decide(caller, bodyJson(request));
    response.status(isNew ? 201 : 200).json(crisesView(context().picture, caller));
  });
  return routes;
}
