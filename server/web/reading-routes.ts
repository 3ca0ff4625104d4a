import { Router } from 'express';
import { z } from 'zod';
import { Failure } from '../../shared/failure.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import { parseBody } from '../ingest/parse-body.ts';
import type { MessageReader } from '../reading/message-reader.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

const smallBody = bytesUpTo(100_000);

/** Body of `POST /api/alerts/read`. */
export const readBodySchema = z.object({
  text: z.string().max(10_000),
  /** Where the caller lives. */
  placeId: z.string().min(1).max(64).nullish(),
});

interface Parts {
  readonly reader: MessageReader;
  readonly whoAsks: WhoAsks;
  readonly nowMs: () => number;
}

/** `POST /api/alerts/read`: what a text says, for the form in which an alert is raised. Changes and keeps nothing. */
export function readingRoutes({ reader, whoAsks, nowMs }: Parts): Router {
  const routes = Router();
  const may = ({ role }: Principal): void => {
    if (roleMay(role, 'read-text')) return;
    const allowed = rolesThatMay('read-text');
    throw new Failure('role-not-allowed', `${role} may not have a text read; ${allowed.join(', ')} may`);
  };
  routes.post('/api/alerts/read', signedIn(whoAsks, may), smallBody, async (request, response) => {
    callerOf(response);
    const { text, placeId } = parseBody(readBodySchema, bodyJson(request));
    response.json(await reader.read({ text, senderPlaceId: placeId ?? undefined, atMs: nowMs() }));
  });
  return routes;
}
