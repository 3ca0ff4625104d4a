import { Router } from 'express';
import type { SignalsDoor } from '../ingest/signals.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly signals: SignalsDoor;
  readonly fanout: Pick<Fanout, 'receipt' | 'look'>;
}

/** Bells, whistles, flares, with the direction where somebody could tell. */
export function signalRoutes({ whoAsks, signals, fanout }: Parts): Router {
  const routes = Router();
  routes.post('/api/signals', signedIn(whoAsks), bytesUpTo(64_000), async (request, response) => {
    const caller = callerOf(response);
    const { id, isNew } = await signals.take(caller, bodyJson(request));
    // It may have become one with an alert that the caller may not see.
    const seen = isNew ? fanout.receipt(caller, id) : fanout.look(caller, 'alerts', id);
    response.status(isNew ? 201 : 200).json(seen ?? { id });
  });
  return routes;
}
