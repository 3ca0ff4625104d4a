import type { UnitAbout, UnitDetail } from '../model/unit-wire.ts';
import { ByteReader, WireFault, type ByteWriter } from './bytes.ts';
import { mustBeOnEarth, readMove } from './move.ts';
import { noFix, type Rows, type WireFix } from './rows.ts';

/**
 * A block: the news of one cell, or the whole cell as a keyframe.
 *
 *     varint  key of the cell
 *     u8      number of the block in its cell (4 bits, upper) · flags (lower): 1 keyframe, 2 leaves, 4 enters, 8 details
 *     varint  bytes that follow
 *     leaves  varint n, n × varint rows left out since the last
 *     enters  varint n, n × entered row, text: JSON array of n descriptions
 *     details varint n, n × detail
 *     moves   until the end, see move.ts
 *
 *     entered row   varint rows left out · varint 0 (never reported), or 1 + age in 0.1 s and then
 *                   zigzag lon, zigzag lat (1e-5 degree, since the row before) · varint speed code · varint course code
 *     detail        varint rows left out · u8 which follow · zigzag altitude m (1) · varint accuracy m (2)
 *                   varint battery % (4) · zigzag delay s (8); what does not follow is not known
 */
export const blockFlag = { keyframe: 1, leaves: 2, enters: 4, details: 8 } as const;
export const blockNumbers = 16;

/** Writes the head of a block around a body that has been written elsewhere. */
export function writeBlock(
  out: ByteWriter,
  key: number,
  number: number,
  flags: number,
  body: ByteWriter,
): void {
  out.varint(key);
  out.u8(((number % blockNumbers) << 4) | flags);
  out.varint(body.length);
  out.raw(body.bytes.subarray(0, body.length));
}

/** Rows in ascending order, as the numbers of rows left out between them. */
export function writeRows(out: ByteWriter, rowNumbers: readonly number[]): void {
  out.varint(rowNumbers.length);
  let next = 0;
  for (const row of rowNumbers) {
    out.varint(row - next);
    next = row + 1;
  }
}

/** Writes entered rows with the fixes that `rows` holds for them. */
export function writeEnters(
  out: ByteWriter,
  rows: Rows,
  rowNumbers: readonly number[],
  abouts: readonly string[],
  tickDs: number,
): void {
  out.varint(rowNumbers.length);
  let next = 0;
  let [lonE5, latE5] = [0, 0];
  for (const row of rowNumbers) {
    out.varint(row - next);
    next = row + 1;
    const timeDs = rows.timeDs[row] ?? 0;
    if (timeDs === 0) {
      out.varint(0);
      continue;
    }
    out.varint(1 + Math.max(0, tickDs - timeDs));
    out.zigzag((rows.lonE5[row] ?? 0) - lonE5);
    out.zigzag((rows.latE5[row] ?? 0) - latE5);
    out.varint(rows.speedCode[row] ?? 0);
    out.varint(rows.courseCode[row] ?? 0);
    lonE5 = rows.lonE5[row] ?? 0;
    latE5 = rows.latE5[row] ?? 0;
  }
  out.text(`[${abouts.join(',')}]`);
}

export function writeDetail(out: ByteWriter, rowsLeftOut: number, detail: UnitDetail): void {
  const { altitudeM, accuracyM, batteryPct, delayS } = detail;
  out.varint(rowsLeftOut);
  out.u8(
    (altitudeM === undefined ? 0 : 1) |
      (accuracyM === undefined ? 0 : 2) |
      (batteryPct === undefined ? 0 : 4) |
      (delayS === undefined ? 0 : 8),
  );
  if (altitudeM !== undefined) out.zigzag(Math.round(altitudeM));
  if (accuracyM !== undefined) out.varint(Math.round(accuracyM));
  if (batteryPct !== undefined) out.varint(Math.round(batteryPct));
  if (delayS !== undefined) out.zigzag(Math.round(delayS));
}

/** The text of a description on the wire: a JSON array, so that a thousand of them are parsed in one go. */
export function aboutText(about: UnitAbout): string {
  const { id, kind, callsign, sector, reportEveryS, staleAfterS, capabilities, unregistered, plain } = about;
  const flags = (unregistered ? 1 : 0) | (plain ? 2 : 0);
  return JSON.stringify([
    id,
    kind,
    callsign ?? 0,
    sector ?? 0,
    reportEveryS,
    staleAfterS,
    flags,
    ...(capabilities?.length ? [capabilities] : []),
  ]);
}

/** Who is told what a block says. `moved` is called for every row whose fix is another one now. */
export interface BlockSink {
  readonly rows: Rows;
  /** The whole cell follows: what is held of it is to be forgotten. */
  begin(): void;
  left(row: number): void;
  entered(row: number, about: UnitAbout): void;
  detail(row: number, detail: UnitDetail): void;
  moved(row: number): void;
  has(row: number): boolean;
}

