import type { UnitAbout, UnitDetail } from '../../shared/model/unit-wire.ts';
import type { UnitOut, UnitState } from '../../shared/model/unit.ts';
import { ageS, liveAtMs, lostAfterFactor, unitState } from '../../shared/rules/age.ts';
import { reckon, reckonForS } from './dead-reckoning.ts';
import type { MapPoint } from './selection.svelte.ts';
import { aboutOf, detailOf, isSameAbout, unitOut } from './unit-out.ts';

export type { UnitAbout, UnitDetail };

/** Slower than this a unit counts as halted: a tracker at rest wanders at walking pace. */
export const movingMps = 0.8;

const [fresh, ageing, stale, lost] = [0, 1, 2, 3]; // index into unitStates
const firstRows = 64;

/**
 * Every unit that is held: where it is in columns that go to the graphics card as they are, what it is beside them.
 * A unit keeps its row for as long as it is held; the row of one that is removed stands free until another takes it.
 * Kept outside runes on purpose: fifty thousand rows change in one update.
 *
 *     row          0        1        2
 *     lonLat       lon lat  lon lat  lon lat      Float64: Float32 is 1 m coarse at 18° and jumps when zoomed in
 *     course       °        °        °            NaN where unknown
 *     speed        m/s      m/s      m/s          NaN where unknown
 *     timeMs       ms       ms       ms           the earlier of fix and receipt; NaN: free, or never reported
 *     state        0..3     0..3     0..3         index into unitStates, as at the last restate()
 *     changedAt    n        n        n            `revision` when the row last changed in what is drawn
 */
export class Units {
  readonly #rowsById = new Map<string, number>();
  readonly #abouts: (UnitAbout | undefined)[] = [];
  readonly #details: (UnitDetail | undefined)[] = [];
  readonly #free: number[] = [];
  #nowMs = 0;
  /** Server time in ms from which a row's state is another one. */
  #endsAtMs = new Float64Array(firstRows);

  lonLat = new Float64Array(2 * firstRows);
  course = new Float32Array(firstRows);
  speed = new Float32Array(firstRows);
  timeMs = new Float64Array(firstRows).fill(NaN);
  state = new Uint8Array(firstRows);
  reportEveryS = new Float32Array(firstRows);
  staleAfterS = new Float32Array(firstRows);
  changedAt = new Float64Array(firstRows);

  /** Goes up with every change of what is drawn. */
  revision = 0;
  /** Goes up when a restate changed any state. */
  stateRevision = 0;
  /** Goes up when a unit comes, goes, or is described otherwise. */
  aboutRevision = 0;

  /** How many units are held. */
  get size(): number {
    return this.#rowsById.size;
  }

  /** Rows in use are below this; free rows in between are not drawn. */
  get rows(): number {
    return this.#abouts.length;
  }

  /** Puts or changes a description; answers the unit's row, which stays the same for as long as the unit is held. */
  put(about: UnitAbout): number {
    const held = this.#rowsById.get(about.id);
    const row = held ?? this.#take(about.id);
    const before = this.#abouts[row];
    if (before && isSameAbout(before, about)) return row;
    this.#abouts[row] = about;
    this.reportEveryS[row] = about.reportEveryS;
    this.staleAfterS[row] = about.staleAfterS;
    this.aboutRevision += 1;
    this.#judge(row);
    this.#touch(row);
    return row;
  }

  /**
   * The unit's newest fix. NaN for an unknown course or speed; `timeMs` is the earlier of fix and receipt, NaN for
   * a unit that has never reported (not drawn, but listed). Called for every unit of an update: nothing is made here.
   */
  move(row: number, lon: number, lat: number, timeMs: number, courseDeg: number, speedMps: number): void {
    this.lonLat[2 * row] = lon;
    this.lonLat[2 * row + 1] = lat;
    this.timeMs[row] = timeMs;
    this.course[row] = courseDeg;
    this.speed[row] = speedMps;
    this.#judge(row);
    this.#touch(row);
  }

