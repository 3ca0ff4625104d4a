import type { Request } from 'express';
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
