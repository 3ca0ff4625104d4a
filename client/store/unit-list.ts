import type { UnitOut, UnitState } from '../../shared/model/unit.ts';
import { ageS, unitState, liveAtMs } from '../../shared/rules/age.ts';

export interface UnitRow {
  readonly unit: UnitOut;
  readonly name: string;
  readonly state: UnitState;
  /** Seconds since the last fix; undefined for a unit that has never reported. */
  readonly ageS: number | undefined;
}
export type UnitSort = 'callsign' | 'age' | 'speed';

/** A unit as it stands at a time. One that has never reported is lost: nobody knows where it is. */
export function unitRow(unit: UnitOut, nowMs: number): UnitRow {
  const name = unit.callsign ?? unit.id;
  if (unit.time === null) return { unit, name, state: 'lost', ageS: undefined };
  const age = ageS(liveAtMs(Date.parse(unit.time), Date.parse(unit.receivedAt ?? unit.time)), nowMs);
  return { unit, name, state: unitState(age, unit.reportEveryS, unit.staleAfterS), ageS: age };
}

const byName = new Intl.Collator('en', { numeric: true });

/** All units, sorted; `descending` turns the order round, names always breaking ties forwards. */
export function unitRows(
  units: Iterable<UnitOut>,
  nowMs: number,
  sort: UnitSort,
  descending: boolean,
): UnitRow[] {
  const sign = descending ? -1 : 1;
  const value = (row: UnitRow) => (sort === 'age' ? (row.ageS ?? Infinity) : (row.unit.speedMps ?? -1));
  return [...units]
    .map((unit) => unitRow(unit, nowMs))
    .sort((a, b) => {
      const names = byName.compare(a.name, b.name);
      if (sort === 'callsign') return sign * names;
      const left = value(a);
      const right = value(b);
      return left === right ? names : sign * (left < right ? -1 : 1);
    });
}

export interface UnitCounts {
  readonly total: number;
  readonly staleOrLost: number;
}

/** The counts of the wall, bases left out: how many units there are, and how many of them cannot be relied on. */
export function countUnits(units: Iterable<UnitOut>, nowMs: number): UnitCounts {
  let total = 0;
  let staleOrLost = 0;
  for (const unit of units) {
    if (unit.kind === 'base') continue;
    const { state } = unitRow(unit, nowMs);
    total += 1;
    if (state === 'stale' || state === 'lost') staleOrLost += 1;
  }
  return { total, staleOrLost };
}