  /** What the device says beside its position, in place of what it said before. */
  detail(row: number, detail: UnitDetail): void {
    this.#details[row] = detail;
  }

  /** The row becomes free and may be given to another unit later. */
  remove(row: number): void {
    const about = this.#abouts[row];
    if (!about) return;
    this.#rowsById.delete(about.id);
    this.#abouts[row] = undefined;
    this.#details[row] = undefined;
    this.#empty(row);
    this.#free.push(row);
    this.aboutRevision += 1;
    this.#touch(row);
  }

  clear(): void {
    for (let row = 0; row < this.rows; row += 1) this.#empty(row);
    this.#rowsById.clear();
    this.#abouts.length = 0;
    this.#details.length = 0;
    this.#free.length = 0;
    this.aboutRevision += 1;
    this.revision += 1;
  }

  /** Takes a unit as it stands in JSON. */
  apply(unit: UnitOut): void {
    const { lon, lat, time, receivedAt } = unit;
    const row = this.put(aboutOf(unit));
    const fixMs = time === null ? NaN : Date.parse(time);
    const receivedMs = receivedAt === null ? fixMs : Date.parse(receivedAt);
    const isPlaced = lon !== null && lat !== null;
    const liveMs = isPlaced ? liveAtMs(fixMs, receivedMs) : NaN;
    this.move(row, lon ?? 0, lat ?? 0, liveMs, unit.courseDeg ?? NaN, unit.speedMps ?? NaN);
    this.detail(row, detailOf(unit, (receivedMs - fixMs) / 1000));
  }

  rowOf(id: string): number | undefined {
    return this.#rowsById.get(id);
  }

  /** Undefined for a free row. */
  idAt(row: number): string | undefined {
    return this.#abouts[row]?.id;
  }

  aboutAt(row: number): UnitAbout | undefined {
    return this.#abouts[row];
  }

  /** What the row's device said beside its position; undefined where it said nothing. */
  detailAt(row: number): UnitDetail | undefined {
    return this.#details[row];
  }

  has(id: string): boolean {
    return this.#rowsById.has(id);
  }

  keys(): IterableIterator<string> {
    return this.#rowsById.keys();
  }

