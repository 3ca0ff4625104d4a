import { distanceM } from '../../shared/geo/distance.ts';
import type { SilentVillagesOut, VillageOut, VillagesOut } from '../../shared/model/village.ts';
import type { VillageReach, VillageState } from '../../shared/model/village-lists.ts';
import type { Principal } from '../../shared/role.ts';
import type { ViewContext } from '../audience/view-context.ts';
import {
  contactsView,
  sectorOfPlace,
  silentNetworks,
  villageSeen,
  villageSilence,
  villageView,
} from '../audience/village-view.ts';
import type { Mission } from '../mission/mission.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import type { PlaceRecord } from '../picture/picture.ts';
import type { Search } from './search.ts';

export interface VillageQuestion {
  readonly typed?: string | undefined;
  readonly sector?: string | undefined;
  readonly state?: VillageState | undefined;
  readonly reach?: VillageReach | undefined;
  readonly from: number;
  readonly limit: number;
}

/** Villages by name, of which so many are looked at before the other filters. */
const mostNamed = 500;

interface Parts {
  readonly livePicture: Pick<LivePicture, 'picture' | 'onNews'>;
  readonly mission: Mission;
  readonly search: Pick<Search, 'placesNamed'>;
  readonly nowMs: () => number;
}

interface Row {
  readonly record: PlaceRecord;
  readonly state: VillageState;
  readonly dueAtMs: number;
  readonly untilMs: number;
}

interface Standing {
  readonly rows: readonly Row[];
  readonly networks: ReadonlySet<string>;
  /** Holds for this state of the registry, from one time to another. */
  readonly seq: number;
  readonly atMs: number;
  readonly untilMs: number;
}

const stateOrder: Readonly<Record<VillageState, number>> = { silent: 0, due: 1, heard: 2, unset: 3 };

