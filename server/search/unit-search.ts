import type { UnitOut } from '../../shared/model/unit.ts';
import { nameKey, nameRank, notNamed, type NameKey } from '../../shared/rules/spelling.ts';
import type { Picture, Unit } from '../picture/picture.ts';

export interface UnitQuestion {
  readonly typed: string;
  readonly limit: number;
  /** The unit as the asker may see it. */
  readonly see: (id: string) => UnitOut | undefined;
  /** Whether the asker may read what the unit is called. */
  readonly readsCallsign: (unit: Unit) => boolean;
}

interface UnitKeys {
  readonly of: Unit;
  readonly callsign: NameKey;
  readonly id: NameKey;
}

/**
 * Finds units by callsign and id. What an asker may not read, it cannot find by either: a unit that it sees without
 * its callsign answers to its id alone, and stands where its id belongs.
 */
export class UnitSearch {
  /** By slot, with the description they were made of: another description is another object. */
  readonly #keys: (UnitKeys | undefined)[] = [];

  find(picture: Picture, { typed, limit, see, readsCallsign }: UnitQuestion): UnitOut[] {
    const wanted = nameKey(typed);
    if (wanted.closed === '') return [];
    const byRank: string[][] = Array.from({ length: notNamed }, () => []);
    for (const unit of picture.roster) {
      if (!unit) continue;
      const keys = this.#keysOf(unit);
      const byId = nameRank(keys.id, wanted);
      const byCallsign = nameRank(keys.callsign, wanted);
      byRank[byCallsign < byId && readsCallsign(unit) ? byCallsign : byId]?.push(unit.id);
    }
    const found: UnitOut[] = [];
    for (const id of byRank.flatMap((ids) => ids.sort())) {
      const view = see(id);
      if (view) found.push(view);
      if (found.length === limit) break;
    }
    return found;
  }

  #keysOf(unit: Unit): UnitKeys {
    const held = this.#keys[unit.slot];
    if (held?.of === unit) return held;
    const keys = { of: unit, callsign: nameKey(unit.callsign), id: nameKey(unit.id) };
    this.#keys[unit.slot] = keys;
    return keys;
  }
}
