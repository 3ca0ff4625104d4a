import type { UnitOut, UnitState } from '../../shared/model/unit.ts';
import { distanceM } from '../../shared/geo/distance.ts';
import { ageS, unitState, liveAtMs } from '../../shared/rules/age.ts';
import type { MapPoint } from './selection.svelte.ts';
import { movingMps, type UnitAbout, type Units } from './units.ts';

export interface UnitRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly state: UnitState;
  /** Seconds since the last fix; undefined for a unit that has never reported. */
  readonly ageS: number | undefined;
  readonly speedMps: number | undefined;
  readonly isMoving: boolean;
}
export type UnitSort = 'callsign' | 'age' | 'speed';

/** A unit as it stands at a time. One that has never reported is lost: nobody knows where it is. */
export function unitRow(unit: UnitOut, nowMs: number): UnitRow {
  const { id, kind, speedMps } = unit;
  const base = { id, kind, name: nameOf(unit), speedMps, isMoving: (speedMps ?? 0) >= movingMps };
  if (unit.time === null) return { ...base, state: 'lost', ageS: undefined };
  const age = ageS(liveAtMs(Date.parse(unit.time), Date.parse(unit.receivedAt ?? unit.time)), nowMs);
  return { ...base, state: unitState(age, unit.reportEveryS, unit.staleAfterS), ageS: age };
}

/** The same for a row of the columns; undefined for a free row. */
export function unitRowAt(units: Units, row: number, nowMs: number): UnitRow | undefined {
  const about = units.aboutAt(row);
  if (!about) return undefined;
  const speed = units.speed[row] ?? NaN;
  const speedMps = Number.isNaN(speed) ? undefined : speed;
  return {
    id: about.id,
    kind: about.kind,
    name: nameOf(about),
    state: units.stateAt(row, nowMs),
    ageS: units.ageAt(row, nowMs),
    speedMps,
    isMoving: (speedMps ?? 0) >= movingMps,
  };
}

function nameOf({ callsign, id }: Pick<UnitAbout, 'callsign' | 'id'>): string {
  return callsign ?? id;
}

/** A name as people count: digits as one number, case aside. Plain strings sort twenty times as fast as a collator. */
function sortKey(about: UnitAbout): string {
  return nameOf(about)
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(9, '0'));
}

/** Rows of all units in the order of a list; made for fifty thousand of them once a second. */
export class UnitOrder {
  #units: Units | undefined;
  #aboutRevision = -1;
  #byName: readonly number[] = [];

  /** Rows, sorted; `descending` turns the order round, names always breaking ties forwards. */
  rows(units: Units, sort: UnitSort, descending: boolean): readonly number[] {
    this.#readNames(units);
    if (sort === 'callsign') return descending ? [...this.#byName].reverse() : this.#byName;
    const sign = descending ? -1 : 1;
    // Unknown is oldest, and slowest. The sort is stable, so names break ties.
    const value = (row: number) =>
      sort === 'age' ? -(units.hasFix(row) ? (units.timeMs[row] ?? 0) : -Infinity) : (units.speed[row] ?? -1);
    const values = Float64Array.from({ length: units.rows }, (_, row) => known(value(row)));
    return [...this.#byName].sort((a, b) => {
      const [left = 0, right = 0] = [values[a], values[b]];
      return left === right ? 0 : sign * (left < right ? -1 : 1);
    });
  }

  #readNames(units: Units): void {
    if (this.#units === units && this.#aboutRevision === units.aboutRevision) return;
    this.#units = units;
    this.#aboutRevision = units.aboutRevision;
    const keyed: { row: number; key: string }[] = [];
    for (let row = 0; row < units.rows; row += 1) {
      const about = units.aboutAt(row);
      if (about) keyed.push({ row, key: sortKey(about) });
    }
    this.#byName = keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ row }) => row);
  }
}

function known(value: number): number {
  return Number.isNaN(value) ? -1 : value;
}

export interface NearRow {
  readonly row: number;
  /** Undefined where there is no point to measure from. */
  readonly metres: number | undefined;
}

/** The units nearest to a point that may go there, best first: they have reported, are no base, and `may` allows it. */
export function nearestRows(
  units: Units,
  at: MapPoint | undefined,
  most: number,
  may: (id: string) => boolean,
): NearRow[] {
  const near: { row: number; metres: number | undefined }[] = [];
  const order = at ? undefined : new UnitOrder().rows(units, 'callsign', false);
  for (let index = 0; index < (order?.length ?? units.rows); index += 1) {
    const row = order?.[index] ?? index;
    const about = units.aboutAt(row);
    if (!about || about.kind === 'base' || !units.hasFix(row)) continue;
    const metres =
      at && distanceM(units.lonLat[2 * row] ?? 0, units.lonLat[2 * row + 1] ?? 0, at.lon, at.lat);
    if (near.length === most && (metres === undefined || metres >= (near[most - 1]?.metres ?? Infinity)))
      continue;
    if (!may(about.id)) continue;
    const place = near.findIndex((other) => (metres ?? Infinity) < (other.metres ?? Infinity));
    near.splice(place < 0 ? near.length : place, 0, { row, metres });
    near.length = Math.min(near.length, most);
  }
  return near;
}

export interface UnitCounts {
  readonly total: number;
  readonly staleOrLost: number;
}

/** The counts of the wall, bases left out: how many units there are, and how many of them cannot be relied on. */
export function countUnits(units: Units, nowMs: number): UnitCounts {
  let total = 0;
  let staleOrLost = 0;
  for (let row = 0; row < units.rows; row += 1) {
    const about = units.aboutAt(row);
    if (!about || about.kind === 'base') continue;
    total += 1;
    const age = units.ageAt(row, nowMs);
    if (age === undefined || age > about.staleAfterS) staleOrLost += 1;
  }
  return { total, staleOrLost };
}
