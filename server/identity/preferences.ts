import { changePreferences, readPreferences, type Preferences } from '../../shared/model/preferences.ts';
import type { Shelf } from '../record/record.ts';
import { toBytes } from './stored.ts';

/** Where the preferences of the account of a token with this id are; they go when the token goes. */
export const preferencesPrefix = 'preferences/';

/** How each account wants its screens, beside the record, so that every server and every desk has the same. */
export interface PreferenceShelf {
  /** Of a new account, or where what is kept cannot be read: as everybody begins. */
  of(account: string): Promise<Preferences>;
  /** Puts in a change that the patch schema has passed; answers all of them. */
  change(account: string, patch: Readonly<Record<string, unknown>>): Promise<Preferences>;
}

export function preferenceShelf(shelf: Shelf): PreferenceShelf {
  const of = async (account: string): Promise<Preferences> =>
    readPreferences(parsed(await shelf.get(preferencesPrefix + account)));
  const change: PreferenceShelf['change'] = async (account, patch) => {
    const changed = changePreferences(await of(account), patch);
    await shelf.put(preferencesPrefix + account, toBytes(changed));
    return changed;
  };
  const last = new Map<string, Promise<unknown>>();
  return {
    of,
    // One after the other: two desks of one account must not each write what the other has just changed back.
    async change(account, patch) {
      const turn = (last.get(account) ?? Promise.resolve()).then(() => change(account, patch));
      const settled = turn.catch(() => undefined);
      last.set(account, settled);
      await settled;
      if (last.get(account) === settled) last.delete(account);
      return turn;
    },
  };
}

function parsed(bytes: Uint8Array | undefined): unknown {
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
