import type { Principal } from '../../shared/role.ts';
import type { Shelf } from '../record/record.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { fromBytes, storedSessionSchema, toBytes } from './stored.ts';

const dayMs = 24 * 3600 * 1000;
/** A wall stands for weeks unattended; a person signs in at every shift. */
const lifeMs = (principal: Principal): number => (principal.role === 'wall' ? 90 * dayMs : dayMs);
const believedMs = 10_000;
const maxBelieved = 10_000;

export interface Sessions {
  /** Opens a session and answers the secret for the cookie, with its life in ms. */
  begin(principal: Principal, nowMs: number, tokenId?: string): Promise<{ secret: string; lifeMs: number }>;
  open(secret: string, nowMs: number): Promise<Principal | undefined>;
  end(secret: string): Promise<void>;
}

export function createSessions(
  shelf: Shelf,
  isTokenGood: (id: string, nowMs: number) => Promise<boolean>,
): Sessions {
  const believed = new Map<string, { principal: Principal; untilMs: number }>();
  return {
    async begin(principal, nowMs, tokenId) {
      const secret = newSecret();
      const life = lifeMs(principal);
      await shelf.put(key(secret), toBytes({ principal, expiresAtMs: nowMs + life, tokenId }));
      return { secret, lifeMs: life };
    },
    async open(secret, nowMs) {
      const at = key(secret);
      const known = believed.get(at);
      if (known && known.untilMs > nowMs) return known.principal;
      const stored = fromBytes(storedSessionSchema, await shelf.get(at));
      if (!stored || stored.expiresAtMs <= nowMs) return undefined;
      if (stored.tokenId !== undefined && !(await isTokenGood(stored.tokenId, nowMs))) return undefined;
      if (believed.size >= maxBelieved) believed.clear();
      believed.set(at, {
        principal: stored.principal,
        untilMs: Math.min(stored.expiresAtMs, nowMs + believedMs),
      });
      return stored.principal;
    },
    async end(secret) {
      believed.delete(key(secret));
      await shelf.delete(key(secret));
    },
  };
}

function key(secret: string): string {
  return `session/${hashSecret(secret)}`;
}
