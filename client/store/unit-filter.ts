import { unitStates, type UnitState } from '../../shared/model/unit-lists.ts';
import { movingMps, type Units } from './units.ts';

/** A battery below this may not last the patrol. */
export const lowBatteryPct = 20;

/** Which units a list shows: those for which everything that is asked holds. */
export interface UnitFilter {
  /** Part of the call sign, the id, the kind or the sector, however it is accented. */
  readonly text: string;
  /** None: of any state. */
  readonly states: readonly UnitState[];
  readonly kind: string | undefined;
  readonly sector: string | undefined;
  readonly moving: boolean;
  readonly lowBattery: boolean;
}

export const noFilter: UnitFilter = {
  text: '',
  states: [],
  kind: undefined,
  sector: undefined,
  moving: false,
  lowBattery: false,
};

export function isFiltering(filter: UnitFilter): boolean {
  return filterText(filter) !== '';
}

/** The filter as one text for an address: `q=lrp&state=stale,lost&kind=foot&moving=1`. */
export function filterText({ text, states, kind, sector, moving, lowBattery }: UnitFilter): string {
  const query = new URLSearchParams();
  if (text.trim() !== '') query.set('q', text.trim());
  if (states.length > 0) query.set('state', states.join());
  if (kind !== undefined) query.set('kind', kind);
  if (sector !== undefined) query.set('sector', sector);
  if (moving) query.set('moving', '1');
  if (lowBattery) query.set('battery', 'low');
  return query.toString().replaceAll('%2C', ',');
}

/** What a text says; what it does not know in it is as if it were not there. */
export function readFilter(query: string): UnitFilter {
  const given = new URLSearchParams(query);
  const wanted = (given.get('state') ?? '').split(',');
  return {
    text: given.get('q') ?? '',
    states: unitStates.filter((state) => wanted.includes(state)),
    kind: given.get('kind') ?? undefined,
    sector: given.get('sector') ?? undefined,
    moving: given.get('moving') === '1',
    lowBattery: given.get('battery') === 'low',
  };
}

/** Small letters without accents, for what people type in a hurry. */
export function foldLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether a row passes; the parts that cost least are asked first. `searchText` is called for rows of which nothing
 * but the text is left to ask, and answers folded letters.
 */
export function rowPasses(
  units: Units,
  row: number,
  filter: UnitFilter,
  searchText: (row: number) => string,
): boolean {
  const about = units.aboutAt(row);
  if (!about) return false;
  if (filter.states.length > 0 && !filter.states.includes(unitStates[units.state[row] ?? 3] ?? 'lost'))
    return false;
  if (filter.kind !== undefined && about.kind !== filter.kind) return false;
  if (filter.sector !== undefined && about.sector !== filter.sector) return false;
  if (filter.moving && !((units.speed[row] ?? 0) >= movingMps)) return false;
  if (filter.lowBattery && !((units.detailAt(row)?.batteryPct ?? 100) < lowBatteryPct)) return false;
  return filter.text === '' || searchText(row).includes(filter.text);
}
