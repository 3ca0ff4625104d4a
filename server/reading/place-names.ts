import type { Place } from '../../shared/model/place.ts';
import { soundKey, writtenKey } from '../../shared/rules/spelling.ts';
import type { LivePicture } from '../picture/live-picture.ts';

/** The places that messages may speak of, by name. */
export interface Registry {
  place(id: string): Place | undefined;
  /** Ids of places with this written key. */
  byWritten(key: string): readonly string[];
  /** Ids of places that sound so. */
  bySound(sound: string): readonly string[];
  /** Sounds of places that differ by one letter. */
  nearly(sound: string): readonly string[];
}

/** Names read in one go: about a millisecond, so that fixes and ticks never wait for an import. */
const namesPerSlice = 100;
const none: readonly string[] = [];
/** In a shorter name a wrong letter makes another one. */
const shortestWithTypo = 5;
/** A shorter word is no name with a letter missing. */
const shortestSound = 4;

/**
 * Names of places by how they are written and how they sound, with look-ups that cost microseconds, since every word
 * of every message is looked up. Built when first asked for, in slices, and then following the picture.
 */
export class PlaceNames implements Registry {
  readonly #livePicture: Pick<LivePicture, 'picture' | 'onNews'>;
  readonly #later: (slice: () => void) => void;
  readonly #written = new Map<string, string[]>();
  readonly #spoken = new Map<string, string[]>();
  /** Sounds by their first and by their last letters: one wrong letter leaves one of the two as it was. */
  readonly #edges = new Map<string, string[]>();
  readonly #keys = new Map<string, readonly string[]>();
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

  /** Resolves when every place that there is now can be read. */
  ready(): Promise<void> {
    if (!this.#due) this.#startOver();
    this.#plan();
    if (!this.#isPlanned) return Promise.resolve();
    return new Promise((done) => this.#waiting.push(done));
  }

  place(id: string): Place | undefined {
    return this.#livePicture.picture.places.get(id)?.place;
  }

  byWritten(key: string): readonly string[] {
    return this.#written.get(key) ?? none;
  }

  bySound(sound: string): readonly string[] {
    return this.#spoken.get(sound) ?? none;
  }

  nearly(sound: string): readonly string[] {
    if (sound.length < shortestSound) return none;
    const found = new Set<string>();
    for (const length of [sound.length - 1, sound.length, sound.length + 1]) {
      if (length < shortestWithTypo) continue;
      for (const key of edgesOf(sound, length)) {
        for (const other of this.#edges.get(key) ?? none) if (isOneLetterOff(sound, other)) found.add(other);
      }
    }
    return [...found];
  }

  #startOver(): void {
    for (const held of [this.#written, this.#spoken, this.#edges, this.#keys]) held.clear();
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
    const place = this.place(id);
    const names = place ? [place.name, ...(place.names ?? [])] : [];
    const keys = [...new Set(names.map(writtenKey))].filter((key) => key !== '');
    const before = this.#keys.get(id) ?? none;
    if (before.length === keys.length && before.every((key, at) => key === keys[at])) return;
    for (const key of before) this.#forget(id, key);
    for (const key of keys) this.#learn(id, key);
    if (keys.length > 0) this.#keys.set(id, keys);
    else this.#keys.delete(id);
  }

  #learn(id: string, key: string): void {
    listed(this.#written, key, id);
    const sound = soundKey(key);
    if (sound.length < 3) return;
    if (!this.#spoken.has(sound) && sound.length >= shortestWithTypo) {
      for (const edge of edgesOf(sound, sound.length)) listed(this.#edges, edge, sound);
    }
    listed(this.#spoken, sound, id);
  }

  #forget(id: string, key: string): void {
    unlisted(this.#written, key, id);
    const sound = soundKey(key);
    unlisted(this.#spoken, sound, id);
    if (this.#spoken.has(sound)) return;
    for (const edge of edgesOf(sound, sound.length)) unlisted(this.#edges, edge, sound);
  }
}

/** How a sound of this length begins and ends, as the index has it: one wrong letter leaves one of the two. */
function edgesOf(sound: string, length: number): readonly string[] {
  const letters = length >= 6 ? 3 : 2;
  return [`^${length}${sound.slice(0, letters)}`, `$${length}${sound.slice(-letters)}`];
}

function listed(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (!list) map.set(key, [value]);
  else if (!list.includes(value)) list.push(value);
}

function unlisted(map: Map<string, string[]>, key: string, value: string): void {
  const left = map.get(key)?.filter((other) => other !== value) ?? [];
  if (left.length > 0) map.set(key, left);
  else map.delete(key);
}

/** One letter changed, missing, too many, or two neighbours swapped. */
export function isOneLetterOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const rest = (text: string, skip: number): string => text.slice(same + skip);
  if (a.length > b.length) return rest(a, 1) === rest(b, 0);
  if (b.length > a.length) return rest(b, 1) === rest(a, 0);
  if (rest(a, 1) === rest(b, 1)) return true;
  return a[same] === b[same + 1] && a[same + 1] === b[same] && rest(a, 2) === rest(b, 2);
}
