import { distanceM } from '../../shared/geo/distance.ts';
import type { Place, PlaceOut } from '../../shared/model/place.ts';
import type { FoundPlace } from '../../shared/model/search.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import { NameIndex, type NameMatch } from './name-index.ts';

export interface Point {
  readonly lon: number;
  readonly lat: number;
}

export interface PlaceQuestion {
  readonly typed: string;
  readonly limit: number;
  /** Where the asker looks: of places that are otherwise alike the nearer one comes first. */
  readonly near: Point | undefined;
  /** The place as the asker may see it. */
  readonly see: (id: string) => PlaceOut | undefined;
}

/** Names read in one go: about a millisecond, so that fixes and ticks never wait for an import. */
const namesPerSlice = 50;
/** What is looked for first when names are equally near. */
const kindOrder: readonly Place['kind'][] = ['base', 'hospital', 'site', 'landing-zone', 'village'];

/**
 * Finds places by name. The index is built when somebody first searches, in slices between which everything else goes
 * on, and follows the places of the picture from then on in the same way.
 */
export class PlaceSearch {
  readonly #livePicture: Pick<LivePicture, 'picture' | 'onNews'>;
  readonly #later: (slice: () => void) => void;
  #index = new NameIndex();
  /** Places whose names are to be read; undefined before the first search. */
  #due: Set<string> | undefined;
  #isPlanned = false;
  #waiting: (() => void)[] = [];

  constructor(
    livePicture: Pick<LivePicture, 'picture' | 'onNews'>,
    later: (slice: () => void) => void = setImmediate,
  ) {
    this.#livePicture = livePicture;
    this.#later = later;
    livePicture.onNews(({ changes, fresh }) => {
      if (!this.#due) return;
      if (fresh) this.#startOver();
      for (const { kind, id } of changes) if (kind === 'places') this.#due.add(id);
      this.#plan();
    });
  }

  /** How many places can be found now. */
  get size(): number {
    return this.#index.size;
  }

  /** Resolves when every place that there is now can be found. */
  ready(): Promise<void> {
    if (!this.#due) this.#startOver();
    this.#plan();
    if (!this.#isPlanned) return Promise.resolve();
    return new Promise((done) => this.#waiting.push(done));
  }

  /** The places that the asker may see and that answer to what was typed, best first. */
  find({ typed, limit, near, see }: PlaceQuestion): FoundPlace[] {
    const ranked = this.#index.find(typed, limit).flatMap((match) => {
      const place = this.#livePicture.picture.places.get(match.id)?.place;
      return place ? [{ match, place, order: orderOf(place, near) }] : [];
    });
    ranked.sort(
      (a, b) =>
        a.match.rank - b.match.rank ||
        compareOrders(a.order, b.order) ||
        (a.place.name < b.place.name ? -1 : 1),
    );
    const found: FoundPlace[] = [];
    for (const { match } of ranked) {
      const place = see(match.id);
      if (place) found.push(foundPlace(place, match));
      if (found.length === limit) break;
    }
    return found;
  }

  #startOver(): void {
    this.#index = new NameIndex();
    this.#due = new Set(this.#livePicture.picture.places.keys());
  }

  #plan(): void {
    if (this.#isPlanned || !this.#due?.size) return;
    this.#isPlanned = true;
    this.#later(() => this.#readSlice());
  }

  #readSlice(): void {
    this.#isPlanned = false;
    const due = this.#due ?? new Set();
    let read = 0;
    for (const id of due) {
      if (read === namesPerSlice) break;
      due.delete(id);
      this.#read(id);
      read += 1;
    }
    this.#plan();
    if (this.#isPlanned) return;
    for (const done of this.#waiting.splice(0)) done();
  }

  #read(id: string): void {
    const place = this.#livePicture.picture.places.get(id)?.place;
    if (place) this.#index.put(id, [place.name, ...(place.names ?? [])]);
    else this.#index.remove(id);
  }
}

function foundPlace({ names: _names, ...place }: PlaceOut, { match, name, isOther }: NameMatch): FoundPlace {
  return { ...place, match, ...(isOther ? { spelling: name } : {}) };
}

/** Kind, then population to the power of ten, then distance; smaller comes first. */
function orderOf(place: Place, near: Point | undefined): readonly number[] {
  const people = Math.floor(Math.log10((place.population ?? 0) + 1));
  const metres = near ? distanceM(near.lon, near.lat, place.lon, place.lat) : 0;
  return [kindOrder.indexOf(place.kind), -people, metres];
}

function compareOrders(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
