import { ByteReader, ByteWriter, WireFault } from '../wire/bytes.ts';
import { absent, fillColumns, FixColumns } from './fix-columns.ts';
import type { Fix } from './position.ts';

/**
 * Packed fixes (format 1): what phones and feeders send up, and what a position entry holds. Numbers are LEB128
 * varints, `zz` zigzag varints.
 *
 *     0   u8      format = 1
 *     1   u8      bits 0, 1: a step of place is 0: 1e-7°, 1: 1e-6°, 2: 1e-5°
 *                 bit 2: steps of motion are coarse (1°, 0.1 m/s, 1 m, 1 m, 1 %), else fine (0.01°, 0.01 m/s,
 *                 0.1 m, 0.1 m, 0.1 %)
 *     …   varint  m fixes
 *     …   varint  n ids (≤ 2 m), of units and devices, then n ×
 *           varint bytes that are as in the id before · varint length of the rest · rest, UTF-8
 *     …   m ×
 *           varint zz (unit − unit of the fix before) × 2, + 1 when other fields follow than in the fix before
 *           u8     where so, which: course (bit 0), speed (1), altitude (2), accuracy (3), battery (4), device (5)
 *           zz     time in ms, less what is expected · zz lon · zz lat, in steps
 *           zz     each of the fields, in steps; the device as a varint, its place among the ids
 *
 * Each fix is told as the difference to the fix before it of the same unit, or else to the fix just before it, or
 * else to zeros. A field that the fix before lacks counts as zero there. The time that is expected goes on at the
 * pace of the unit's last two fixes. A fix without a device is of the author's own.
 */
export const packedFixesType = 'application/vnd.nightflash.fixes';
const format = 1;
const deviceBit = 1 << 5;
/** An id is at most 64 characters; this many bytes hold them. */
const maxIdBytes = 256;
/** The least that one fix takes: unit, time, lon, lat. */
const leastFixBytes = 4;
const maxTimeMs = 8.64e15;

/** How finely a batch is told. The record keeps `exact`; phones and feeders do with less. */
export interface FixPrecision {
  readonly flags: number;
  /** Columns' steps to one step of the batch: place, course, and the other fields. */
  readonly place: number;
  readonly course: number;
  readonly rest: number;
}

const placeSteps = [1, 10, 100] as const;
export const exact: FixPrecision = { flags: 0, place: 1, course: 1, rest: 1 };
/** 0.1 m of place, 1° of course, 0.1 m/s: finer than any phone knows. */
export const forPhones: FixPrecision = { flags: 1 | 4, place: 10, course: 100, rest: 10 };

/** Reads how many fixes a batch says it holds, before anything is made for them. */
export function packedCount(bytes: Uint8Array, at = 0): number {
  const input = new ByteReader(bytes, at);
  readPrecision(input);
  return input.varint();
}

/** Reads packed fixes from `at` to the end into `columns`. Throws WireFault for anything but a whole, sound batch. */
export function readPackedFixes(bytes: Uint8Array, at: number, columns: FixColumns): void {
  const input = new ByteReader(bytes, at);
  const precision = readPrecision(input);
  const count = input.count(leastFixBytes);
  columns.clear();
  columns.makeRoom(count);
  readIds(input, columns, count);
  readRows(input, columns, count, precision);
  if (!input.isAtEnd) throw new WireFault('more follows than the batch says');
}

function readPrecision(input: ByteReader): FixPrecision {
  if (input.u8() !== format) throw new WireFault('the format of these packed fixes is not known');
  const flags = input.u8();
  const place = placeSteps[flags & 3];
  if (place === undefined || flags > 7)
    throw new WireFault('the precision of these packed fixes is not known');
  return (flags & 4) === 0 ? { flags, place, course: 1, rest: 1 } : { flags, place, course: 100, rest: 10 };
}

