import type { AlarmMemory } from './alarms.ts';
import type { Storage } from './preferences-copy.ts';

const none: AlarmMemory = { otherAtMs: undefined, silenced: [] };
const keyOf = (account: string): string => `nightflash.alarms.${account}`;

/** What this browser knows of the alarms of an account. */
export function readAlarmMemory(storage: Storage, account: string): AlarmMemory {
  try {
    const read = JSON.parse(storage.getItem(keyOf(account)) ?? 'null') as Partial<AlarmMemory> | null; // our own key
    return { otherAtMs: read?.otherAtMs, silenced: Array.isArray(read?.silenced) ? read.silenced : [] };
  } catch {
    return none;
  }
}

export function writeAlarmMemory(storage: Storage, account: string, memory: AlarmMemory): void {
  try {
    storage.setItem(keyOf(account), JSON.stringify(memory));
  } catch {
    // Full, or forbidden: then a reload begins with an empty list.
  }
}
