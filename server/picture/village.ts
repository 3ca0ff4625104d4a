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
 * The contacts that may be spoken of, newest first: one by an alert that is restricted would tell which village that
 * alert is from, so it stays unsaid, for the registry and for the watch over silence alike.
 */
export function tellableContacts({ contacts }: Village, { alerts }: Picture): readonly VillageContact[] {
  return contacts.filter(({ alertId }) => alertId === undefined || !alerts.get(alertId)?.restricted);
}

/** The last contact at or before a time; attempts are none. */
export function lastContactAt(village: Village, picture: Picture, atMs: number): VillageContact | undefined {
  return tellableContacts(village, picture).find(
    (contact) => contact.atMs <= atMs && contact.result !== 'no-answer',
  );
}
