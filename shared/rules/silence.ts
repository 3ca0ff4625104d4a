import type { VillageState } from '../model/village-lists.ts';

const hourMs = 3_600_000;
/** How long before the hour a contact counts as due: a quarter of the rhythm, and never more than this. */
const mostDueMs = 6 * hourMs;

/** What is expected of a village, and when it was last heard of. */
export interface Rhythm {
  readonly everyH: number | undefined;
  /** Since when it is expected, ms since 1970: where nobody was ever heard, the first contact is due one rhythm later. */
  readonly sinceMs: number | undefined;
  readonly lastMs: number | undefined;
}

/**
 * Whether a village is silent, due, heard or not expected to be heard; when its next contact is (or was) due; and up to
 * when this holds while nobody is heard.
 */
export function silenceAt(
  { everyH, sinceMs, lastMs }: Rhythm,
  atMs: number,
): { readonly state: VillageState; readonly dueAtMs?: number; readonly untilMs: number } {
  if (everyH === undefined || sinceMs === undefined) return { state: 'unset', untilMs: Infinity };
  const everyMs = everyH * hourMs;
  const dueAtMs = (lastMs ?? sinceMs) + everyMs;
  if (atMs > dueAtMs) return { state: 'silent', dueAtMs, untilMs: Infinity };
  const dueFromMs = dueAtMs - Math.min(everyMs / 4, mostDueMs);
  return atMs > dueFromMs
    ? { state: 'due', dueAtMs, untilMs: dueAtMs }
    : { state: 'heard', dueAtMs, untilMs: dueFromMs };
}
