import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import { Failure } from '../../shared/failure.ts';
import type { Principal } from '../../shared/role.ts';
import type { Identity } from './identity.ts';

export const sessionCookie = 'nightflash_session';

/** What a request or a socket handshake says about who asks. */
export interface Credentials {
  readonly headers: IncomingHttpHeaders;
  /** Token given beside the headers (the `auth` of a socket). */
  readonly token?: string;
  /** Whether the call can change something: then a session cookie needs an `Origin` of our own. */
  readonly canChange: boolean;
}

export interface OriginRule {
  /** Origin under which operators reach the service, when it is behind a proxy. */
  readonly publicUrl?: string;
}

/**
 * Who asks. A bearer token stands for itself; a session cookie counts only where the browser says that the page is
 * ours, since a browser adds the cookie to any page's request. Refuses with `not-signed-in` or `origin-refused`.
 */
export async function principalOf(
  identity: Identity,
  asked: Credentials,
  rule: OriginRule,
): Promise<Principal> {
  const { headers } = asked;
  const bearer = asked.token ?? bearerToken(headers.authorization);
  if (bearer !== undefined) return identity.byToken(bearer);
  const secret = parseCookie(headers.cookie ?? '')[sessionCookie];
  if (secret === undefined)
    throw new Failure('not-signed-in', 'sign in, or send a token as "Authorization: Bearer …"');
  if ((asked.canChange || headers.origin !== undefined) && !isOwnOrigin(headers, rule)) {
    throw new Failure('origin-refused', 'a call with a session cookie must come from a page of this server');
  }
  if (headers['sec-fetch-site'] === 'cross-site') {
    throw new Failure('origin-refused', 'a call with a session cookie must come from a page of this server');
  }
  return identity.bySession(secret);
}

/** The token of a bearer header, or the password of HTTP basic (OwnTracks sends its token so). */
export function bearerToken(authorization: string | undefined): string | undefined {
  const [scheme, value] = (authorization ?? '').split(' ');
  if (value === undefined) return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  const decoded = Buffer.from(value, 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}

/** Whether the page behind the request is one of ours: same host as asked, or the public address. */
export function isOwnOrigin(headers: IncomingHttpHeaders, { publicUrl }: OriginRule): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return false;
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
