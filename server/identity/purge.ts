import type { Shelf } from '../record/record.ts';
import {
  fromBytes,
  storedLinkSchema,
  storedSessionSchema,
  storedTokenSchema,
  toBytes,
  usedLinkSchema,
} from './stored.ts';
import { linkLifeMs } from './links.ts';
import { preferencesPrefix } from './preferences.ts';

/**
 * What has expired stays this long: it opens nothing any more, and a server whose clock runs ahead must not throw
 * away what is good by everybody else's.
 */
const keptAfterMs = 24 * 3600 * 1000;

interface Purged {
  readonly tokens: number;
  readonly links: number;
  readonly sessions: number;
}

/** Takes off the shelf what opens nothing any more: expired tokens, links used or expired, sessions that are over, preferences of nobody. */
export async function purgeExpired(shelf: Shelf, nowMs: number, signal?: AbortSignal): Promise<Purged> {
  const isPast = (atMs: number | null): boolean => atMs !== null && atMs + keptAfterMs <= nowMs;
  const purge = async (keys: readonly string[]): Promise<number> => {
    let gone = 0;
    for (const key of keys) {
      if (signal?.aborted) break;
      await shelf.delete(key);
      gone++;
    }
    return gone;
  };
  // Listed before the tokens: what belongs to a token that is in neither list has lost it for good.
  const sessions = await shelf.list('session/');
  const preferences = await shelf.list(`${preferencesPrefix}t-`);
  const tokens = await shelf.list('token/');
  const links = await shelf.list('link/');
  const tokenIds = new Set(tokens.map(([key]) => key.slice('token/'.length)));
  await purge(
    preferences
      .map(([key]) => key)
      .filter((key) => !tokenIds.has(key.slice(`${preferencesPrefix}t-`.length))),
  );
  return {
    sessions: await purge(
      keysOf(sessions, storedSessionSchema, ({ expiresAtMs, tokenId }) => {
        return isPast(expiresAtMs) || (tokenId !== undefined && !tokenIds.has(tokenId));
      }),
    ),
    tokens: await purge(keysOf(tokens, storedTokenSchema, ({ expiresAtMs }) => isPast(expiresAtMs))),
    links:
      (await purge(keysOf(links, storedLinkSchema, ({ expiresAtMs }) => isPast(expiresAtMs)))) +
      (await purge(await usedUp(shelf, nowMs))),
  };
}

/** The keys of those of a list that are what they should be, and to be purged. What cannot be read stays. */
function keysOf<T>(
  list: ReadonlyArray<readonly [string, Uint8Array]>,
  schema: Parameters<typeof fromBytes<T>>[0],
  isOver: (stored: T) => boolean,
): string[] {
  return list
    .filter(([, bytes]) => {
      const stored = fromBytes(schema, bytes);
      return stored !== undefined && isOver(stored);
    })
    .map(([key]) => key);
}

/**
 * Marks of used links whose links are long gone. Marks without a time, as older versions make them, get one now: a
 * mark must outlive every call that has read its link already.
 */
async function usedUp(shelf: Shelf, nowMs: number): Promise<string[]> {
  const keys: string[] = [];
  for (const [key, bytes] of await shelf.list('used-link/')) {
    const mark = fromBytes(usedLinkSchema, bytes);
    if (!mark) await shelf.put(key, toBytes({ usedAtMs: nowMs }));
    else if (mark.usedAtMs + linkLifeMs + keptAfterMs <= nowMs) keys.push(key);
  }
  return keys;
}
