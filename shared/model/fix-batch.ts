import type { Role } from '../role.ts';
import { ByteReader, ByteWriter, WireFault } from '../wire/bytes.ts';
import type { Author, FixBatch } from './entry.ts';
import { absent, degreesE7, fillColumns, FixColumns, perUnit } from './fix-columns.ts';
import { exact, readPackedFixes, writePackedFixes } from './packed-fixes.ts';
import type { Fix } from './position.ts';

/**
 * The bytes of a position entry. Integers are LEB128 varints, `zz` zigzag varints, strings varint length + UTF-8.
 *
 *     0   u8      format = 2
 *     1   u8      bit 0: unknown units may register
 *     …   string  ref · author id · author role · author name
 *     …           packed fixes (packed-fixes.ts) to the end
 *
 * Entries of format 1 are read for ever. After the same beginning they have:
 *
 *     …   varint  n strings, then n × string        (unit and device ids of this batch)
 *     …   varint  m fixes, then m ×
 *           varint unit · varint device             (places in the string table)
 *           zz     time, ms since the fix before    (the first: since 1970)
 *           zz     lon · zz lat                     (1e-7 degree, since the fix before)
 *           u8     which of the optional fields follow, in this order:
 *           varint course 0.01° (bit 0) · varint speed 0.01 m/s (1) · zz altitude 0.1 m (2)
 *           varint accuracy 0.1 m (3) · varint battery 0.1 % (4)
 */
const format = 2;
const olderFormat = 1;

/** What a position entry says besides its fixes. */
export interface FixBatchHead {
  readonly ref: string;
  readonly author: Author;
  readonly mayRegister: boolean;
}

/** A fix as the record keeps it. Compare fixes only in this form. */
export function quantise(fix: Fix): Fix {
  const rounded: { -readonly [K in keyof Fix]: Fix[K] } = {
    unit: fix.unit,
    device: fix.device,
    timeMs: Math.round(fix.timeMs),
    lon: Math.round(fix.lon * degreesE7) / degreesE7,
    lat: Math.round(fix.lat * degreesE7) / degreesE7,
  };
  for (const name of Object.keys(perUnit) as Array<keyof typeof perUnit>) {
    const value = fix[name];
    if (value !== undefined) rounded[name] = Math.round(value * perUnit[name]) / perUnit[name];
  }
  return rounded;
}

/** Packs fixes for the position stream, to the precision of `quantise`. */
export function encodeFixBatch({ fixes, ...head }: FixBatch): Uint8Array {
  const columns = new FixColumns();
  fillColumns(columns, fixes, head.author.id);
  return encodeFixColumns(head, columns);
}

/** Packs the columns for the position stream. */
export function encodeFixColumns(head: FixBatchHead, columns: FixColumns): Uint8Array {
  const out = new ByteWriter(256 + columns.length * 16);
  writeHead(out, head);
  writePackedFixes(out, columns, exact);
  return out.done();
}

/** An entry around packed fixes that came in as they are to be kept; they have been read in full before. */
export function wrapPackedFixes(head: FixBatchHead, packed: Uint8Array): Uint8Array {
  const out = new ByteWriter(256 + packed.length);
  writeHead(out, head);
  out.raw(packed);
  return out.done();
}

function writeHead(out: ByteWriter, { ref, author, mayRegister }: FixBatchHead): void {
  out.u8(format);
  out.u8(mayRegister ? 1 : 0);
  for (const text of [ref, author.id, author.role, author.name]) out.text(text);
}

/** Reads a position entry with its fixes as objects, for the ways that are not busy. Throws as `readFixBatch`. */
export function decodeFixBatch(bytes: Uint8Array): FixBatch {
  const columns = new FixColumns();
  const head = readFixBatch(bytes, columns);
  const fixes = Array.from({ length: columns.length }, (_, row) => columns.fixAt(row, head.author.id));
  return { ...head, fixes };
}

/** Reads a position entry into `columns`. Throws WireFault for bytes that are not one. */
export function readFixBatch(bytes: Uint8Array, columns: FixColumns): FixBatchHead {
  const input = new ByteReader(bytes);
  const itsFormat = input.u8();
  if (itsFormat !== format && itsFormat !== olderFormat)
    throw new WireFault('the format of this position entry is not known');
  const mayRegister = (input.u8() & 1) === 1;
  const ref = input.text();
  // The role was checked when the entry was made; an unknown one is kept as it stands.
  const author = { id: input.text(), role: input.text() as Role, name: input.text() };
  if (itsFormat === format) readPackedFixes(bytes, input.at, columns);
  else readOlderFixes(input, columns);
  return { ref, author, mayRegister };
}

function readOlderFixes(input: ByteReader, columns: FixColumns): void {
  columns.clear();
  const ids = input.count();
  for (let place = 0; place < ids; place++) {
    const length = input.count();
    columns.ids.addFrom(input.bytes, input.at, length, 0);
    input.at += length;
  }
  const count = input.count();
  columns.makeRoom(count);
  const last = { timeMs: 0, lon: 0, lat: 0 };
  for (let row = 0; row < count; row++) readOlderFix(input, columns, row, last);
  columns.length = count;
}

function readOlderFix(
  input: ByteReader,
  columns: FixColumns,
  row: number,
  last: { timeMs: number; lon: number; lat: number },
): void {
  columns.unit[row] = idPlace(input, columns);
  columns.device[row] = idPlace(input, columns);
  columns.timeMs[row] = last.timeMs += input.zigzag();
  columns.lonE7[row] = whole((last.lon += input.zigzag()));
  columns.latE7[row] = whole((last.lat += input.zigzag()));
  const present = input.u8();
  columns.course[row] = (present & 1) === 0 ? absent : whole(input.varint());
  columns.speed[row] = (present & 2) === 0 ? absent : whole(input.varint());
  columns.altitude[row] = (present & 4) === 0 ? absent : whole(input.zigzag());
  columns.accuracy[row] = (present & 8) === 0 ? absent : whole(input.varint());
  columns.battery[row] = (present & 16) === 0 ? absent : whole(input.varint());
}

function idPlace(input: ByteReader, { ids }: FixColumns): number {
  const place = input.varint();
  if (place >= ids.count) throw new WireFault('a fix names an id that is not there');
  return place;
}

function whole(value: number): number {
  if ((value | 0) !== value || value === absent) throw new WireFault('a value is out of all range');
  return value;
}