/** The registry of villages, page by page, as far as the asker may read it. */
export class VillageList {
  readonly #parts: Parts;
  /** Villages by name, and bases; undefined while places have changed since. */
  #villages: readonly PlaceRecord[] | undefined;
  #bases: readonly PlaceRecord[] = [];
  /** All villages as they stand, in the order of the list; made anew when anything of it may have changed. */
  #standing: Standing | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.livePicture.onNews(({ changes, fresh }) => {
      if (fresh || changes.some(({ kind }) => kind === 'places')) this.#villages = undefined;
      // An alert that is restricted now makes the contact unsaid that it came of.
      if (fresh || changes.some(({ kind }) => kind === 'places' || kind === 'alerts'))
        this.#standing = undefined;
    });
  }

  async page(principal: Principal, question: VillageQuestion): Promise<VillagesOut> {
    const context = this.#context();
    const { typed = '', from, limit } = question;
    const { rows: standing, networks } = this.#stand(context);
    const all = standing.filter(({ record }) => villageSeen(record, principal, context.mission));
    const counts = { silent: 0, due: 0, heard: 0, unset: 0 };
    for (const { state } of all) counts[state] += 1;
    const rows = typed.trim() === '' ? all : await this.#named(typed, principal, context);
    const asked = rows.filter((row) => isAsked(row, question, context));
    const shown = asked.slice(from, from + limit);
    return {
      at: new Date(context.atMs).toISOString(),
      villages: shown.map(({ record }) => this.#out(record, principal, context, () => networks)),
      total: asked.length,
      ...(from + limit < asked.length ? { next: from + limit } : {}),
      counts,
    };
  }

  /** Ids of the villages that are silent, longest first: for the marks of a map. */
  silent(principal: Principal): SilentVillagesOut {
    const context = this.#context();
    const { rows } = this.#stand(context);
    const silent = rows.filter(
      ({ state, record }) => state === 'silent' && villageSeen(record, principal, context.mission),
    );
    return { at: new Date(context.atMs).toISOString(), ids: silent.map(({ record }) => record.place.id) };
  }

  /** One village with its contacts; undefined where the asker may not read of it. */
  one(principal: Principal, id: string): VillageOut | undefined {
    const context = this.#context();
    const record = context.picture.places.get(id);
    if (!record || !villageSeen(record, principal, context.mission)) return undefined;
    this.#byName();
    const village = this.#out(record, principal, context, () => silentNetworks(context));
    return { ...village, contacts: contactsView(id, principal, context) };
  }

  #context(): ViewContext {
    const { livePicture, mission, nowMs } = this.#parts;
    return { mission, picture: livePicture.picture, atMs: nowMs() };
  }

  #byName(): readonly PlaceRecord[] {
    if (this.#villages) return this.#villages;
    const places = [...this.#parts.livePicture.picture.places.values()];
    const villages = places.filter(({ place }) => place.kind === 'village');
    villages.sort((a, b) => (a.place.name < b.place.name ? -1 : a.place.name > b.place.name ? 1 : 0));
    this.#bases = places.filter(({ place }) => place.kind === 'base');
    this.#villages = villages;
    return villages;
  }

  #stand({ picture, mission, atMs }: ViewContext): Standing {
    const known = this.#standing;
    if (known && known.seq === picture.villagesSeq && atMs >= known.atMs && atMs <= known.untilMs)
      return known;
    const context = { picture, mission, atMs };
    const rows = this.#byName().map((record) => rowOf(record, context));
    const untilMs = rows.reduce((earliest, row) => Math.min(earliest, row.untilMs), Infinity);
    const networks = silentNetworks(context);
    return (this.#standing = { rows: sorted(rows), networks, seq: picture.villagesSeq, atMs, untilMs });
  }

  async #named(typed: string, principal: Principal, context: ViewContext): Promise<Row[]> {
    const found = await this.#parts.search.placesNamed(typed, mostNamed, (id) => {
      const record = context.picture.places.get(id);
      return record && villageSeen(record, principal, context.mission) ? record.place : undefined;
    });
    const records = found.flatMap(({ id }) => context.picture.places.get(id) ?? []);
    return records.map((record) => rowOf(record, context));
  }

  #out(
    record: PlaceRecord,
    principal: Principal,
    context: ViewContext,
    networks: () => ReadonlySet<string>,
  ): VillageOut {
    const village = villageView(record, principal, context);
    const base = this.#baseOf(record, context);
    const { state, network } = village;
    const isNetwork = state === 'silent' && network !== undefined && networks().has(network);
    return {
      ...village,
      ...(base ? { nearestBase: base } : {}),
      ...(isNetwork ? { networkSilent: true } : {}),
    };
  }

  /** The base that the registry names, else the nearest one in a straight line. */
  #baseOf({ place }: PlaceRecord, { picture }: ViewContext): VillageOut['nearestBase'] {
    const given = picture.places.get(picture.villages.get(place.id)?.registry.nearestBaseId ?? '');
    const bases = given ? [given] : this.#bases;
    let nearest: VillageOut['nearestBase'];
    for (const { place: base } of bases) {
      const away = Math.round(distanceM(place.lon, place.lat, base.lon, base.lat));
      if (!nearest || away < nearest.distanceM) nearest = { id: base.id, name: base.name, distanceM: away };
    }
    return nearest;
  }
}

function rowOf(record: PlaceRecord, context: ViewContext): Row {
  const village = context.picture.villages.get(record.place.id);
  const { state, dueAtMs = 0, untilMs } = villageSilence(village, context);
  return { record, state, dueAtMs, untilMs };
}

function isAsked(
  { record, state }: Row,
  question: VillageQuestion,
  { picture, mission }: ViewContext,
): boolean {
  if (question.state !== undefined && state !== question.state) return false;
  if (question.sector !== undefined && sectorOfPlace(record, mission) !== question.sector) return false;
  if (question.reach === undefined) return true;
  return picture.villages.get(record.place.id)?.registry.reach?.includes(question.reach) ?? false;
}

/** Silent villages first, longest overdue before the others; then as the next contact falls due; then by name. */
function sorted(rows: readonly Row[]): Row[] {
  const expected = rows.filter(({ state }) => state !== 'unset');
  expected.sort((a, b) => stateOrder[a.state] - stateOrder[b.state] || a.dueAtMs - b.dueAtMs);
  return [...expected, ...rows.filter(({ state }) => state === 'unset')];
}
