import { Router, type Request, type Response } from 'express';
import { packedFixesType } from '../../shared/model/packed-fixes.ts';
import { maxPositionBytes, type PositionsAnswer } from '../../shared/model/position.ts';
import type { Principal } from '../../shared/role.ts';
import type { PackedPositionsDoor, PositionsDoor } from '../ingest/positions.ts';
import { bodyText, bytesUpTo } from './bodies.ts';
import { positionCandidates } from './positions-body.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

/**
 * `POST /api/positions`: a batch, as JSON or packed; the good ones are durable when it answers, the bad ones are
 * listed.
 */
export function positionRoutes(positions: PositionsDoor & PackedPositionsDoor, whoAsks: WhoAsks): Router {
  const routes = Router();
  const take = (principal: Principal, request: Request): Promise<PositionsAnswer> => {
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith(packedFixesType)) return positions.takePacked(principal, bodyBytes(request));
    return positions.take(principal, positionCandidates(bodyText(request), type));
  };
  routes.post('/api/positions', signedIn(whoAsks), bytesUpTo(maxPositionBytes), async (request, response) => {
    answer(response, await take(callerOf(response), request));
  });
  return routes;
}

/** As `response.json`, without asking each time what this answer is. */
function answer(response: Response, verdict: PositionsAnswer): void {
  const body = JSON.stringify(verdict);
  response.writeHead(200, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function bodyBytes(request: Request): Uint8Array {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : new Uint8Array();
}
