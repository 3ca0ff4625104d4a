import type { Preferences } from '../../shared/model/preferences.ts';

const storageKey = 'nightflash.preferences';

export type PreferenceName = keyof Preferences;

/** What this browser knows of the account that was here last: all of it, and the fields that the server has not taken yet. */
export interface PreferencesCopy {
  readonly account: string;
  readonly now: Preferences;
  readonly unsent: readonly PreferenceName[];
}

export interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The copy, or undefined where there is none that can be read. Fields are as this or an older version left them. */
export function readCopy(storage: Storage): PreferencesCopy | undefined {
  try {
    const copy = JSON.parse(storage.getItem(storageKey) ?? 'null') as Partial<PreferencesCopy> | null; // our own key
    if (typeof copy?.account !== 'string' || typeof copy.now !== 'object') return undefined;
    return { account: copy.account, now: copy.now, unsent: copy.unsent ?? [] };
  } catch {
    return undefined;
  }
}

/** Keeps the copy; a browser that keeps nothing is no reason to stop. */
export function writeCopy(storage: Storage, copy: PreferencesCopy): void {
  try {
    storage.setItem(storageKey, JSON.stringify(copy));
  } catch {
    // Full, or forbidden: the server has them.
  }
}
