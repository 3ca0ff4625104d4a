import { distanceM } from '../../shared/geo/distance.ts';
import type { Units } from './units.ts';

/** Fixes that are kept over all units: the oldest give way. 32 bytes each, so 8 MB however long the page stands. */
const mostFixes = 262_144;
/** A unit that has gone less than this since the last kept fix has not moved: a tracker at rest wanders. */
const leastM = 25;

/**
 * Where units have been since the page was opened, in one ring for all of them: each kept fix knows the one before it
 * of the same unit, so a busy unit takes room from the oldest and from nobody's newest.
 *
 *     slot         0      1      2     …      one a kept fix, used round and round
 *     lonLat       lon lat              Float64
 *     timeMs       ms                   Float64
 *     before       number of the fix before it of the same unit, -1 for none; numbers go on for ever
 *     newest       by row of the units: number of its newest fix, -1 for none
 */
export class Trails {
  readonly #most: number;
  readonly #lonLat: Float64Array;
  readonly #timeMs: Float64Array;
  readonly #before: Float64Array;
  #newest = new Float64Array(0);
  /** Whose fixes a row's are: rows are given to other units. */
  readonly #owners: (string | undefined)[] = [];
  #next = 0;
  #seen = -1;
  #source: Units | undefined;
  /** Goes up when a fix was kept. */
  revision = 0;

  constructor(most: number = mostFixes) {
    this.#most = most;
    this.#lonLat = new Float64Array(2 * most);
    this.#timeMs = new Float64Array(most);
    this.#before = new Float64Array(most);
  }

  /** Keeps the fixes of the units that moved since the last call. Once a second is often enough. */
  record(units: Units): void {
    if (units !== this.#source || units.revision < this.#seen) this.#begin(units);
    if (units.revision === this.#seen) return;
    this.#makeRoom(units.rows);
    const next = this.#next;
    for (let row = 0; row < units.rows; row += 1) {
      if ((units.changedAt[row] ?? 0) <= this.#seen) continue;
      const owner = units.idAt(row);
      if (this.#owners[row] !== owner) this.#disown(row, owner);
      if (owner !== undefined && units.hasFix(row)) this.#keep(units, row);
    }
    this.#seen = units.revision;
    if (this.#next !== next) this.revision += 1;
  }

  /** Visits the kept fixes of a row from the newest to the oldest, as far back as `fromMs`. */
  walk(row: number, fromMs: number, visit: (lon: number, lat: number, timeMs: number) => void): void {
    let at = this.#newest[row] ?? -1;
    while (at >= 0 && at >= this.#next - this.#most) {
      const slot = at % this.#most;
      const timeMs = this.#timeMs[slot] ?? 0;
      if (timeMs < fromMs) return;
      visit(this.#lonLat[2 * slot] ?? 0, this.#lonLat[2 * slot + 1] ?? 0, timeMs);
      at = this.#before[slot] ?? -1;
    }
  }

  #keep(units: Units, row: number): void {
    const lon = units.lonLat[2 * row] ?? 0;
    const lat = units.lonLat[2 * row + 1] ?? 0;
    const timeMs = units.timeMs[row] ?? 0;
    const last = this.#newest[row] ?? -1;
    if (last >= this.#next - this.#most && last >= 0) {
      const slot = last % this.#most;
      if (timeMs <= (this.#timeMs[slot] ?? 0)) return;
      if (distanceM(this.#lonLat[2 * slot] ?? 0, this.#lonLat[2 * slot + 1] ?? 0, lon, lat) < leastM) return;
    }
    const slot = this.#next % this.#most;
    this.#lonLat[2 * slot] = lon;
    this.#lonLat[2 * slot + 1] = lat;
    this.#timeMs[slot] = timeMs;
    this.#before[slot] = last;
    this.#newest[row] = this.#next;
    this.#next += 1;
  }

  #begin(units: Units): void {
    this.#source = units;
    this.#seen = -1;
    this.#newest.fill(-1);
    this.#owners.length = 0;
  }

  #disown(row: number, owner: string | undefined): void {
    this.#owners[row] = owner;
    this.#newest[row] = -1;
  }

  #makeRoom(rows: number): void {
    if (rows <= this.#newest.length) return;
    const wider = new Float64Array(Math.max(1_024, rows * 2)).fill(-1);
    wider.set(this.#newest);
    this.#newest = wider;
  }
}