export interface BlockHead {
  readonly key: number;
  readonly number: number;
  readonly flags: number;
  /** Where the body begins and ends. */
  readonly from: number;
  readonly to: number;
}

export function readBlockHead(input: ByteReader): BlockHead {
  const key = input.varint();
  const byte = input.u8();
  const length = input.count();
  const from = input.at;
  input.at += length;
  return { key, number: byte >> 4, flags: byte & 0x0f, from, to: input.at };
}

/** Reads the body of a block. Throws WireFault for bytes that make no sense; the cell must then have a keyframe. */
export function readBlockBody(bytes: Uint8Array, head: BlockHead, tickDs: number, sink: BlockSink): void {
  const input = new ByteReader(bytes, head.from, head.to);
  if (head.flags & blockFlag.keyframe) sink.begin();
  if (head.flags & blockFlag.leaves) readLeaves(input, sink);
  if (head.flags & blockFlag.enters) readEnters(input, sink, tickDs);
  if (head.flags & blockFlag.details) readDetails(input, sink);
  readMoves(input, sink, tickDs);
}

function readLeaves(input: ByteReader, sink: BlockSink): void {
  const count = input.count();
  let row = -1;
  for (let index = 0; index < count; index++) {
    row += 1 + input.varint();
    mustHave(sink, row);
    sink.left(row);
  }
}

/** No cell has more rows than this; a larger number is damage and must not allocate. */
const mostRows = 4_000_000;

function readEnters(input: ByteReader, sink: BlockSink, tickDs: number): void {
  const count = input.count(2);
  const rowNumbers: number[] = [];
  const fixes: WireFix[] = [];
  let row = -1;
  let [lonE5, latE5] = [0, 0];
  for (let index = 0; index < count; index++) {
    row += 1 + input.varint();
    if (row > mostRows) throw new WireFault('a row is out of range');
    const fix = noFix();
    const age = input.varint();
    if (age > 0) {
      lonE5 += input.zigzag();
      latE5 += input.zigzag();
      mustBeOnEarth(lonE5, latE5);
      Object.assign(fix, { lonE5, latE5, timeDs: tickDs - age + 1 });
      fix.speedCode = input.varint();
      fix.courseCode = input.varint();
    }
    rowNumbers.push(row);
    fixes.push(fix);
  }
  const abouts = parseAbouts(input.text(), count);
  sink.rows.makeRoom(row + 1);
  rowNumbers.forEach((entered, index) => {
    const [about, fix] = [abouts[index], fixes[index]];
    if (!about || !fix) return;
    sink.rows.set(entered, fix);
    sink.entered(entered, about);
    sink.moved(entered);
  });
}

function readDetails(input: ByteReader, sink: BlockSink): void {
  const count = input.count(2);
  let row = -1;
  for (let index = 0; index < count; index++) {
    row += 1 + input.varint();
    mustHave(sink, row);
    const mask = input.u8();
    sink.detail(row, {
      ...(mask & 1 ? { altitudeM: input.zigzag() } : {}),
      ...(mask & 2 ? { accuracyM: input.varint() } : {}),
      ...(mask & 4 ? { batteryPct: input.varint() } : {}),
      ...(mask & 8 ? { delayS: input.zigzag() } : {}),
    });
  }
}

function readMoves(input: ByteReader, sink: BlockSink, tickDs: number): void {
  let row = -1;
  while (!input.isAtEnd) {
    const first = input.varint();
    const code = first % 4;
    row += 1 + (first - code) / 4;
    mustHave(sink, row);
    readMove(input, sink.rows, row, code, tickDs);
    sink.moved(row);
  }
}

function mustHave(sink: BlockSink, row: number): void {
  if (!sink.has(row)) throw new WireFault('a row is named that nobody has entered');
}

function parseAbouts(text: string, count: number): UnitAbout[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new WireFault('descriptions are not JSON');
  }
  if (!Array.isArray(list) || list.length !== count)
    throw new WireFault('descriptions are not as many as rows');
  return list.map(parseAbout);
}

function parseAbout(given: unknown): UnitAbout {
  if (!Array.isArray(given)) throw new WireFault('a description is not a list');
  const [id, kind, callsign, sector, reportEveryS, staleAfterS, flags, capabilities] = given as unknown[];
  const isWhole =
    typeof id === 'string' &&
    typeof kind === 'string' &&
    typeof reportEveryS === 'number' &&
    typeof staleAfterS === 'number' &&
    typeof flags === 'number';
  if (!isWhole) throw new WireFault('a description lacks something');
  return {
    id,
    kind,
    ...(typeof callsign === 'string' ? { callsign } : {}),
    ...(typeof sector === 'string' ? { sector } : {}),
    reportEveryS,
    staleAfterS,
    ...(flags & 1 ? { unregistered: true } : {}),
    ...(flags & 2 ? { plain: true } : {}),
    ...(Array.isArray(capabilities) ? { capabilities: capabilities.map(String) } : {}),
  };
}
