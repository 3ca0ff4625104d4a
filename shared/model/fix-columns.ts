import type { Fix } from './position.ts';

/** Stands in a column for what the device did not say. */
export const absent = -0x80000000;

export const degreesE7 = 1e7;
/** Whole steps to a unit of each optional column: 0.01°, 0.01 m/s, 0.1 m, 0.1 m, 0.1 %. */
export const perUnit = {
  courseDeg: 100,
  speedMps: 100,
  altitudeM: 10,
  accuracyM: 10,
  batteryPct: 10,
} as const;

/**
 * Many fixes as columns of whole numbers, at the precision of the record: what goes from the packed uplink to the
 * fold without an object a fix. Made once and used again; what it holds is good until the next `clear`.
 */
export class FixColumns {
  length = 0;
  /** Places in `ids`. */
  unit = new Int32Array(64);
  /** Place in `ids`, or `absent`: the device is the author of the batch. */
  device = new Int32Array(64);
  timeMs = new Float64Array(64);
  lonE7 = new Int32Array(64);
  latE7 = new Int32Array(64);
  /** 0.01° */
  course = new Int32Array(64);
  /** 0.01 m/s */
  speed = new Int32Array(64);
  /** 0.1 m */
  altitude = new Int32Array(64);
  /** 0.1 m */
  accuracy = new Int32Array(64);
  /** 0.1 % */
  battery = new Int32Array(64);
  readonly ids = new IdTable();

  clear(): void {
    this.length = 0;
    this.ids.clear();
  }

  /** Makes room for so many fixes; those already there are lost. */
  makeRoom(room: number): void {
    if (room <= this.unit.length) return;
    const size = Math.max(room, this.unit.length * 2);
    this.unit = new Int32Array(size);
    this.device = new Int32Array(size);
    this.timeMs = new Float64Array(size);
    this.lonE7 = new Int32Array(size);
    this.latE7 = new Int32Array(size);
    this.course = new Int32Array(size);
    this.speed = new Int32Array(size);
    this.altitude = new Int32Array(size);
    this.accuracy = new Int32Array(size);
    this.battery = new Int32Array(size);
  }

  /** Moves one row onto another, for dropping rows. */
  move(from: number, to: number): void {
    this.unit[to] = this.unit[from] ?? 0;
    this.device[to] = this.device[from] ?? 0;
    this.timeMs[to] = this.timeMs[from] ?? 0;
    this.lonE7[to] = this.lonE7[from] ?? 0;
    this.latE7[to] = this.latE7[from] ?? 0;
    this.course[to] = this.course[from] ?? 0;
    this.speed[to] = this.speed[from] ?? 0;
    this.altitude[to] = this.altitude[from] ?? 0;
    this.accuracy[to] = this.accuracy[from] ?? 0;
    this.battery[to] = this.battery[from] ?? 0;
  }

  /** One row as an object; for the ways that are not busy. */
  fixAt(row: number, author: string): Fix {
    const device = this.device[row] ?? absent;
    const fix: WritableFix = {
      unit: this.ids.text(this.unit[row] ?? 0),
      device: device === absent ? author : this.ids.text(device),
      timeMs: this.timeMs[row] ?? 0,
      lon: (this.lonE7[row] ?? 0) / degreesE7,
      lat: (this.latE7[row] ?? 0) / degreesE7,
    };
    put(fix, 'courseDeg', this.course[row]);
    put(fix, 'speedMps', this.speed[row]);
    put(fix, 'altitudeM', this.altitude[row]);
    put(fix, 'accuracyM', this.accuracy[row]);
    put(fix, 'batteryPct', this.battery[row]);
    return fix;
  }
}

type WritableFix = { -readonly [K in keyof Fix]: Fix[K] };

function put(fix: WritableFix, field: keyof typeof perUnit, value = absent): void {
  if (value !== absent) fix[field] = value / perUnit[field];
}

/** The columns of these fixes, rounded to the precision of the record. A device that is the author is left out. */
export function fillColumns(columns: FixColumns, fixes: readonly Fix[], author: string): void {
  columns.clear();
  columns.makeRoom(fixes.length);
  const places = new Map<string, number>();
  const placeOf = (id: string): number => {
    const known = places.get(id);
    if (known !== undefined) return known;
    places.set(id, places.size);
    return columns.ids.add(encoder.encode(id));
  };
  fixes.forEach((fix, row) => {
    columns.unit[row] = placeOf(fix.unit);
    columns.device[row] = fix.device === author ? absent : placeOf(fix.device);
    columns.timeMs[row] = Math.round(fix.timeMs);
    columns.lonE7[row] = Math.round(fix.lon * degreesE7);
    columns.latE7[row] = Math.round(fix.lat * degreesE7);
    columns.course[row] = steps(fix.courseDeg, perUnit.courseDeg);
    columns.speed[row] = steps(fix.speedMps, perUnit.speedMps);
    columns.altitude[row] = steps(fix.altitudeM, perUnit.altitudeM);
    columns.accuracy[row] = steps(fix.accuracyM, perUnit.accuracyM);
    columns.battery[row] = steps(fix.batteryPct, perUnit.batteryPct);
  });
  columns.length = fixes.length;
}

function steps(value: number | undefined, each: number): number {
  return value === undefined ? absent : Math.round(value * each);
}

/** The ids of a batch as UTF-8 one after another, so that a known one needs no text made of it. */
export class IdTable {
  count = 0;
  bytes = new Uint8Array(1024);
  /** Where id `n` begins; it ends where the next begins. */
  starts = new Int32Array(65);

  clear(): void {
    this.count = 0;
    this.starts[0] = 0;
  }

  add(id: Uint8Array): number {
    return this.addFrom(id, 0, id.length, 0);
  }

  /** Adds an id of `rest` bytes at `at` behind the first `shared` bytes of the id before; answers its place. */
  addFrom(bytes: Uint8Array, at: number, rest: number, shared: number): number {
    const start = this.starts[this.count] ?? 0;
    this.reserve(start + shared + rest);
    const before = this.starts[this.count - 1] ?? 0;
    let end = start;
    // Ids are short: a loop is quicker than a view and a copy.
    for (let i = 0; i < shared; i++) this.bytes[end++] = this.bytes[before + i] ?? 0;
    for (let i = 0; i < rest; i++) this.bytes[end++] = bytes[at + i] ?? 0;
    this.starts[this.count + 1] = end;
    return this.count++;
  }

  /** The id as text. Bytes that are not UTF-8 come out with replacement characters. */
  text(place: number): string {
    return decoder.decode(this.bytesOf(place));
  }

  /** The id as text, or undefined where it is not UTF-8. */
  strictText(place: number): string | undefined {
    try {
      return strictDecoder.decode(this.bytesOf(place));
    } catch {
      return undefined;
    }
  }

  bytesOf(place: number): Uint8Array {
    return this.bytes.subarray(this.starts[place] ?? 0, this.starts[place + 1] ?? 0);
  }

  /** Makes room for one more id that ends at `end`. */
  private reserve(end: number): void {
    if (end > this.bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.bytes.length * 2));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    if (this.count + 2 > this.starts.length) {
      const more = new Int32Array(this.starts.length * 2);
      more.set(this.starts);
      this.starts = more;
    }
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true });