function readIds(input: ByteReader, { ids }: FixColumns, fixes: number): void {
  const count = input.count(2);
  if (count > 2 * fixes) throw new WireFault('there are more ids than the fixes can name');
  let before = 0;
  for (let place = 0; place < count; place++) {
    const shared = input.varint();
    const rest = input.count();
    if (shared > before || shared + rest > maxIdBytes) throw new WireFault('an id is not as long as it says');
    ids.addFrom(input.bytes, input.at, rest, shared);
    input.at += rest;
    before = shared + rest;
  }
}

/** By unit: its last row so far; by row: its pace. Used again by every reading and writing, which never interleave. */
let lastRow = new Int32Array(64);
let paceMs = new Float64Array(64);

function beginRows(ids: number, rows: number): void {
  if (ids > lastRow.length) lastRow = new Int32Array(ids * 2);
  if (rows > paceMs.length) paceMs = new Float64Array(rows * 2);
  lastRow.fill(-1, 0, ids);
}

function readRows(
  input: ByteReader,
  columns: FixColumns,
  count: number,
  { place, course, rest }: FixPrecision,
): void {
  const { timeMs, lonE7, latE7, ids } = columns;
  beginRows(ids.count, count);
  let unit = 0;
  let fields = 0;
  for (let row = 0; row < count; row++) {
    const head = input.varint();
    if ((head & 1) === 1) fields = input.u8();
    unit += unzigzag(Math.floor(head / 2));
    if (unit < 0 || unit >= ids.count) throw new WireFault('a fix names an id that is not there');
    const own = lastRow[unit] ?? -1;
    const before = own < 0 ? row - 1 : own;
    lastRow[unit] = row;
    columns.unit[row] = unit;
    const lastMs = before < 0 ? 0 : (timeMs[before] ?? 0);
    const atMs = lastMs + (own < 0 ? 0 : (paceMs[own] ?? 0)) + input.zigzag();
    if (!(Math.abs(atMs) <= maxTimeMs)) throw new WireFault('a time is beyond all times');
    timeMs[row] = atMs;
    paceMs[row] = own < 0 ? 0 : atMs - lastMs;
    readStep(input, lonE7, row, before, place);
    readStep(input, latE7, row, before, place);
    readFields(input, columns, row, before, fields, course, rest);
  }
  columns.length = count;
}

function readFields(
  input: ByteReader,
  columns: FixColumns,
  row: number,
  before: number,
  fields: number,
  course: number,
  rest: number,
): void {
  if (fields >= deviceBit * 2) throw new WireFault('a fix has fields that are not known');
  if ((fields & 1) === 0) columns.course[row] = absent;
  else readStep(input, columns.course, row, before, course);
  if ((fields & 2) === 0) columns.speed[row] = absent;
  else readStep(input, columns.speed, row, before, rest);
  if ((fields & 4) === 0) columns.altitude[row] = absent;
  else readStep(input, columns.altitude, row, before, rest);
  if ((fields & 8) === 0) columns.accuracy[row] = absent;
  else readStep(input, columns.accuracy, row, before, rest);
  if ((fields & 16) === 0) columns.battery[row] = absent;
  else readStep(input, columns.battery, row, before, rest);
  columns.device[row] = (fields & deviceBit) === 0 ? absent : readDevice(input, columns);
}

function readDevice(input: ByteReader, { ids }: FixColumns): number {
  const device = input.varint();
  if (device >= ids.count) throw new WireFault('a fix names an id that is not there');
  return device;
}

function readStep(input: ByteReader, column: Int32Array, row: number, before: number, step: number): void {
  const value = valueAt(column, before) + input.zigzag() * step;
  const whole = value | 0;
  if (whole !== value || whole === absent) throw new WireFault('a value is out of all range');
  column[row] = whole;
}

