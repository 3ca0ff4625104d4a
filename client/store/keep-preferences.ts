import type { Preferences } from '../../shared/model/preferences.ts';
import type { Answer } from '../net/api.ts';
import { readCopy, writeCopy, type PreferenceName, type Storage } from './preferences-copy.ts';
import { PreferencesStore } from './preferences.svelte.ts';

/** A hand that moves a slider is let finish before anything is sent. */
export const settleMs = 800;
const firstRetryMs = 2_000;
const longestRetryMs = 60_000;

interface Parts {
  readonly account: string;
  /** As the server gave them with the session. */
  readonly start: Preferences;
  readonly storage: Storage;
  /** Sends a part; `null` stands for a field that is to be cleared. */
  readonly send: (part: unknown) => Promise<Answer<unknown>>;
  readonly timers?: { setTimeout(run: () => void, ms: number): unknown };
}

/**
 * The preferences of an account, kept on the server and copied in this browser. Changes go out together once the hand
 * rests, one call at a time, only the fields that changed (so that two desks of one account do not undo each other),
 * and again and again while no server answers: also after a reload.
 */
export function keptPreferences({
  account,
  start,
  storage,
  send,
  timers = globalThis,
}: Parts): PreferencesStore {
  const copy = readCopy(storage);
  const before = copy?.account === account ? copy : undefined;
  /** Values as they were changed last, by field. */
  let unsent = before ? picked(before.now, before.unsent) : new Map<PreferenceName, unknown>();
  let retryMs = firstRetryMs;
  let isDue = false;
  const store = new PreferencesStore({ ...start, ...Object.fromEntries(unsent) }, (changed) => {
    const names = Object.keys(changed) as PreferenceName[]; // a part of preferences has no other keys
    unsent = new Map([...unsent, ...picked(store.now, names)]);
    remember();
    later(settleMs);
  });

  function remember(): void {
    writeCopy(storage, { account, now: store.now, unsent: [...unsent.keys()] });
  }

  function later(ms: number): void {
    if (isDue) return;
    isDue = true;
    timers.setTimeout(() => void flush(), ms);
  }

  async function flush(): Promise<void> {
    const sent = unsent;
    const answer = await send(Object.fromEntries([...sent].map(([name, value]) => [name, value ?? null])));
    isDue = false;
    if (!answer.ok && isPassing(answer.error.code)) {
      later(retryMs);
      retryMs = Math.min(retryMs * 2, longestRetryMs);
      return;
    }
    // What was refused would be refused again; this desk shows it until it is closed.
    retryMs = firstRetryMs;
    unsent = new Map([...unsent].filter(([name, value]) => sent.get(name) !== value));
    remember();
    if (unsent.size > 0) later(settleMs);
  }

  remember();
  if (unsent.size > 0) later(settleMs);
  return store;
}

function picked(from: Preferences, names: readonly PreferenceName[]): Map<PreferenceName, unknown> {
  return new Map(names.map((name) => [name, from[name]]));
}

const passing = [
  'unreachable',
  'internal',
  'record-unavailable',
  'shutting-down',
  'not-signed-in',
  'too-many-requests',
];
/** Whether the same call may be taken later: no server, a server in trouble, or a session that is to be renewed. */
function isPassing(code: string): boolean {
  return passing.includes(code);
}
