import type { Request, RequestHandler, Response } from 'express';
import type { Principal } from '../../shared/role.ts';
import { principalOf, type OriginRule } from '../identity/credentials.ts';
import type { Identity } from '../identity/identity.ts';

export type WhoAsks = (request: Request) => Promise<Principal>;

/** The principal of an HTTP call, by bearer token or session cookie. */
export function whoAsks(identity: Identity, origin: OriginRule): WhoAsks {
  return (request) => {
    const canChange = request.method !== 'GET' && request.method !== 'HEAD';
    return principalOf(identity, { headers: request.headers, canChange }, origin);
  };
}

/**
 * Asks who it is before anything of the body is read, so that nobody unknown can make the server hold a large one.
 * `may` refuses a role that has no business at this call at all.
 */
export function signedIn(
  whoAsks: WhoAsks,
  may: (principal: Principal) => void = () => undefined,
): RequestHandler {
  return async (request, response, next) => {
    const principal = await whoAsks(request);
    may(principal);
    response.locals['principal'] = principal;
    next();
  };
}

/** The principal that `signedIn` found. */
export function callerOf(response: Response): Principal {
  return response.locals['principal'] as Principal; // set by signedIn on every route that asks for it
}
