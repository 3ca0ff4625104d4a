import type { Principal } from '../../shared/role.ts';
import type { Shelf } from '../record/record.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { fromBytes, storedLinkSchema, toBytes, type StoredLink } from './stored.ts';

export const linkLifeMs = 15 * 60 * 1000;

/** Makes the code of a sign-in link. Its hash is stored, the code itself is in the link only. */
export async function createLink(
  shelf: Shelf,
  principal: Principal,
  options: { readonly expiresAtMs: number | null; readonly reusable: boolean },
): Promise<string> {
  const code = newSecret();
  const stored: StoredLink = {
    principal: { ...principal, units: [...principal.units], sectors: [...principal.sectors] },
    ...options,
  };
  await shelf.put(key(code), toBytes(stored));
  return code;
}

/**
 * Uses a code: answers whom it signs in, or undefined. A single-use code is marked as used before it answers, so
 * that of two servers asked at once only one says yes.
 */
export async function useLink(
  shelf: Shelf,
  code: string,
  request: { readonly nowMs: number; readonly fromThisMachine: boolean },
): Promise<Principal | undefined> {
  const link = fromBytes(storedLinkSchema, await shelf.get(key(code)));
  if (!link || (link.expiresAtMs !== null && link.expiresAtMs <= request.nowMs)) return undefined;
  if (link.reusable) return request.fromThisMachine ? link.principal : undefined;
  const first = await shelf.putNew(`used-${key(code)}`, toBytes({ usedAtMs: request.nowMs }));
  if (!first) return undefined;
  await shelf.delete(key(code));
  return link.principal;
}

function key(code: string): string {
  return `link/${hashSecret(code)}`;
}
