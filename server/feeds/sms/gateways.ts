import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { Failure } from '../../../shared/failure.ts';
import type { Principal } from '../../../shared/role.ts';
import { bearerToken } from '../../identity/credentials.ts';
import type { Identity } from '../../identity/identity.ts';
import { mustMay } from '../../ingest/may.ts';
import { twilioSigned } from './gateway-forms.ts';
import type { SmsGatewayKind } from './message.ts';

/** A gateway of the mission file, with its secret read. */
export interface SmsGateway {
  readonly kind: SmsGatewayKind;
  readonly secret: string;
  readonly sendUrl?: string;
}

interface Parts {
  readonly identity: Identity;
  readonly gateways: readonly SmsGateway[];
  /** Address under which gateways reach the service, as Twilio signs it. */
  readonly publicUrl: string | undefined;
}

/** Which gateway a call comes from; refuses with `not-signed-in`. */
export interface GatewayGuard {
  /** By the secret of the mission file or a feed token, in `Authorization` (`Bearer`, `Token`, basic, or bare). */
  byHeader(request: Request, kind: SmsGatewayKind): Promise<Principal>;
  /** The same, with the secret in a field of the form. */
  bySecret(secret: string | undefined, kind: SmsGatewayKind): Promise<Principal>;
  /** By Twilio's signature; by header where none is given. */
  bySignature(request: Request, form: ReadonlyMap<string, string>): Promise<Principal>;
}

export function gatewayGuard({ identity, gateways, publicUrl }: Parts): GatewayGuard {
  const secretsOf = (kind: SmsGatewayKind): string[] =>
    gateways.filter((gateway) => gateway.kind === kind).map(({ secret }) => secret);

  const bySecret: GatewayGuard['bySecret'] = async (given, kind) => {
    if (given === undefined || given === '' || given.length > 500) throw unknownGateway();
    if (secretsOf(kind).some((secret) => isSame(secret, given))) return principalOf(kind);
    const principal = await identity.byToken(given);
    mustMay(principal, 'bring-messages', 'bring messages');
    return principal;
  };

  const byHeader: GatewayGuard['byHeader'] = (request, kind) => {
    const header = request.headers.authorization;
    const bare = /^(?:token\s+)?(\S+)$/i.exec(header?.trim() ?? '')?.[1];
    return bySecret(bearerToken(header) ?? bare, kind);
  };

  return {
    bySecret,
    byHeader,
    async bySignature(request, form) {
      const signature = request.header('X-Twilio-Signature');
      if (signature === undefined) return await byHeader(request, 'twilio');
      const base = publicUrl?.replace(/\/$/, '') ?? `${request.protocol}://${request.get('host') ?? ''}`;
      const url = base + request.originalUrl;
      if (secretsOf('twilio').some((secret) => twilioSigned(secret, { url, form, signature })))
        return principalOf('twilio');
      throw new Failure('not-signed-in', 'the signature is not that of a gateway of this mission');
    },
  };
}

/** A gateway that shows a secret of the mission file is a feed of its own name. */
function principalOf(kind: SmsGatewayKind): Principal {
  return { id: `gateway-${kind}`, role: 'feed', name: `SMS ${kind}`, units: [], sectors: [] };
}

function unknownGateway(): Failure {
  return new Failure('not-signed-in', 'send the secret of the gateway, or a feed token');
}

/** Compared as hashes, so that neither length nor beginning can be found out by trying. */
function isSame(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
