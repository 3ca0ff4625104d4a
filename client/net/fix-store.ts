import type { PhoneFix } from './phone-fix.ts';

/** Where fixes wait that the server has not confirmed. A fix is told by its unit and time. Any call may fail. */
export interface FixStore {
  /** Everything that waits, in any order. */
  load(): Promise<readonly PhoneFix[]>;
  /** Done when it is on disk. */
  put(fix: PhoneFix): Promise<void>;
  remove(fixes: readonly PhoneFix[]): Promise<void>;
}

const storeName = 'waiting';

/**
 * Keeps fixes in this browser's IndexedDB, through reloads and a phone that is switched off. One database a `name`:
 * what an exercise left behind must never reach a mission.
 */
export function browserFixStore(name: string): FixStore {
  let opened: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> => {
    opened ??= openDatabase(name);
    // A refusal may pass (private window, full disk): the next call asks again.
    opened.catch(() => (opened = undefined));
    return opened;
  };
  const write = async (act: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await database()).transaction(storeName, 'readwrite');
    act(transaction.objectStore(storeName));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the fixes were not written'));
    });
  };
  return {
    async load() {
      const transaction = (await database()).transaction(storeName);
      // Written by `put` alone.
      return (await done(transaction.objectStore(storeName).getAll())) as PhoneFix[];
    },
    put: (fix) => write((store) => void store.put(fix)),
    remove: (fixes) =>
      write((store) => fixes.forEach(({ unit, timeMs }) => void store.delete([unit, timeMs]))),
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () =>
    void request.result.createObjectStore(storeName, { keyPath: ['unit', 'timeMs'] });
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the store of fixes does not answer'));
  });
}
