import { Router } from 'express';
import type { Fanout } from '../fanout/fanout.ts';
import type { EraseTextDoor } from '../ingest/erase-text.ts';
import type { FeedbackDoor } from '../ingest/feedback.ts';
import { pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

const body = bytesUpTo(64_000);

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly eraseText: EraseTextDoor;
  readonly feedback: FeedbackDoor;
  readonly fanout: Pick<Fanout, 'receipt'>;
}

/** What is owed to those who called: that they are told where it is safe, and that their words go when they must. */
export function callerRoutes({ whoAsks, eraseText, feedback, fanout }: Parts): Router {
  const routes = Router();
  routes.post('/api/alerts/:id/erase-text', signedIn(whoAsks), body, async (request, response) => {
    const id = pathPart(request, 'id');
    response.json(await eraseText.erase(callerOf(response), id, bodyJson(request)));
  });
  routes.post('/api/alerts/:id/feedback', signedIn(whoAsks), body, async (request, response) => {
    const id = pathPart(request, 'id');
    const caller = callerOf(response);
    await feedback.tell(caller, id, bodyJson(request));
    response.json(fanout.receipt(caller, id) ?? { id });
  });
  return routes;
}
