import { Router, type Request } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { z } from 'zod';
import { Failure } from '../../shared/failure.ts';
import type { Principal } from '../../shared/role.ts';
import { isOwnOrigin, sessionCookie, type OriginRule } from '../identity/credentials.ts';
import type { Identity } from '../identity/identity.ts';
import { preferencesPatchSchema } from '../../shared/model/preferences.ts';
import type { PreferenceShelf } from '../identity/preferences.ts';
import { parseBody } from '../ingest/parse-body.ts';
import { bodyJson, bodyText, bytesUpTo } from './bodies.ts';
import { parseCookie, serializeCookie } from './cookies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

/** Fifty saved views and fifty filters of the longest fit, however JSON writes their characters. */
const maxPreferenceBytes = 150_000;

const signInSchema = z.union([
  z.object({ token: z.string().min(1).max(500) }),
  z.object({ code: z.string().min(1).max(500) }),
]);

interface Parts {
  readonly identity: Identity;
  readonly whoAsks: WhoAsks;
  readonly origin: OriginRule;
  /** Whether the cookie may be sent over TLS only. */
  readonly secureCookie: boolean;
  /** Behind a proxy every caller looks like this machine, so nobody counts as being on it. */
  readonly behindProxy: boolean;
  readonly nowMs: () => number;
  /** What a page needs to know after signing in. */
  readonly welcome: (principal: Principal) => Promise<unknown>;
  readonly preferences: PreferenceShelf;
}

/** Signing in to a cookie, out of it, and asking who one is. */
export function sessionRoutes(parts: Parts): Router {
  const routes = Router();
  const cookie = (value: string, maxAgeS: number): string =>
    serializeCookie(sessionCookie, value, { maxAgeS, secure: parts.secureCookie });
  const manyWrong = rateLimit({
    windowMs: 60_000,
    limit: 30,
    // One desk's wrong token locks nobody else out who comes from the same address.
    keyGenerator: (request) => `${ipKeyGenerator(request.ip ?? '')} ${bodyText(request).slice(0, 30)}`,
    skipSuccessfulRequests: true,
    standardHeaders: true,
    legacyHeaders: false,
    handler: () => {
      throw new Failure('too-many-requests', 'too many failed sign-ins from here; wait a minute');
    },
  });

  routes.get('/api/session', async (request, response) => {
    response.json(await parts.welcome(await parts.whoAsks(request)));
  });
  routes.post('/api/session', bytesUpTo(10_000), manyWrong, async (request, response) => {
    if (request.headers.origin !== undefined && !isOwnOrigin(request.headers, parts.origin)) {
      throw new Failure('origin-refused', 'signing in must come from a page of this server');
    }
    const { principal, secret, lifeMs } = await signIn(parts, request);
    response.setHeader('Set-Cookie', cookie(secret, Math.floor(lifeMs / 1000)));
    response.json(await parts.welcome(principal));
  });
  routes.delete('/api/session', async (request, response) => {
    const secret = parseCookie(request.headers.cookie)[sessionCookie];
    if (secret !== undefined && !isOwnOrigin(request.headers, parts.origin)) {
      throw new Failure('origin-refused', 'signing out must come from a page of this server');
    }
    if (secret !== undefined) await parts.identity.sessions.end(secret);
    response.setHeader('Set-Cookie', cookie('', 0));
    response.status(204).end();
  });
  routes.put(
    '/api/preferences',
    signedIn(parts.whoAsks),
    bytesUpTo(maxPreferenceBytes),
    async (request, response) => {
      const patch = parseBody(preferencesPatchSchema, bodyJson(request));
      response.json(await parts.preferences.change(callerOf(response).id, patch));
    },
  );
  return routes;
}

async function signIn(
  { identity, behindProxy, nowMs }: Parts,
  request: Request,
): Promise<{ principal: Principal; secret: string; lifeMs: number }> {
  const given = parseBody(signInSchema, bodyJson(request));
  if ('token' in given) return identity.beginSession(given.token);
  const principal = await identity.byLink(given.code, !behindProxy && isFromThisMachine(request));
  return { principal, ...(await identity.sessions.begin(principal, nowMs())) };
}

/** By the address of the other end itself, never by a header that anyone can send. */
function isFromThisMachine(request: Request): boolean {
  const address = request.socket.remoteAddress ?? '';
  return address === '::1' || address.replace('::ffff:', '').startsWith('127.');
}
