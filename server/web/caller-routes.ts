import { Router } from 'express';
import type { EraseTextDoor } from '../ingest/erase-text.ts';
import { pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

const body = bytesUpTo(64_000);

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly eraseText: EraseTextDoor;
}

/** What is owed to those who called: that their words go when they must. */
export function callerRoutes({ whoAsks, eraseText }: Parts): Router {
  const routes = Router();
  routes.post('/api/alerts/:id/erase-text', signedIn(whoAsks), body, async (request, response) => {
    const id = pathPart(request, 'id');
    response.json(await eraseText.erase(callerOf(response), id, bodyJson(request)));
  });
  return routes;
}
