import { Router } from 'express';
import { Failure } from '../../shared/failure.ts';
import { wallCallSchema } from '../../shared/model/wall-call.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import type { Logger } from '../diagnostics/logger.ts';
import { parseBody } from '../ingest/parse-body.ts';
import { idOrRefusal, type Submit } from '../ingest/submit.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly submit: Submit;
  readonly whoAsks: WhoAsks;
  /** Names of the walls that this server serves now. */
  readonly walls: () => readonly string[];
  readonly log: Logger;
}

/** What a desk asks of the walls. The call goes through the record, so that walls of every server hear it. */
export function wallRoutes({ submit, whoAsks, walls, log }: Parts): Router {
  const routes = Router();
  routes.get('/api/walls', signedIn(whoAsks, mayCallWalls), (_request, response) => {
    response.json({ walls: walls() });
  });
  routes.post(
    '/api/walls/reload',
    signedIn(whoAsks, mayCallWalls),
    bytesUpTo(10_000),
    async (request, response) => {
      const caller = callerOf(response);
      const call = parseBody(wallCallSchema, bodyJson(request));
      idOrRefusal(await submit.event(caller, { kind: 'walls.called', call }));
      log.info({ by: caller.id, role: caller.role, ...call }, 'walls were asked to load anew');
      response.json(call);
    },
  );
  return routes;
}

function mayCallWalls({ role }: Principal): void {
  if (roleMay(role, 'call-walls')) return;
  const allowed = rolesThatMay('call-walls').join(', ');
  throw new Failure('role-not-allowed', `${role} may not ask walls for anything; ${allowed} may`);
}
