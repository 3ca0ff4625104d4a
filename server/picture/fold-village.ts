import type { AlertFacts, Author, EventBody } from '../../shared/model/entry.ts';
import {
  registryFieldNames,
  type Place,
  type PlaceIn,
  type VillageRegistry,
} from '../../shared/model/place.ts';
import type { EntryPlace, Folded, Picture } from './picture.ts';
import { sameContent } from './same-content.ts';
import type { Village, VillageContact } from './village.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

/** Contacts of a village that the picture holds; the record has them all. */
const heldContacts = 40;

/** What everybody may see of a place, and what is for the registry of villages only. */
export function splitPlace(given: PlaceIn): {
  readonly place: Place;
  readonly registry: VillageRegistry | undefined;
} {
  const names = registryFieldNames.filter((name) => given[name] !== undefined);
  if (names.length === 0) return { place: given, registry: undefined };
  const isRegistry = (name: string): boolean => (names as readonly string[]).includes(name);
  const fields = Object.entries(given);
  return {
    place: Object.fromEntries(fields.filter(([name]) => !isRegistry(name))) as Place, // the rest of a PlaceIn
    registry: Object.fromEntries(fields.filter(([name]) => isRegistry(name))),
  };
}

/**
 * Imports places: a known id is replaced, so the same import twice changes nothing that shows. What the registry knows
 * of a village stays where the import does not speak of it; null takes it away.
 */
export function foldPlaces(picture: Picture, body: Body<'places.imported'>, at: EntryPlace): Folded {
  for (const item of body.places) {
    const { place, registry } = splitPlace(item);
    picture.places.set(item.id, { place, changedSeq: at.seq });
    if (registry && item.kind === 'village') register(picture, item.id, registry, at);
  }
  return {
    verdict: { kind: 'done', id: String(body.places.length) },
    changes: body.places.map(({ id }) => ({ kind: 'places' as const, id })),
  };
}

function register(picture: Picture, id: string, said: VillageRegistry, { seq, atMs }: EntryPlace): void {
  const known = picture.villages.get(id) ?? newVillage(id);
  const fields = Object.entries({ ...known.registry, ...said }).filter(([, value]) => value !== null);
  const registry: VillageRegistry = Object.fromEntries(fields);
  const { rhythmSinceMs: sinceMs, ...rest } = known;
  const rhythm = registry.contactEveryH ? { rhythmSinceMs: sinceMs ?? atMs } : {};
  picture.villagesSeq = seq;
  picture.villages.set(id, { ...rest, ...rhythm, registry, changedSeq: seq });
}

const newVillage = (id: string): Village => ({ id, registry: {}, contacts: [], changedSeq: 0 });

/** Notes a contact. The same one again changes nothing; another one under its id is a conflict. */
export function foldContacted(
  picture: Picture,
  body: Body<'village.contacted'>,
  author: Author,
  { seq }: EntryPlace,
): Folded {
  const { villageId, contactId: id, atMs, how, by, result, note } = body;
  if (picture.places.get(villageId)?.place.kind !== 'village') {
    const message = `there is no village ${villageId}`;
    return { verdict: { kind: 'refused', code: 'not-found', message, field: 'id' }, changes: [] };
  }
  const said = { id, atMs, how, by, result, ...(note === undefined ? {} : { note }) };
  const village = picture.villages.get(villageId) ?? newVillage(villageId);
  const known = village.contacts.find((contact) => contact.id === id);
  if (known) {
    const { notedBy, atMs: _atMs, ...was } = known;
    // A retry that gave no time was stamped anew at the door.
    const { atMs: _now, ...is } = said;
    if (notedBy?.id === author.id && sameContent(was, is))
      return { verdict: { kind: 'nothing-new', id }, changes: [] };
    const message = `the id ${id} is in use for another contact`;
    return { verdict: { kind: 'refused', code: 'conflict', message, field: 'id' }, changes: [] };
  }
  put(picture, village, { ...said, notedBy: author }, seq);
  return { verdict: { kind: 'done', id }, changes: [] };
}

/** A message or call of a focal point has been folded: its village has been heard of. */
export function heardFrom(
  picture: Picture,
  { alertId, facts }: { readonly alertId: string; readonly facts: AlertFacts },
  { seq, atMs }: EntryPlace,
  folded: Folded,
): Folded {
  const { contactOf } = facts;
  if (contactOf === undefined || folded.verdict.kind !== 'done') return folded;
  if (picture.places.get(contactOf)?.place.kind !== 'village') return folded;
  const village = picture.villages.get(contactOf) ?? newVillage(contactOf);
  const first = village.contacts.find((contact) => contact.alertId === alertId);
  put(picture, village, { id: first?.id ?? `heard-${seq}`, atMs, how: 'message', alertId }, seq);
  return folded;
}

/** Puts a contact among those of its village, newest first, in place of one with its id. */
function put(picture: Picture, village: Village, contact: VillageContact, seq: number): void {
  const others = village.contacts.filter(({ id }) => id !== contact.id);
  const contacts = [contact, ...others].sort((a, b) => b.atMs - a.atMs).slice(0, heldContacts);
  picture.villagesSeq = seq;
  picture.villages.set(village.id, { ...village, contacts, changedSeq: seq });
}
