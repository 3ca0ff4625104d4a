import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createLink, linkLifeMs, useLink } from '../../../server/identity/links.ts';
import { preferenceShelf } from '../../../server/identity/preferences.ts';
import { purgeExpired } from '../../../server/identity/purge.ts';
import { createSessions } from '../../../server/identity/sessions.ts';
import { createToken, createTokenBook, withdrawToken } from '../../../server/identity/tokens.ts';
import { openEmbeddedRecord } from '../../../server/record/embedded-record.ts';
import type { Shelf } from '../../../server/record/record.ts';
import { embeddedPlaces } from '../../contract/places.ts';

const places = embeddedPlaces();
afterAll(places.cleanUp);

const dayMs = 24 * 3600 * 1000;
const watch = { id: 'w', role: 'watch', name: 'Watch', units: [], sectors: [] } as const;
const link = { expiresAtMs: linkLifeMs, reusable: false };
const fromHere = { nowMs: 0, fromThisMachine: true };

async function shelfOfOwn(): Promise<Shelf> {
  const { settings } = await places.makePlace();
  const record = await openEmbeddedRecord(settings);
  onTestFinished(() => record.close());
  return record.shelf;
}

const keys = async (shelf: Shelf): Promise<string[]> => (await shelf.list('')).map(([key]) => key);
const idOf = (token: string): string => token.slice(3, 15);

describe('purging', () => {
  it('takes away tokens, links and sessions a day after they expired, and nothing before', async () => {
    const shelf = await shelfOfOwn();
    const sessions = createSessions(shelf, createTokenBook(shelf).isGood);
    await createToken(shelf, { role: 'watch', expiresAtMs: 1_000 }, 0);
    const lasting = await createToken(shelf, { role: 'feed' }, 0);
    await createLink(shelf, watch, { expiresAtMs: 1_000, reusable: false });
    await createLink(shelf, watch, { expiresAtMs: null, reusable: true });
    await sessions.begin(watch, 1_000 - dayMs);
    const { secret } = await sessions.begin(watch, dayMs);
    await shelf.put('token/unreadable', new Uint8Array([1, 2, 3]));
    expect(await purgeExpired(shelf, dayMs + 999)).toEqual({ tokens: 0, links: 0, sessions: 0 });
    expect(await purgeExpired(shelf, dayMs + 1_000)).toEqual({ tokens: 1, links: 1, sessions: 1 });
    expect(await purgeExpired(shelf, dayMs + 1_000)).toEqual({ tokens: 0, links: 0, sessions: 0 });
    expect(await sessions.open(secret, dayMs + 1_000)).toMatchObject({ id: 'w' });
    const left = await keys(shelf);
    expect(left).toHaveLength(4);
    expect(left).toContain('token/unreadable');
    expect(left).toContain(`token/${idOf(lasting)}`);
  });

  it('takes away a session at once whose token was withdrawn, and leaves one whose token is good', async () => {
    const shelf = await shelfOfOwn();
    const sessions = createSessions(shelf, createTokenBook(shelf).isGood);
    const [withdrawn, good] = [
      await createToken(shelf, { role: 'watch' }, 0),
      await createToken(shelf, { role: 'watch' }, 0),
    ];
    for (const token of [withdrawn, good]) await sessions.begin(watch, 0, idOf(token));
    await withdrawToken(shelf, idOf(withdrawn));
    expect(await purgeExpired(shelf, 1)).toEqual({ tokens: 0, links: 0, sessions: 1 });
    expect(await shelf.list('session/')).toHaveLength(1);
  });

  it('takes away the preferences of an account whose token is gone, and no others', async () => {
    const shelf = await shelfOfOwn();
    const preferences = preferenceShelf(shelf);
    const [gone, good] = [
      await createToken(shelf, { role: 'watch' }, 0),
      await createToken(shelf, { role: 'watch' }, 0),
    ];
    // An account that signs in by links has no token.
    const accounts = [`t-${idOf(gone)}`, `t-${idOf(good)}`, 'exercise-watch'];
    for (const account of accounts) await preferences.change(account, { theme: 'bright' });
    await withdrawToken(shelf, idOf(gone));
    await purgeExpired(shelf, 1);
    const themes = await Promise.all(accounts.map(async (account) => (await preferences.of(account)).theme));
    expect(themes).toEqual(['dark', 'bright', 'bright']);
  });

  it('keeps the mark of a used link until no call can know the link any more', async () => {
    const shelf = await shelfOfOwn();
    const code = await createLink(shelf, watch, link);
    expect(await useLink(shelf, code, fromHere)).toBeDefined();
    await shelf.put('used-link/old', new Uint8Array([1])); // as version 0.1 left it
    expect((await purgeExpired(shelf, dayMs)).links).toBe(0);
    expect(await shelf.list('used-link/')).toHaveLength(2);
    expect((await purgeExpired(shelf, dayMs + linkLifeMs)).links).toBe(1);
    expect((await purgeExpired(shelf, 2 * dayMs + linkLifeMs)).links).toBe(1);
    expect(await keys(shelf)).toEqual([]);
    expect(await useLink(shelf, code, fromHere)).toBeUndefined();
  });
});