  /** The unit as JSON knows it, made from the columns; state and age as at the last restate. */
  get(id: string): UnitOut | undefined {
    const row = this.#rowsById.get(id);
    const about = row === undefined ? undefined : this.#abouts[row];
    return row === undefined || !about
      ? undefined
      : unitOut(this, row, about, this.#details[row], this.#nowMs);
  }

  *values(): IterableIterator<UnitOut> {
    for (const id of this.#rowsById.keys()) {
      const unit = this.get(id);
      if (unit) yield unit;
    }
  }

  /** Judges every age anew; says whether any state changed. Only rows whose state ran out are touched. */
  restate(nowMs: number): boolean {
    const isBackwards = nowMs < this.#nowMs;
    this.#nowMs = nowMs;
    let changed = false;
    for (let row = 0; row < this.rows; row += 1) {
      if (!isBackwards && !(nowMs >= (this.#endsAtMs[row] ?? Infinity))) continue;
      const before = this.state[row];
      this.#judge(row);
      if (before === this.state[row]) continue;
      this.#touch(row);
      changed = true;
    }
    if (changed) this.stateRevision += 1;
    return changed;
  }

  hasFix(row: number): boolean {
    return !Number.isNaN(this.timeMs[row] ?? NaN);
  }

  /** Seconds since the last fix; undefined for a unit that has never reported. */
  ageAt(row: number, nowMs: number): number | undefined {
    return this.hasFix(row) ? ageS(this.timeMs[row] ?? NaN, nowMs) : undefined;
  }

  /** One that has never reported is lost: nobody knows where it is. */
  stateAt(row: number, nowMs: number): UnitState {
    const age = this.ageAt(row, nowMs);
    if (age === undefined) return 'lost';
    return unitState(age, this.reportEveryS[row] ?? 0, this.staleAfterS[row] ?? 0);
  }

  /** Whether the row's unit is under way, as far as its last fix says. */
  isMoving(row: number): boolean {
    const course = this.course[row] ?? NaN;
    return (this.speed[row] ?? NaN) >= movingMps && course === course; // NaN is not itself
  }

  /** Whether the unit is drawn along its course since its fix: under way, and heard from lately enough. */
  isReckoned(row: number): boolean {
    return (this.state[row] ?? lost) < stale && this.isMoving(row);
  }

  /** Seconds after its fix until which the row's unit is drawn along its course. */
  reckonForS(row: number): number {
    return reckonForS(this.reportEveryS[row] ?? 0, this.staleAfterS[row] ?? 0);
  }

  /** Where the unit is drawn at a time; undefined where it is not. */
  drawnAt(row: number, nowMs: number): MapPoint | undefined {
    if (!this.hasFix(row)) return undefined;
    const lon = this.lonLat[2 * row] ?? 0;
    const lat = this.lonLat[2 * row + 1] ?? 0;
    const sinceFixS = Math.min(this.reckonForS(row), (nowMs - (this.timeMs[row] ?? nowMs)) / 1000);
    if (sinceFixS <= 0 || !this.isReckoned(row)) return { lon, lat };
    return reckon(lon, lat, this.course[row] ?? 0, this.speed[row] ?? 0, sinceFixS);
  }

  #touch(row: number): void {
    this.revision += 1;
    this.changedAt[row] = this.revision;
  }

  /** The state of a row as `stateAt` says it, and when it ends. Called at every move: nothing is made here. */
  #judge(row: number): void {
    const timeMs = this.timeMs[row] ?? NaN;
    const staleMs = (this.staleAfterS[row] ?? 0) * 1000;
    const freshMs = Math.min((this.reportEveryS[row] ?? 0) * 1000, staleMs);
    const lostMs = staleMs * lostAfterFactor;
    const ageMs = this.#nowMs - timeMs;
    if (ageMs <= freshMs) this.#set(row, fresh, timeMs + freshMs);
    else if (ageMs <= staleMs) this.#set(row, ageing, timeMs + staleMs);
    else if (ageMs <= lostMs) this.#set(row, stale, timeMs + lostMs);
    else this.#set(row, lost, Infinity);
  }

  #set(row: number, state: number, endsAtMs: number): void {
    this.state[row] = state;
    this.#endsAtMs[row] = endsAtMs;
  }

  #take(id: string): number {
    const row = this.#free.pop() ?? this.rows;
    if (row === this.state.length) this.#grow();
    if (row === this.rows) {
      this.#abouts.push(undefined);
      this.#details.push(undefined);
    }
    this.#rowsById.set(id, row);
    this.#empty(row);
    return row;
  }

  #empty(row: number): void {
    this.lonLat[2 * row] = 0;
    this.lonLat[2 * row + 1] = 0;
    this.course[row] = NaN;
    this.speed[row] = NaN;
    this.timeMs[row] = NaN;
    this.state[row] = lost;
    this.#endsAtMs[row] = Infinity;
  }

  #grow(): void {
    const rows = this.state.length * 2;
    const wider = <T extends { set(from: T): void }>(to: T, from: T): T => (to.set(from), to);
    this.lonLat = wider(new Float64Array(2 * rows), this.lonLat);
    this.timeMs = wider(new Float64Array(rows).fill(NaN), this.timeMs);
    this.course = wider(new Float32Array(rows), this.course);
    this.speed = wider(new Float32Array(rows), this.speed);
    this.reportEveryS = wider(new Float32Array(rows), this.reportEveryS);
    this.staleAfterS = wider(new Float32Array(rows), this.staleAfterS);
    this.state = wider(new Uint8Array(rows), this.state);
    this.changedAt = wider(new Float64Array(rows), this.changedAt);
    this.#endsAtMs = wider(new Float64Array(rows), this.#endsAtMs);
  }
}
