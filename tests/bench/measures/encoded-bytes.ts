import type { TrackFix } from '../../../server/cli/play/track-fix.ts';
import { FixColumns, fillColumns } from '../../../shared/model/fix-columns.ts';
import { forPhones, writePackedFixes } from '../../../shared/model/packed-fixes.ts';
import { aboutText, blockFlag, writeBlock, writeEnters } from '../../../shared/wire/block.ts';
import { ByteWriter } from '../../../shared/wire/bytes.ts';
import { wholeCell } from '../../../shared/wire/cells.ts';
import { tickMs, writeFrame } from '../../../shared/wire/frame.ts';
import { courseCodeOf, speedCodeOf, toE5 } from '../../../shared/wire/motion.ts';
import { writeMove } from '../../../shared/wire/move.ts';
import { noFix, Rows, type WireFix } from '../../../shared/wire/rows.ts';

/** Any time; the encoding does not depend on it. */
const beginDs = 17_000_000_000;
const phoneBatch = 30;

export interface EncodedBytes {
  /** Frames of one viewer of the whole picture: heads, blocks and check sums with them; the first frame is not. */
  readonly perFix: number;
  /** The same where nobody tells speed or course, so that no place can be expected: plain differences of places. */
  readonly perFixWithoutMotion: number;
  /** One phone's batch of 30, its id and heads with it. */
  readonly perUplinkFix: number;
  /** The first frame with every unit, by unit. */
  readonly perKeyframeUnit: number;
  readonly fixes: number;
}

/** What tracks cost on the wire: the same in every run and on every machine. Fixes are in order of time. */
export function encodedBytes(fixes: readonly TrackFix[]): EncodedBytes {
  return {
    perFix: downlink(fixes, true),
    perFixWithoutMotion: downlink(fixes, false),
    perUplinkFix: uplink(fixes),
    perKeyframeUnit: keyframe(fixes),
    fixes: fixes.length,
  };
}

function wireFixOf({ lon, lat, atMs, speedMps, courseDeg }: TrackFix, motion: boolean): WireFix {
  return {
    lonE5: toE5(lon),
    latE5: toE5(lat),
    timeDs: beginDs + Math.floor(atMs / tickMs),
    speedCode: motion ? speedCodeOf(speedMps) : 0,
    courseCode: motion ? courseCodeOf(courseDeg) : 0,
  };
}

/** Fixes arrive at their time; each tick tells the newest of every unit that moved, in the order of rows. */
function downlink(fixes: readonly TrackFix[], motion: boolean): number {
  const rows = new Rows();
  const rowOf = new Map<string, number>();
  let [bytes, told] = [0, 0];
  let moved = new Map<number, WireFix>();
  let tickDs = beginDs;
  const flush = (): void => {
    if (moved.size === 0) return;
    bytes += frameOf(rows, moved, tickDs).length;
    told += moved.size;
    moved = new Map();
  };
  for (const fix of fixes) {
    const next = wireFixOf(fix, motion);
    if (next.timeDs + 1 > tickDs) {
      flush();
      tickDs = next.timeDs + 1;
    }
    const row = rowOf.get(fix.unit);
    if (row !== undefined) moved.set(row, next);
    else {
      rowOf.set(fix.unit, rowOf.size);
      rows.makeRoom(rowOf.size);
      rows.set(rowOf.size - 1, next);
    }
  }
  flush();
  return bytes / told;
}

function frameOf(rows: Rows, moved: ReadonlyMap<number, WireFix>, tickDs: number): Uint8Array {
  const body = new ByteWriter();
  let next = 0;
  for (const [row, fix] of [...moved].sort(([a], [b]) => a - b)) {
    fix.timeDs = Math.max(fix.timeDs, rows.timeDs[row] ?? 0);
    writeMove(body, rows, row, row - next, fix, tickDs);
    next = row + 1;
  }
  return frameAround(body, 0, tickDs);
}

function frameAround(body: ByteWriter, flags: number, tickDs: number): Uint8Array {
  const block = new ByteWriter();
  writeBlock(block, wholeCell, 1, flags, body);
  return writeFrame({ tickDs, blocks: [block.done()] });
}

function uplink(fixes: readonly TrackFix[]): number {
  const byUnit = new Map<string, TrackFix[]>();
  for (const fix of fixes) {
    const own = byUnit.get(fix.unit);
    if (own) own.push(fix);
    else byUnit.set(fix.unit, [fix]);
  }
  const columns = new FixColumns();
  const out = new ByteWriter();
  let [bytes, told] = [0, 0];
  for (const own of byUnit.values()) {
    for (let from = 0; from + phoneBatch <= own.length; from += phoneBatch) {
      const batch = own.slice(from, from + phoneBatch);
      const sent = batch.map(({ atMs, ...fix }) => ({
        ...fix,
        device: 'phone',
        timeMs: beginDs * tickMs + atMs,
      }));
      fillColumns(columns, sent, 'phone');
      out.clear();
      writePackedFixes(out, columns, forPhones);
      bytes += out.length;
      told += batch.length;
    }
  }
  return bytes / told;
}

function keyframe(fixes: readonly TrackFix[]): number {
  const rows = new Rows();
  const ids = [...new Map(fixes.map((fix) => [fix.unit, fix])).values()];
  rows.makeRoom(ids.length);
  ids.forEach((fix, row) => rows.set(row, fix.atMs >= 0 ? wireFixOf(fix, true) : noFix()));
  const abouts = ids.map(({ unit }) =>
    aboutText({ id: unit, kind: 'patrol', callsign: unit.toUpperCase(), reportEveryS: 30, staleAfterS: 180 }),
  );
  const body = new ByteWriter();
  const tickDs = beginDs + 36_000;
  writeEnters(
    body,
    rows,
    ids.map((_, row) => row),
    abouts,
    tickDs,
  );
  return frameAround(body, blockFlag.keyframe | blockFlag.enters, tickDs).length / ids.length;
}
