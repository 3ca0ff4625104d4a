import { Router } from 'express';
import { maxPositionBytes } from '../../shared/model/position.ts';
import type { PositionsDoor } from '../ingest/positions.ts';
import { bodyText, bytesUpTo } from './bodies.ts';
import { positionCandidates } from './positions-body.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

/** `POST /api/positions`: a batch; the good ones are durable when it answers, the bad ones are listed. */
export function positionRoutes(positions: PositionsDoor, whoAsks: WhoAsks): Router {
  const routes = Router();
  routes.post('/api/positions', signedIn(whoAsks), bytesUpTo(maxPositionBytes), async (request, response) => {
    const principal = callerOf(response);
    const candidates = positionCandidates(bodyText(request), request.headers['content-type'] ?? '');
    response.json(await positions.take(principal, candidates));
  });
  return routes;
}
