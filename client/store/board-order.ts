import { foldLetters, isFiltering, rowPasses, type UnitFilter } from './unit-filter.ts';
import { UnitOrder } from './unit-list.ts';
import type { UnitAbout, Units } from './units.ts';

export const boardColumns = [
  'state',
  'callsign',
  'kind',
  'age',
  'speed',
  'course',
  'battery',
  'sector',
  'time',
] as const;
export type BoardColumn = (typeof boardColumns)[number];

export interface BoardSort {
  readonly column: BoardColumn;
  readonly descending: boolean;
}

/** How kinds and sectors are called on screen: what is read is what is sorted. */
export interface BoardNames {
  readonly kind: (kind: string) => string;
  readonly sector: (id: string | undefined) => string | undefined;
}

/**
 * A key and a place in the order of names, in one number that a Float64 holds exactly: 35 bits and 18. Numbers are
 * sorted by the engine itself, without a call for every comparison, and equal keys stay in the order of names.
 */
const places = 2 ** 18;
const lastKey = 2 ** 35 - 1;

/** Rows of a unit board, filtered and sorted, from the columns; made once a second for fifty thousand units. */
export class BoardOrder {
  readonly #byName = new UnitOrder();
  readonly #names: BoardNames;
  #units: Units | undefined;
  #aboutRevision = -1;
  #named: readonly number[] = [];
  #kinds = new Map<string, number>();
  #sectors = new Map<string, number>();
  #searched: Array<string | undefined> = [];
  #packed = new Float64Array(0);

  constructor(names: BoardNames) {
    this.#names = names;
  }

  /** Kinds and sectors that there are, in the order in which they are read. */
  get kinds(): readonly string[] {
    return [...this.#kinds.keys()];
  }

  get sectors(): readonly string[] {
    return [...this.#sectors.keys()];
  }

  /** Ages are as at the last restate of `units`. What is not known stands last whichever way round. */
  rows(units: Units, { column, descending }: BoardSort, filter: UnitFilter): readonly number[] {
    this.#readNames(units);
    const folded = { ...filter, text: foldLetters(filter.text.trim()) };
    const all = !isFiltering(filter);
    const searchText = (row: number): string => this.#searchText(units, row);
    let count = 0;
    for (let place = 0; place < this.#named.length; place += 1) {
      const row = this.#named[place] ?? 0;
      if (!all && !rowPasses(units, row, folded, searchText)) continue;
      const key = column === 'callsign' ? 0 : this.#key(units, row, column);
      this.#packed[count] = (descending && key !== lastKey ? lastKey - 1 - key : key) * places + place;
      count += 1;
    }
    const sorted = this.#packed.subarray(0, count);
    if (column !== 'callsign') sorted.sort();
    else if (descending) sorted.reverse();
    return Array.from(sorted, (packed) => this.#named[packed % places] ?? 0);
  }

  /** From 0 to `lastKey - 1`, or `lastKey` for unknown. */
  #key(units: Units, row: number, column: Exclude<BoardColumn, 'callsign'>): number {
    switch (column) {
      case 'state':
        return units.state[row] ?? 3;
      case 'kind':
        return this.#kinds.get(units.aboutAt(row)?.kind ?? '') ?? lastKey;
      case 'sector':
        return this.#sectors.get(units.aboutAt(row)?.sector ?? '') ?? lastKey;
      case 'age':
        // Tenths of a second since 1970 fit; whoever never reported is oldest, whichever way round.
        return units.hasFix(row) ? clamped(lastKey - 2 - (units.timeMs[row] ?? 0) / 100) : lastKey - 1;
      case 'time':
        return units.hasFix(row) ? clamped((units.timeMs[row] ?? 0) / 100) : lastKey;
      case 'speed':
        return keyOf(units.speed[row], 100);
      case 'course':
        return keyOf(units.course[row], 10);
      case 'battery':
        return keyOf(units.detailAt(row)?.batteryPct, 10);
    }
  }

  #searchText(units: Units, row: number): string {
    const known = this.#searched[row];
    if (known !== undefined) return known;
    const about = units.aboutAt(row);
    const words = about
      ? [about.callsign, about.id, this.#names.kind(about.kind), this.#names.sector(about.sector)]
      : [];
    return (this.#searched[row] = foldLetters(words.filter((word) => word !== undefined).join('\n')));
  }

  #readNames(units: Units): void {
    if (this.#units === units && this.#aboutRevision === units.aboutRevision) return;
    this.#units = units;
    this.#aboutRevision = units.aboutRevision;
    this.#named = this.#byName.rows(units, 'callsign', false);
    this.#searched = [];
    if (this.#packed.length < this.#named.length) this.#packed = new Float64Array(this.#named.length * 2);
    this.#kinds = this.#ranks(units, ({ kind }) => kind, this.#names.kind);
    this.#sectors = this.#ranks(units, ({ sector }) => sector, this.#names.sector);
  }

  #ranks(
    units: Units,
    of: (about: UnitAbout) => string | undefined,
    called: (id: string) => string | undefined,
  ): Map<string, number> {
    const ids = new Set<string>();
    for (const row of this.#named) {
      const about = units.aboutAt(row);
      const id = about && of(about);
      if (id !== undefined) ids.add(id);
    }
    const byWords = [...ids].sort((a, b) => ((called(a) ?? a) < (called(b) ?? b) ? -1 : 1));
    return new Map(byWords.map((id, rank) => [id, rank]));
  }
}

function keyOf(value: number | undefined, steps: number): number {
  return value === undefined || Number.isNaN(value) ? lastKey : clamped(Math.round(value * steps));
}

function clamped(key: number): number {
  return Math.max(0, Math.min(lastKey - 2, Math.floor(key)));
}
