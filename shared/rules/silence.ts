import type { VillageState } from '../model/village-lists.ts';

const hourMs = 3_600_000;
/** How long before the hour a contact counts as due: a quarter of the rhythm, and never more than this. */
const mostDueMs = 6 * hourMs;

/** What is expected of a village, and when it was last heard of. */
export interface Rhythm {
  readonly everyH: number | undefined;
  /** Since when it is expected, ms since 1970: the first contact is due one rhythm later. */
  readonly sinceMs: number | undefined;
  readonly lastMs: number | undefined;
}

/** Whether a village is silent, due, heard or not expected to be heard, and when its next contact is (or was) due. */
export function silenceAt(
  { everyH, sinceMs, lastMs }: Rhythm,
  atMs: number,
): { readonly state: VillageState; readonly dueAtMs?: number } {
  if (everyH === undefined || sinceMs === undefined) return { state: 'unset' };
  const everyMs = everyH * hourMs;
  const dueAtMs = Math.max(sinceMs, lastMs ?? sinceMs) + everyMs;
  if (atMs > dueAtMs) return { state: 'silent', dueAtMs };
  return { state: atMs > dueAtMs - Math.min(everyMs / 4, mostDueMs) ? 'due' : 'heard', dueAtMs };
}