function valueAt(column: Int32Array, row: number): number {
  if (row < 0) return 0;
  const value = column[row] ?? absent;
  return value === absent ? 0 : value;
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Packs the fixes of one sender, for sending up. */
export function packFixes(fixes: readonly OwnFix[], precision: FixPrecision = forPhones): Uint8Array {
  const columns = new FixColumns();
  fillColumns(
    columns,
    fixes.map((fix) => ({ ...fix, device: '' })),
    '',
  );
  const out = new ByteWriter(64 + fixes.length * 24);
  writePackedFixes(out, columns, precision);
  return out.done();
}

/** A fix of the sender itself: the token that it sends with is the device. */
export type OwnFix = Omit<Fix, 'device'>;

/** Writes the columns as packed fixes behind what `out` holds. */
export function writePackedFixes(out: ByteWriter, columns: FixColumns, precision: FixPrecision): void {
  const { ids, length } = columns;
  out.u8(format);
  out.u8(precision.flags);
  out.varint(length);
  const places = writeIds(out, columns);
  beginRows(ids.count, length);
  let unit = 0;
  let fields = 0;
  for (let row = 0; row < length; row++) {
    const next = places[columns.unit[row] ?? 0] ?? 0;
    const present = fieldsOf(columns, row);
    const zigzag = next < unit ? (unit - next) * 2 - 1 : (next - unit) * 2;
    out.varint(zigzag * 2 + (present === fields ? 0 : 1));
    if (present !== fields) out.u8(present);
    writeRow(out, columns, row, present, precision);
    if ((present & deviceBit) !== 0) out.varint(places[columns.device[row] ?? 0] ?? 0);
    unit = next;
    fields = present;
  }
}

/**
 * Writes the ids that the fixes name, in the order in which they do, and answers the places they have there: rows may
 * have been taken out since the columns were filled, and what was refused is not to be kept.
 */
function writeIds(out: ByteWriter, columns: FixColumns): Int32Array {
  const { ids } = columns;
  const places = new Int32Array(ids.count).fill(-1);
  const used: number[] = [];
  const use = (id: number): void => {
    if (id === absent || places[id] !== -1) return;
    places[id] = used.length;
    used.push(id);
  };
  for (let row = 0; row < columns.length; row++) {
    use(columns.unit[row] ?? 0);
    use(columns.device[row] ?? absent);
  }
  out.varint(used.length);
  let before: Uint8Array = new Uint8Array();
  for (const place of used) {
    const id = ids.bytesOf(place);
    let shared = 0;
    while (shared < before.length && shared < id.length && before[shared] === id[shared]) shared++;
    out.varint(shared);
    out.raw(id.subarray(shared), true);
    before = id;
  }
  return places;
}

function writeRow(
  out: ByteWriter,
  columns: FixColumns,
  row: number,
  present: number,
  { place, course, rest }: FixPrecision,
): void {
  const { timeMs } = columns;
  const unit = columns.unit[row] ?? 0;
  const own = lastRow[unit] ?? -1;
  const before = own < 0 ? row - 1 : own;
  lastRow[unit] = row;
  const lastMs = before < 0 ? 0 : (timeMs[before] ?? 0);
  const atMs = timeMs[row] ?? 0;
  out.zigzag(atMs - lastMs - (own < 0 ? 0 : (paceMs[own] ?? 0)));
  paceMs[row] = own < 0 ? 0 : atMs - lastMs;
  writeStep(out, columns.lonE7, row, before, place);
  writeStep(out, columns.latE7, row, before, place);
  if ((present & 1) !== 0) writeStep(out, columns.course, row, before, course);
  if ((present & 2) !== 0) writeStep(out, columns.speed, row, before, rest);
  if ((present & 4) !== 0) writeStep(out, columns.altitude, row, before, rest);
  if ((present & 8) !== 0) writeStep(out, columns.accuracy, row, before, rest);
  if ((present & 16) !== 0) writeStep(out, columns.battery, row, before, rest);
}

function writeStep(out: ByteWriter, column: Int32Array, row: number, before: number, step: number): void {
  out.zigzag(Math.round(valueAt(column, row) / step) - Math.round(valueAt(column, before) / step));
}

function fieldsOf(columns: FixColumns, row: number): number {
  return (
    (columns.course[row] === absent ? 0 : 1) |
    (columns.speed[row] === absent ? 0 : 2) |
    (columns.altitude[row] === absent ? 0 : 4) |
    (columns.accuracy[row] === absent ? 0 : 8) |
    (columns.battery[row] === absent ? 0 : 16) |
    (columns.device[row] === absent ? 0 : deviceBit)
  );
}
