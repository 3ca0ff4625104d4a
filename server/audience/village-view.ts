import type { ContactOut, VillageOut } from '../../shared/model/village.ts';
import type { VillageState } from '../../shared/model/village-lists.ts';
import { roleMay, type Principal } from '../../shared/role.ts';
import { silenceAt } from '../../shared/rules/silence.ts';
import type { Mission } from '../mission/mission.ts';
import type { PlaceRecord } from '../picture/picture.ts';
import { isTellable, lastContactAt, type Village, type VillageContact } from '../picture/village.ts';
import { textFor } from './reportable.ts';
import type { ViewContext } from './view-context.ts';

type Seen = Pick<PlaceRecord, 'place'>;

/** Sectors of places, looked up once: a place that changes is another record. */
const sectorsOf = new WeakMap<Mission, WeakMap<object, { readonly sector: string | undefined }>>();

export function sectorOfPlace(record: Seen, mission: Mission): string | undefined {
  let known = sectorsOf.get(mission);
  if (!known) sectorsOf.set(mission, (known = new WeakMap()));
  const before = known.get(record);
  if (before) return before.sector;
  const sector = mission.sectorAt(record.place.lon, record.place.lat);
  known.set(record, { sector });
  return sector;
}

/**
 * Whether someone may read what the registry knows of a village (contract, "Who sees what": as with units, sector and
 * liaison their own area). Walls, patrols and advisers have no business with it.
 */
export function villageSeen(record: Seen, { role, sectors }: Principal, mission: Mission): boolean {
  if (record.place.kind !== 'village' || !roleMay(role, 'read-villages')) return false;
  if (role !== 'sector' && role !== 'liaison') return true;
  const sector = sectorOfPlace(record, mission);
  return sector !== undefined && sectors.includes(sector);
}

/**
 * Who may know that it was a focal point who called (contract, column "sources"). To others such a call counts, and is
 * not told: with its time, an alert of the same minute would say which village its caller is from.
 */
const knowCallers: ReadonlyArray<Principal['role']> = ['admin', 'watch', 'chief', 'liaison'];

function toldTo({ role }: Principal): (contact: VillageContact) => boolean {
  return ({ alertId }) => alertId === undefined || knowCallers.includes(role);
}

interface Silence {
  readonly state: VillageState;
  readonly dueAtMs: number | undefined;
  /** Up to when the state holds while nobody is heard. */
  readonly untilMs: number;
  readonly last: VillageContact | undefined;
}
const unset: Silence = { state: 'unset', dueAtMs: undefined, untilMs: Infinity, last: undefined };

/** How a village stands with its rhythm at a time, by everything that is known of it. */
export function villageSilence(
  village: Village | undefined,
  { picture, atMs }: Pick<ViewContext, 'picture' | 'atMs'>,
): Silence {
  if (!village) return unset;
  const last = lastContactAt(village, picture, atMs);
  const everyH = village.registry.contactEveryH ?? undefined;
  const rhythm = { everyH, sinceMs: village.rhythmSinceMs, lastMs: last?.atMs };
  const { state, dueAtMs, untilMs } = silenceAt(rhythm, atMs);
  return { state, dueAtMs, untilMs, last };
}

/** A village as this principal may read it; whether it may has been asked. */
export function villageView(record: Seen, principal: Principal, context: ViewContext): VillageOut {
  const { place } = record;
  const village = context.picture.villages.get(place.id);
  const { state, dueAtMs, last } = villageSilence(village, context);
  const isTold = last === undefined || toldTo(principal)(last);
  const shown = village && lastContactAt(village, context.picture, context.atMs, toldTo(principal));
  const { reach, network, contactEveryH, liaison, hamletOf } = village?.registry ?? {};
  const sector = sectorOfPlace(record, context.mission);
  return {
    ...{ id: place.id, name: place.name, lon: place.lon, lat: place.lat, state },
    ...(typeof place.population === 'number' ? { population: place.population } : {}),
    ...(place.languages?.length ? { languages: place.languages } : {}),
    ...(sector === undefined ? {} : { sector }),
    ...(reach?.length ? { reach } : {}),
    ...(network ? { network } : {}),
    ...(contactEveryH ? { contactEveryH } : {}),
    ...(liaison ? { liaison } : {}),
    ...(hamletOf ? { hamletOf: named(hamletOf, context) } : {}),
    ...(shown ? { lastContact: lastOut(shown) } : {}),
    ...(dueAtMs === undefined || !isTold ? {} : { dueAt: new Date(dueAtMs).toISOString() }),
  };
}

function lastOut({ atMs, how, result }: VillageContact): NonNullable<VillageOut['lastContact']> {
  return { at: new Date(atMs).toISOString(), how, ...(result ? { result } : {}) };
}

function named(id: string, { picture }: ViewContext): { readonly id: string; readonly name?: string } {
  const name = picture.places.get(id)?.place.name;
  return name === undefined ? { id } : { id, name };
}

/** What was noted of a village, newest first. */
export function contactsView(id: string, principal: Principal, { picture }: ViewContext): ContactOut[] {
  const village = picture.villages.get(id);
  if (!village) return [];
  return village.contacts
    .filter((contact) => isTellable(contact, picture))
    .filter(toldTo(principal))
    .map(({ id: contactId, atMs, how, by, result, note, notedBy }) => ({
      ...{ id: contactId, at: new Date(atMs).toISOString(), how },
      ...(by ? { by } : {}),
      ...(result ? { result } : {}),
      ...(note ? { note: textFor(principal, note) } : {}),
      ...(notedBy ? { notedBy: notedBy.name } : {}),
    }));
}

export interface SilentVillage {
  readonly id: string;
  readonly sector: string | undefined;
  readonly dueAtMs: number;
  /** When it was last heard of, as far as that may be told. */
  readonly lastMs?: number;
}

/**
 * The watch over silence: the villages whose expected contact is overdue at the time of the context, longest first.
 * Pure, and no entry comes of it: a village that is silent is shown and counted, and a person looks into it.
 */
export function silentVillages(principal: Principal, context: ViewContext): SilentVillage[] {
  const silent: SilentVillage[] = [];
  for (const village of context.picture.villages.values()) {
    const record = context.picture.places.get(village.id);
    if (!record || !villageSeen(record, principal, context.mission)) continue;
    const { state, dueAtMs } = villageSilence(village, context);
    if (state !== 'silent' || dueAtMs === undefined) continue;
    const lastMs = lastContactAt(village, context.picture, context.atMs, toldTo(principal))?.atMs;
    const sector = sectorOfPlace(record, context.mission);
    silent.push({ id: village.id, sector, dueAtMs, ...(lastMs === undefined ? {} : { lastMs }) });
  }
  return silent.sort((a, b) => a.dueAtMs - b.dueAtMs || (a.id < b.id ? -1 : 1));
}

/** Fewer villages than this on one network tell nothing about it. */
const fewestOnNetwork = 3;

/** The networks of which more than half the villages that are expected to be heard of are silent. */
export function silentNetworks(context: ViewContext): ReadonlySet<string> {
  const counts = new Map<string, { silent: number; all: number }>();
  for (const village of context.picture.villages.values()) {
    const { network } = village.registry;
    const { state } = villageSilence(village, context);
    if (!network || state === 'unset') continue;
    const count = counts.get(network) ?? { silent: 0, all: 0 };
    counts.set(network, { silent: count.silent + (state === 'silent' ? 1 : 0), all: count.all + 1 });
  }
  return new Set(
    [...counts].flatMap(([network, { silent, all }]) =>
      silent >= fewestOnNetwork && silent * 2 > all ? [network] : [],
    ),
  );
}
