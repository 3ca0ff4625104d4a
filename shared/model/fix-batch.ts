import type { Role } from '../role.ts';
import type { FixBatch } from './entry.ts';
import type { Fix } from './position.ts';

/**
 * The bytes of a position entry (format 1). Integers are LEB128 varints, `zz` zigzag varints, strings
 * varint length + UTF-8.
 *
 *     0   u8      format = 1
 *     1   u8      bit 0: unknown units may register
 *     …   string  ref · author id · author role · author name
 *     …   varint  n strings, then n × string        (unit and device ids of this batch)
 *     …   varint  m fixes, then m ×
 *           varint unit · varint device             (places in the string table)
 *           zz     time, ms since the fix before    (the first: since 1970)
 *           zz     lon · zz lat                     (1e-7 degree, since the fix before)
 *           u8     which of the optional fields follow, in this order:
 *           varint course 0.01° (bit 0) · varint speed 0.01 m/s (1) · zz altitude 0.1 m (2)
 *           varint accuracy 0.1 m (3) · varint battery 0.1 % (4)
 */
const format = 1;
const e7 = 1e7;

const optional = [
  { name: 'courseDeg', perUnit: 100, signed: false },
  { name: 'speedMps', perUnit: 100, signed: false },
  { name: 'altitudeM', perUnit: 10, signed: true },
  { name: 'accuracyM', perUnit: 10, signed: false },
  { name: 'batteryPct', perUnit: 10, signed: false },
] as const;

/** A fix as the record keeps it: the precision that a batch can hold. Compare fixes only in this form. */
export function quantise(fix: Fix): Fix {
  const rounded: { -readonly [K in keyof Fix]: Fix[K] } = {
    unit: fix.unit,
    device: fix.device,
    timeMs: Math.round(fix.timeMs),
    lon: Math.round(fix.lon * e7) / e7,
    lat: Math.round(fix.lat * e7) / e7,
  };
  for (const { name, perUnit } of optional) {
    const value = fix[name];
    if (value !== undefined) rounded[name] = Math.round(value * perUnit) / perUnit;
  }
  return rounded;
}

class Writer {
  private bytes = new Uint8Array(1024);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1);
    this.bytes[this.length++] = value;
  }

  /** Safe for integers up to 2^53: divides instead of shifting. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }

  zigzag(value: number): void {
    this.varint(value < 0 ? -value * 2 - 1 : value * 2);
  }

  string(value: string): void {
    const encoded = new TextEncoder().encode(value);
    this.varint(encoded.length);
    if (this.length + encoded.length > this.bytes.length) this.grow(encoded.length);
    this.bytes.set(encoded, this.length);
    this.length += encoded.length;
  }

  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private grow(by: number): void {
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + by));
    larger.set(this.bytes);
    this.bytes = larger;
  }
}

class Reader {
  private at = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    const value = this.bytes[this.at++];
    if (value === undefined) throw new RangeError('position entry is cut short');
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 0x80;
      if (scale > 2 ** 56) throw new RangeError('position entry holds a number that is too long');
    }
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  string(): string {
    const length = this.varint();
    if (this.at + length > this.bytes.length) throw new RangeError('position entry is cut short');
    const value = new TextDecoder().decode(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    return value;
  }
}

function stringTable(fixes: readonly Fix[]): Map<string, number> {
  const table = new Map<string, number>();
  for (const { unit, device } of fixes) {
    if (!table.has(unit)) table.set(unit, table.size);
    if (!table.has(device)) table.set(device, table.size);
  }
  return table;
}

/** Packs a batch for the position stream. Fixes are kept to the precision of `quantise`. */
export function encodeFixBatch(batch: FixBatch): Uint8Array {
  const out = new Writer();
  out.byte(format);
  out.byte(batch.mayRegister ? 1 : 0);
  for (const text of [batch.ref, batch.author.id, batch.author.role, batch.author.name]) out.string(text);
  const table = stringTable(batch.fixes);
  out.varint(table.size);
  for (const text of table.keys()) out.string(text);
  out.varint(batch.fixes.length);
  const last = { timeMs: 0, lon: 0, lat: 0 };
  for (const fix of batch.fixes) writeFix(out, fix, table, last);
  return out.done();
}

interface Running {
  timeMs: number;
  lon: number;
  lat: number;
}

function writeFix(out: Writer, fix: Fix, table: Map<string, number>, last: Running): void {
  out.varint(table.get(fix.unit) ?? 0);
  out.varint(table.get(fix.device) ?? 0);
  const next = {
    timeMs: Math.round(fix.timeMs),
    lon: Math.round(fix.lon * e7),
    lat: Math.round(fix.lat * e7),
  };
  out.zigzag(next.timeMs - last.timeMs);
  out.zigzag(next.lon - last.lon);
  out.zigzag(next.lat - last.lat);
  Object.assign(last, next);
  out.byte(optional.reduce((bits, { name }, bit) => bits | (fix[name] === undefined ? 0 : 1 << bit), 0));
  for (const { name, perUnit, signed } of optional) {
    const value = fix[name];
    if (value === undefined) continue;
    const whole = Math.round(value * perUnit);
    if (signed) out.zigzag(whole);
    else out.varint(whole);
  }
}

/** Reads a position entry. Throws RangeError for bytes that are not one; the fold counts those and goes on. */
export function decodeFixBatch(bytes: Uint8Array): FixBatch {
  const input = new Reader(bytes);
  if (input.byte() !== format) throw new RangeError('position entry of an unknown format');
  const mayRegister = (input.byte() & 1) === 1;
  const ref = input.string();
  // The role was checked when the entry was made; an unknown one is kept as it stands.
  const author = { id: input.string(), role: input.string() as Role, name: input.string() };
  const table = Array.from({ length: bounded(input.varint(), bytes) }, () => input.string());
  const last = { timeMs: 0, lon: 0, lat: 0 };
  const fixes = Array.from({ length: bounded(input.varint(), bytes) }, () => readFix(input, table, last));
  return { ref, author, mayRegister, fixes };
}

/** A count in an entry cannot exceed its bytes; more means damage, and must not allocate. */
function bounded(count: number, bytes: Uint8Array): number {
  if (count > bytes.length) throw new RangeError('position entry claims more than it holds');
  return count;
}

function readFix(input: Reader, table: readonly string[], last: Running): Fix {
  const unit = table[input.varint()];
  const device = table[input.varint()];
  if (unit === undefined || device === undefined)
    throw new RangeError('position entry names an unknown string');
  last.timeMs += input.zigzag();
  last.lon += input.zigzag();
  last.lat += input.zigzag();
  const fix: { -readonly [K in keyof Fix]: Fix[K] } = {
    unit,
    device,
    timeMs: last.timeMs,
    lon: last.lon / e7,
    lat: last.lat / e7,
  };
  const present = input.byte();
  optional.forEach(({ name, perUnit, signed }, bit) => {
    if (present & (1 << bit)) fix[name] = (signed ? input.zigzag() : input.varint()) / perUnit;
  });
  return fix;
}
