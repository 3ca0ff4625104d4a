import type { UnitOut } from '../../shared/model/unit.ts';
import { writtenKey } from '../../shared/rules/spelling.ts';
import type { Picture, Unit } from '../picture/picture.ts';

export interface UnitQuestion {
  readonly typed: string;
  readonly limit: number;
  /** The unit as the asker may see it. */
  readonly see: (id: string) => UnitOut | undefined;
}

/** At most so many units are judged for one answer. */
const mostJudged = 2_000;

/**
 * Finds units by callsign and id. What an asker may not read, it cannot find by either: a unit that it sees without
 * its callsign answers to its id alone.
 */
export class UnitSearch {
  /** By slot: the description a key was made of, and the keys. Another description is another object. */
  readonly #keys: ({ readonly of: Unit; readonly callsign: string; readonly id: string } | undefined)[] = [];

  find(picture: Picture, { typed, limit, see }: UnitQuestion): UnitOut[] {
    const wanted = writtenKey(typed);
    if (wanted === '') return [];
    const byRank: string[][] = [[], [], []];
    for (const unit of picture.roster) {
      if (!unit) continue;
      const { callsign, id } = this.#keysOf(unit);
      const rank = Math.min(nameRank(callsign, wanted), nameRank(id, wanted));
      byRank[rank]?.push(unit.id);
    }
    const found: UnitOut[] = [];
    for (const id of byRank.flatMap((ids) => ids.sort()).slice(0, mostJudged)) {
      const view = see(id);
      if (view && isNamed(view, wanted)) found.push(view);
      if (found.length === limit) break;
    }
    return found;
  }

  #keysOf(unit: Unit): { readonly callsign: string; readonly id: string } {
    const held = this.#keys[unit.slot];
    if (held?.of === unit) return held;
    const keys = { of: unit, callsign: writtenKey(unit.callsign), id: writtenKey(unit.id) };
    this.#keys[unit.slot] = keys;
    return keys;
  }
}

function isNamed({ id, callsign }: UnitOut, wanted: string): boolean {
  const names = callsign === undefined ? [id] : [id, callsign];
  return names.some((name) => nameRank(writtenKey(name), wanted) < notNamed);
}

const notNamed = 3;

/** 0: it is that name; 1: it begins so; 2: a word of it begins so; 3: none of these. `LRP4` and `LRP 4` are one. */
function nameRank(key: string, wanted: string): number {
  const [closedKey, closedWanted] = [closed(key), closed(wanted)];
  if (closedKey.startsWith(closedWanted)) return closedKey.length === closedWanted.length ? 0 : 1;
  return key.includes(` ${wanted}`) ? 2 : notNamed;
}

function closed(key: string): string {
  return key.includes(' ') ? key.replaceAll(' ', '') : key;
}
