import type { Author } from '../../shared/model/entry.ts';
import type { VillageRegistry } from '../../shared/model/place.ts';
import type { ContactHow } from '../../shared/model/village.ts';
import type { ContactResult } from '../../shared/model/village-lists.ts';
import type { Picture } from './picture.ts';

/** One contact with a village. Who of it called is not in it. */
export interface VillageContact {
  readonly id: string;
  /** When it was, as it was said. */
  readonly atMs: number;
  readonly how: ContactHow;
  readonly by?: string;
  readonly result?: ContactResult;
  readonly note?: string;
  readonly notedBy?: Author;
  /** The alert that a message or call of a focal point made. */
  readonly alertId?: string;
}

/** What the registry knows of a village beside its place. Replaced, never written over. */
export interface Village {
  readonly id: string;
  readonly registry: VillageRegistry;
  /** Since when it is expected to be heard of. */
  readonly rhythmSinceMs?: number;
  /** The last ones, newest first. */
  readonly contacts: readonly VillageContact[];
  readonly changedSeq: number;
}

/**
 * Whether a contact may be spoken of: one by an alert that is restricted would tell which village that alert is from, so
 * it stays unsaid, for the registry and for the watch over silence alike.
 */
export function isTellable({ alertId }: VillageContact, { alerts }: Picture): boolean {
  return alertId === undefined || !alerts.get(alertId)?.restricted;
}

/** The last contact at or before a time; attempts are none. Asked for every village there is: it makes nothing new. */
export function lastContactAt(
  village: Village,
  picture: Picture,
  atMs: number,
  counts: (contact: VillageContact) => boolean = () => true,
): VillageContact | undefined {
  for (const contact of village.contacts) {
    if (contact.atMs > atMs || contact.result === 'no-answer') continue;
    if (isTellable(contact, picture) && counts(contact)) return contact;
  }
  return undefined;
}
