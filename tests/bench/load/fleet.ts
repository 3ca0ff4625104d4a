/** The id of unit `number` of the load, and back. Ids are as long as call signs are. */
export const unitId = (number: number): string => `unit-${number}`;

/** -1 for an id that is not of the load. */
export function unitNumberOf(id: string): number {
  return id.startsWith('unit-') ? Number(id.slice('unit-'.length)) : -1;
}

/** How many of its last fixes the load remembers of each unit, to tell which one a viewer has got. */
const remembered = 8;

/** Where units are spread: south-west corner and size, degrees. */
export interface Ground {
  readonly west: number;
  readonly south: number;
  readonly sizeDeg: number;
}

export const mission: Ground = { west: 27, south: -2, sizeDeg: 6 };
/** What the views of some measurements look at, and where everything else is then. */
export const inView: Ground = { west: 29.55, south: 1.05, sizeDeg: 0.4 };
export const viewBox = [29.5, 1, 30, 1.5] as const;
export const farAway: Ground = { west: 10, south: 5, sizeDeg: 6 };

/** How far a GPS is off, in 1e-7 degree (4 m), cm/s and 0.01 degree. */
const off = { place: 360, speed: 20, course: 300 } as const;

/** The units of a load: each drives on, turns now and then, and is sent once a second as a GPS would tell it. */
export class Fleet {
  readonly count: number;
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
  readonly courseCdeg: Uint16Array;
  readonly speedCmps: Uint16Array;
  readonly #lonE7: Float64Array;
  readonly #latE7: Float64Array;
  readonly #courseCdeg: Float64Array;
  readonly #speedCmps: Float64Array;
  readonly #sentMs: Float64Array;
  readonly #times: Uint32Array;

  /** `groundOf`: where a unit begins; some lie outside of what viewers look at. */
  constructor(count: number, groundOf: (unit: number) => Ground = () => mission) {
    this.count = count;
    this.lonE7 = new Int32Array(count);
    this.latE7 = new Int32Array(count);
    this.courseCdeg = new Uint16Array(count);
    this.speedCmps = new Uint16Array(count);
    this.#sentMs = new Float64Array(count * remembered);
    this.#times = new Uint32Array(count);
    const each = (value: (unit: number) => number): Float64Array =>
      Float64Array.from({ length: count }, (_, unit) => value(unit));
    this.#lonE7 = each((unit) => (groundOf(unit).west + groundOf(unit).sizeDeg * noise(unit, 1)) * 1e7);
    this.#latE7 = each((unit) => (groundOf(unit).south + groundOf(unit).sizeDeg * noise(unit, 2)) * 1e7);
    this.#courseCdeg = each((unit) => noise(unit, 3) * 36_000);
    this.#speedCmps = each((unit) => (noise(unit, 4) < 0.3 ? 0 : 200 + noise(unit, 5) * 1_800));
  }

  /** Moves the unit to where it is a second later, and notes that this is sent now. */
  goOn(unit: number, nowMs: number): void {
    const times = this.#times[unit] ?? 0;
    const speed = this.#speedCmps[unit] ?? 0;
    const isMoving = speed > 0;
    if (isMoving && noise(unit, times) < 0.1) this.#turn(unit, times);
    const courseCdeg = this.#courseCdeg[unit] ?? 0;
    const course = (courseCdeg / 18_000) * Math.PI;
    // A step of 1e-7 degree is 1.113 cm; longitudes shrink little so near to the equator.
    const lat = (this.#latE7[unit] ?? 0) + (speed * Math.cos(course)) / 1.113;
    const lon = (this.#lonE7[unit] ?? 0) + (speed * Math.sin(course)) / 1.113;
    this.#latE7[unit] = lat;
    this.#lonE7[unit] = lon;
    const error = (most: number, of: number): number => most * (2 * noise(unit, 4 * times + of) - 1);
    this.latE7[unit] = lat + error(off.place, 11);
    this.lonE7[unit] = lon + error(off.place, 12);
    this.speedCmps[unit] = isMoving ? speed + error(off.speed, 13) : 0;
    this.courseCdeg[unit] = (courseCdeg + (isMoving ? error(off.course, 14) : 0) + 36_000) % 36_000;
    this.#sentMs[unit * remembered + (times % remembered)] = nowMs;
    this.#times[unit] = times + 1;
  }

  /** When the fix was sent whose time a viewer has read, told in steps of `stepMs`; undefined when no such was. */
  sentAt(unit: number, readMs: number, stepMs: number, wrapsMs = Infinity): number | undefined {
    const first = unit * remembered;
    for (let place = first; place < first + remembered; place++) {
      const sentMs = this.#sentMs[place] ?? 0;
      const told = wrapsMs === Infinity ? sentMs : sentMs % wrapsMs;
      if (sentMs > 0 && Math.floor(told / stepMs) === Math.floor(readMs / stepMs)) return sentMs;
    }
    return undefined;
  }

  lastSentMs(unit: number): number {
    const times = this.#times[unit] ?? 0;
    return times === 0 ? 0 : (this.#sentMs[unit * remembered + ((times - 1) % remembered)] ?? 0);
  }

  #turn(unit: number, times: number): void {
    const turn = (noise(unit, times + 7) - 0.5) * 6_000;
    this.#courseCdeg[unit] = ((this.#courseCdeg[unit] ?? 0) + turn + 36_000) % 36_000;
  }
}

/** The same number between 0 and 1 for the same pair, in every run. */
function noise(a: number, b: number): number {
  let mixed = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}
