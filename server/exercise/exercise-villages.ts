import type { Place, PlaceIn } from '../../shared/model/place.ts';
import type { ContactIn } from '../../shared/model/village.ts';
import { silenceAt } from '../../shared/rules/silence.ts';
import type { Picture } from '../picture/picture.ts';
import { lastContactAt } from '../picture/village.ts';

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** Of the villages of the island, every so many-th has fallen silent, and nobody of the script looks after it. */
const silentEvery = 17;
const rhythmsH = [6, 12, 24] as const;
const reaches = [['phone', 'bell'], ['hf'], ['phone', 'whistle'], ['messenger', 'bell']] as const;
/** Contacts that the script notes in one round. */
const mostAtOnce = 20;

/** Number of a village of the alert network; the island names villages `village-007`, and towns are towns. */
function numberOf(id: string): number {
  const [, digits = ''] = /^village-(\d+)$/.exec(id) ?? [];
  return digits === '' ? 0 : Number(digits);
}

/** A place as the mission of the exercise imports it: villages with how they are reached and how often they are called. */
export function registered(place: Place): PlaceIn {
  const number = numberOf(place.id);
  if (number === 0) return place;
  return {
    ...place,
    reach: [...(reaches[number % reaches.length] ?? [])],
    contactEveryH: rhythmsH[number % rhythmsH.length] ?? 24,
    liaison: `CLA-${(number % 5) + 1}`,
    ...(number % 2 === 0 ? { network: `Net ${(number % 3) + 1}` } : {}),
  };
}

export interface VillageCall {
  readonly villageId: string;
  readonly contact: ContactIn;
}

/**
 * The calls that the liaison assistants of the exercise have to note now: to villages within half an hour of their time, and at the first
 * round those of the last hours, so that a newcomer sees who was heard, who is due and who has fallen silent.
 */
export function villageCalls(picture: Picture, atMs: number): VillageCall[] {
  const calls: VillageCall[] = [];
  for (const village of picture.villages.values()) {
    const [number, everyH] = [numberOf(village.id), village.registry.contactEveryH ?? 0];
    if (number === 0 || everyH === 0 || calls.length === mostAtOnce) continue;
    const contact = {
      how: number % 4 === 1 ? ('hf' as const) : ('call' as const),
      result: 'all-well' as const,
    };
    if (village.contacts.length === 0) {
      const at = new Date(atMs - firstAgoH(number, everyH) * hourMs).toISOString();
      calls.push({ villageId: village.id, contact: { id: `ex-first-${number}`, at, ...contact } });
      continue;
    }
    const lastMs = lastContactAt(village, picture, atMs)?.atMs;
    const { dueAtMs } = silenceAt({ everyH, sinceMs: village.rhythmSinceMs, lastMs }, atMs);
    const isTime = dueAtMs !== undefined && atMs > dueAtMs - (number % 30) * minuteMs;
    if (!isTime || number % silentEvery === 0) continue;
    calls.push({ villageId: village.id, contact: { id: `ex-${number}-${lastMs ?? 0}`, ...contact } });
  }
  return calls;
}

/** Hours since a village was last heard of when the exercise begins. */
function firstAgoH(number: number, everyH: number): number {
  return number % silentEvery === 0 ? everyH + 1 + (number % 7) : (everyH * ((number * 37) % 92)) / 100;
}
