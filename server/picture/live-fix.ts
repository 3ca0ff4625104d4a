import { absent, degreesE7, perUnit, type FixColumns } from '../../shared/model/fix-columns.ts';
import type { LiveFix } from './picture.ts';

const timesEach = 2;
const wholesEach = 7;
/** Places in `wholes`. */
export const liveColumn = { lonE7: 0, latE7: 1, courseCdeg: 2, speedCmps: 3 } as const;

/**
 * The live fixes of all units as columns by slot: a newer fix is a few numbers written over others, with nothing made
 * and nothing left behind for the garbage collector. Each unit reads its own through `at`.
 */
export class LiveFixes {
  /** By slot: time of the fix, time received. */
  times = new Float64Array(timesEach * 256);
  /** By slot: lon and lat in 1e-7°, then course, speed, altitude, accuracy, battery in the steps of FixColumns. */
  wholes = new Int32Array(wholesEach * 256);
  readonly devices: string[] = [];
  readonly #authors = new Map<string, string>();
  readonly reporters: string[] = [];

  /** The live fix of the unit in this slot, which has been written there. */
  at(slot: number, unit: string): LiveFix {
    return new LiveFixOfSlot(this, slot, unit);
  }

  /** Writes one row of the columns over the fix in a slot. */
  write(slot: number, columns: FixColumns, row: number, device: string, from: Receipt): void {
    this.makeRoom(slot);
    this.times[slot * timesEach] = columns.timeMs[row] ?? 0;
    this.times[slot * timesEach + 1] = from.receivedAtMs;
    const at = slot * wholesEach;
    this.wholes[at] = columns.lonE7[row] ?? 0;
    this.wholes[at + 1] = columns.latE7[row] ?? 0;
    this.wholes[at + 2] = columns.course[row] ?? absent;
    this.wholes[at + 3] = columns.speed[row] ?? absent;
    this.wholes[at + 4] = columns.altitude[row] ?? absent;
    this.wholes[at + 5] = columns.accuracy[row] ?? absent;
    this.wholes[at + 6] = columns.battery[row] ?? absent;
    // Seldom another one: comparing costs less than telling the collector of a new reference.
    if (this.devices[slot] !== device) this.devices[slot] = device;
    if (this.reporters[slot] !== from.by) this.reporters[slot] = from.by;
  }

  /** One and the same text for all fixes of an author, so that comparing it is comparing a reference. */
  sameText(author: string): string {
    const known = this.#authors.get(author);
    if (known !== undefined) return known;
    this.#authors.set(author, author);
    return author;
  }

  /** Puts a fix that was saved into a slot, and answers the one that is read there. */
  put(slot: number, saved: LiveFix): LiveFix {
    this.makeRoom(slot);
    this.devices[slot] = saved.device;
    this.reporters[slot] = this.sameText(saved.by);
    this.times.set([saved.timeMs, saved.receivedAtMs], slot * timesEach);
    const wholes = [
      Math.round(saved.lon * degreesE7),
      Math.round(saved.lat * degreesE7),
      steps(saved.courseDeg, perUnit.courseDeg),
      steps(saved.speedMps, perUnit.speedMps),
      steps(saved.altitudeM, perUnit.altitudeM),
      steps(saved.accuracyM, perUnit.accuracyM),
      steps(saved.batteryPct, perUnit.batteryPct),
    ];
    this.wholes.set(wholes, slot * wholesEach);
    return this.at(slot, saved.unit);
  }

  timeMs(slot: number): number {
    return this.times[slot * timesEach] ?? 0;
  }

  receivedAtMs(slot: number): number {
    return this.times[slot * timesEach + 1] ?? 0;
  }

  /** A column as it is kept, see `wholes`; for the busiest readers, who make no object of it. */
  whole(slot: number, column: number): number {
    return this.wholes[slot * wholesEach + column] ?? absent;
  }

  degrees(slot: number, column: number): number {
    return (this.wholes[slot * wholesEach + column] ?? 0) / degreesE7;
  }

  optional(slot: number, column: number, each: number): number | undefined {
    const value = this.wholes[slot * wholesEach + column] ?? absent;
    return value === absent ? undefined : value / each;
  }

  private makeRoom(slot: number): void {
    if ((slot + 1) * timesEach <= this.times.length) return;
    const times = new Float64Array((slot + 1) * timesEach * 2);
    times.set(this.times);
    this.times = times;
    const wholes = new Int32Array((slot + 1) * wholesEach * 2);
    wholes.set(this.wholes);
    this.wholes = wholes;
  }
}

/** When a fix was received, and from which token. */
export interface Receipt {
  readonly receivedAtMs: number;
  readonly by: string;
}

/** A live fix as an object of its own, for saving. */
export function savedLiveFix(live: LiveFix): LiveFix {
  return {
    unit: live.unit,
    device: live.device,
    timeMs: live.timeMs,
    lon: live.lon,
    lat: live.lat,
    courseDeg: live.courseDeg,
    speedMps: live.speedMps,
    altitudeM: live.altitudeM,
    accuracyM: live.accuracyM,
    batteryPct: live.batteryPct,
    receivedAtMs: live.receivedAtMs,
    by: live.by,
  };
}

class LiveFixOfSlot implements LiveFix {
  readonly unit: string;
  readonly #fixes: LiveFixes;
  readonly #slot: number;

  constructor(fixes: LiveFixes, slot: number, unit: string) {
    this.unit = unit;
    this.#fixes = fixes;
    this.#slot = slot;
  }

  get device(): string {
    return this.#fixes.devices[this.#slot] ?? '';
  }
  get by(): string {
    return this.#fixes.reporters[this.#slot] ?? '';
  }
  get timeMs(): number {
    return this.#fixes.timeMs(this.#slot);
  }
  get receivedAtMs(): number {
    return this.#fixes.receivedAtMs(this.#slot);
  }
  get lon(): number {
    return this.#fixes.degrees(this.#slot, 0);
  }
  get lat(): number {
    return this.#fixes.degrees(this.#slot, 1);
  }
  get courseDeg(): number | undefined {
    return this.#fixes.optional(this.#slot, 2, perUnit.courseDeg);
  }
  get speedMps(): number | undefined {
    return this.#fixes.optional(this.#slot, 3, perUnit.speedMps);
  }
  get altitudeM(): number | undefined {
    return this.#fixes.optional(this.#slot, 4, perUnit.altitudeM);
  }
  get accuracyM(): number | undefined {
    return this.#fixes.optional(this.#slot, 5, perUnit.accuracyM);
  }
  get batteryPct(): number | undefined {
    return this.#fixes.optional(this.#slot, 6, perUnit.batteryPct);
  }
}

function steps(value: number | undefined, each: number): number {
  return value === undefined ? absent : Math.round(value * each);
}
