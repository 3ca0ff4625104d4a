import type { UnitOut } from '../../shared/model/unit.ts';
import { ageS, unitState, liveAtMs } from '../../shared/rules/age.ts';

/** States of age as they stand in the `state` column. */
export const stateNames = ['fresh', 'ageing', 'stale', 'lost'] as const;

/** Slower than this a unit counts as halted: a tracker at rest wanders at walking pace. */
const movingMps = 0.8;

/**
 * Where every unit is, in columns that go to the graphics card as they are. One row a unit, no holes: the last row
 * moves into the place of one that is removed. Units without a fix have no row. Kept outside runes on purpose.
 *
 *     row      0        1        2
 *     lonLat   lon lat  lon lat  lon lat      Float64: Float32 is 1 m coarse at 18° and jumps when zoomed in
 *     course   °        °        °            NaN where unknown
 *     speed    m/s      m/s      m/s          NaN where unknown
 *     timeMs   ms       ms       ms           of the fix
 *     state    0..3     0..3     0..3         index into stateNames, as at the last restate()
 */
export class Positions {
  readonly ids: string[] = [];
  readonly #rows = new Map<string, number>();
  lonLat = new Float64Array(2 * 64);
  course = new Float32Array(64);
  speed = new Float32Array(64);
  timeMs = new Float64Array(64);
  reportEveryS = new Float32Array(64);
  staleAfterS = new Float32Array(64);
  state = new Uint8Array(64);
  /** Goes up with every change of a row; `stateRevision` with every change of an age state. */
  revision = 0;
  stateRevision = 0;

  get length(): number {
    return this.ids.length;
  }

  rowOf(id: string): number | undefined {
    return this.#rows.get(id);
  }

  /** Puts a unit's newest fix in its row; a unit that has no fix (any more) loses its row. */
  set(unit: UnitOut, nowMs: number): void {
    if (unit.lon === null || unit.lat === null || unit.time === null) return this.remove(unit.id);
    const row = this.#rows.get(unit.id) ?? this.#append(unit.id);
    this.lonLat[2 * row] = unit.lon;
    this.lonLat[2 * row + 1] = unit.lat;
    this.course[row] = unit.courseDeg ?? NaN;
    this.speed[row] = unit.speedMps ?? NaN;
    this.timeMs[row] = liveAtMs(Date.parse(unit.time), Date.parse(unit.receivedAt ?? unit.time));
    this.reportEveryS[row] = unit.reportEveryS;
    this.staleAfterS[row] = unit.staleAfterS;
    this.state[row] = this.#stateAt(row, nowMs);
    this.revision += 1;
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const last = this.ids.length - 1;
    const moved = this.ids[last];
    if (moved !== undefined && row !== last) {
      this.lonLat.copyWithin(2 * row, 2 * last, 2 * last + 2);
      for (const column of this.#columns()) column.copyWithin(row, last, last + 1);
      this.ids[row] = moved;
      this.#rows.set(moved, row);
    }
    this.ids.pop();
    this.#rows.delete(id);
    this.revision += 1;
  }

  clear(): void {
    this.ids.length = 0;
    this.#rows.clear();
    this.revision += 1;
  }

  /** Judges every row's age anew; says whether any state changed. */
  restate(nowMs: number): boolean {
    let changed = false;
    for (let row = 0; row < this.ids.length; row += 1) {
      const state = this.#stateAt(row, nowMs);
      if (state === this.state[row]) continue;
      this.state[row] = state;
      changed = true;
    }
    if (changed) this.stateRevision += 1;
    return changed;
  }

  /** Whether the row's unit is under way, as far as its last fix says. */
  isMoving(row: number): boolean {
    return (this.speed[row] ?? NaN) >= movingMps && !Number.isNaN(this.course[row] ?? NaN);
  }

  #stateAt(row: number, nowMs: number): number {
    const age = ageS(this.timeMs[row] ?? 0, nowMs);
    return stateNames.indexOf(unitState(age, this.reportEveryS[row] ?? 0, this.staleAfterS[row] ?? 0));
  }

  #append(id: string): number {
    const row = this.ids.length;
    if (row === this.state.length) this.#grow();
    this.ids.push(id);
    this.#rows.set(id, row);
    return row;
  }

  #grow(): void {
    const rows = this.state.length * 2;
    const wider = <T extends { set(from: T): void }>(to: T, from: T): T => (to.set(from), to);
    this.lonLat = wider(new Float64Array(2 * rows), this.lonLat);
    this.timeMs = wider(new Float64Array(rows), this.timeMs);
    this.course = wider(new Float32Array(rows), this.course);
    this.speed = wider(new Float32Array(rows), this.speed);
    this.reportEveryS = wider(new Float32Array(rows), this.reportEveryS);
    this.staleAfterS = wider(new Float32Array(rows), this.staleAfterS);
    this.state = wider(new Uint8Array(rows), this.state);
  }

  #columns() {
    return [this.course, this.speed, this.timeMs, this.reportEveryS, this.staleAfterS, this.state];
  }
}
