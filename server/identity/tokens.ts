import type { Principal, Role } from '../../shared/role.ts';
import type { Shelf } from '../record/record.ts';
import { hashSecret, newSecret, sameHash } from './secrets.ts';
import { fromBytes, storedTokenSchema, toBytes, type StoredToken } from './stored.ts';

/** What `npm run token` asks for. */
export interface TokenRequest {
  readonly role: Role;
  readonly name?: string;
  readonly units?: readonly string[];
  readonly sectors?: readonly string[];
  /** Milliseconds since 1970; absent: does not expire. */
  readonly expiresAtMs?: number;
  readonly use?: StoredToken['use'];
}

const prefix = 'token/';
/** Ids of accounts that are tokens begin so. */
const ofToken = 't-';
const shape = /^nf_([A-Za-z0-9_-]{12})_([A-Za-z0-9_-]{43})$/;

/** Makes a token, stores its hash and answers the token itself, which is nowhere kept. */
export async function createToken(shelf: Shelf, request: TokenRequest, nowMs: number): Promise<string> {
  const id = newSecret().slice(0, 12);
  const secret = newSecret();
  const stored: StoredToken = {
    hash: hashSecret(secret),
    principal: {
      id: ofToken + id,
      role: request.role,
      name: request.name ?? request.role,
      units: [...(request.units ?? [])],
      sectors: [...(request.sectors ?? [])],
    },
    use: request.use ?? 'access',
    createdAtMs: nowMs,
    expiresAtMs: request.expiresAtMs ?? null,
  };
  await shelf.put(prefix + id, toBytes(stored));
  return `nf_${id}_${secret}`;
}

/** How long a token that was looked up is believed without asking the shelf again: how late a withdrawal may work. */
const believedMs = 10_000;
const maxBelieved = 10_000;

export interface OpenedToken {
  readonly id: string;
  readonly principal: Principal;
  readonly use: StoredToken['use'];
}

export interface TokenBook {
  /** Who a token stands for, or undefined when it is wrong, expired or withdrawn. */
  open(token: string, nowMs: number): Promise<OpenedToken | undefined>;
  /** Whether a token that opened something before is still good. */
  isGood(id: string, nowMs: number): Promise<boolean>;
  /** What the account of a principal is called, by its id; undefined where no token has made it. */
  nameOf(principalId: string, nowMs: number): Promise<string | undefined>;
}

export function createTokenBook(shelf: Shelf): TokenBook {
  const believed = new Map<string, { stored: StoredToken | undefined; untilMs: number }>();
  const lookUp = async (id: string, nowMs: number): Promise<StoredToken | undefined> => {
    const known = believed.get(id);
    if (known && known.untilMs > nowMs) return known.stored;
    const stored = fromBytes(storedTokenSchema, await shelf.get(prefix + id));
    if (believed.size >= maxBelieved) believed.clear();
    // Only tokens that exist are remembered, so that guesses cannot fill the memory.
    if (stored) believed.set(id, { stored, untilMs: nowMs + believedMs });
    else believed.delete(id);
    return stored;
  };
  return {
    async open(token, nowMs) {
      const [, id, secret] = shape.exec(token) ?? [];
      if (id === undefined || secret === undefined) return undefined;
      const stored = await lookUp(id, nowMs);
      if (!stored || !sameHash(stored.hash, hashSecret(secret))) return undefined;
      return isInForce(stored, nowMs) ? { id, principal: stored.principal, use: stored.use } : undefined;
    },
    async isGood(id, nowMs) {
      return isInForce(await lookUp(id, nowMs), nowMs);
    },
    async nameOf(principalId, nowMs) {
      if (!principalId.startsWith(ofToken)) return undefined;
      return (await lookUp(principalId.slice(ofToken.length), nowMs))?.principal.name;
    },
  };
}

function isInForce(stored: StoredToken | undefined, nowMs: number): boolean {
  return stored !== undefined && (stored.expiresAtMs === null || stored.expiresAtMs > nowMs);
}

/** Withdraws a token by its id, the part between the underscores; answers whether there was one. */
export async function withdrawToken(shelf: Shelf, id: string): Promise<boolean> {
  if ((await shelf.get(prefix + id)) === undefined) return false;
  await shelf.delete(prefix + id);
  return true;
}

export async function hasTokens(shelf: Shelf): Promise<boolean> {
  return (await shelf.list(prefix)).length > 0;
}
