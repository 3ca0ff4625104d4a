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

/** The units of a load: every one drives on, turns now and then, and is sent once a second. */
export class Fleet {
  readonly count: number;
  readonly lonE7: Int32Array;
  readonly latE7: Int32Array;
  readonly courseCdeg: Uint16Array;
  readonly speedCmps: Uint16Array;
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
    for (let unit = 0; unit < count; unit++) {
      const { west, south, sizeDeg } = groundOf(unit);
      this.lonE7[unit] = (west + sizeDeg * noise(unit, 1)) * 1e7;
      this.latE7[unit] = (south + sizeDeg * noise(unit, 2)) * 1e7;
      this.courseCdeg[unit] = noise(unit, 3) * 35_999;
      this.speedCmps[unit] = noise(unit, 4) < 0.3 ? 0 : 200 + noise(unit, 5) * 1_800;
    }
  }

  /** Moves the unit to where it is a second later, and notes that this is sent now. */
  goOn(unit: number, nowMs: number): void {
    const times = this.#times[unit] ?? 0;
    const speed = this.speedCmps[unit] ?? 0;
    if (speed > 0) {
      if (noise(unit, times) < 0.1) this.#turn(unit, times);
      const course = ((this.courseCdeg[unit] ?? 0) / 18_000) * Math.PI;
      // A step of 1e-7 degree is 1.113 cm; longitudes shrink little so near to the equator.
      this.latE7[unit] = (this.latE7[unit] ?? 0) + (speed * Math.cos(course)) / 1.113;
      this.lonE7[unit] = (this.lonE7[unit] ?? 0) + (speed * Math.sin(course)) / 1.113;
    }
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
    this.courseCdeg[unit] = ((this.courseCdeg[unit] ?? 0) + turn + 36_000) % 36_000;
  }
}

/** The same number between 0 and 1 for the same pair, in every run. */
function noise(a: number, b: number): number {
  let mixed = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}
