import { Failure } from '../../shared/failure.ts';
import { encodeFixColumns, wrapPackedFixes, type FixBatchHead } from '../../shared/model/fix-batch.ts';
import { absent, degreesE7, FixColumns, perUnit } from '../../shared/model/fix-columns.ts';
import { packedCount, readPackedFixes } from '../../shared/model/packed-fixes.ts';
import { maxFutureMs, maxPositionBytes, maxPositionsPerCall } from '../../shared/model/position.ts';
import { WireFault } from '../../shared/wire/bytes.ts';
import { inFuture, outOfRange, type ItemRefusal } from './parse-position.ts';

/** Packed fixes from outside, read into columns. */
export interface Uplink {
  /** Why a row of the columns cannot be a position; asked before any row is moved. */
  readonly refusalOf: (row: number) => ItemRefusal | undefined;
  /** The entry that holds these fixes as they came. */
  wrap(head: FixBatchHead): Uint8Array;
  /** The unit of the fix with this index; for the few that need a text. */
  unitAt(index: number): string;
}

/** Reads packed fixes into `columns`. Refuses a body that is not sound as a whole with `bad-body`. */
export function readUplink(bytes: Uint8Array, columns: FixColumns, nowMs: number): Uplink {
  if (bytes.length > maxPositionBytes)
    throw new Failure('too-large', 'the body is larger than this call takes');
  readOrRefuse(bytes, columns);
  let touched = false;
  for (let row = 0; row < columns.length; row++) {
    if (columns.device[row] !== absent)
      throw badBody('fixes from outside name no device; the token is the device');
    if (columns.course[row] === fullCircle) {
      columns.course[row] = 0;
      touched = true;
    }
  }
  return {
    refusalOf: (row) => refusalOf(columns, row, nowMs),
    wrap: (head) => (touched ? encodeFixColumns(head, columns) : wrapPackedFixes(head, bytes)),
    unitAt(index) {
      const again = new FixColumns();
      readPackedFixes(bytes, 0, again);
      return again.ids.text(again.unit[index] ?? 0);
    },
  };
}

function readOrRefuse(bytes: Uint8Array, columns: FixColumns): void {
  try {
    const count = packedCount(bytes);
    if (count > maxPositionsPerCall) {
      const message = `${count} positions in one call; at most ${maxPositionsPerCall} are taken`;
      throw new Failure('too-many-items', message, { field: 'positions' });
    }
    readPackedFixes(bytes, 0, columns);
  } catch (reason) {
    throw reason instanceof WireFault ? badBody(reason.message) : reason;
  }
  if (columns.ids.count > columns.length) throw badBody('there are more ids than fixes');
}

function badBody(what: string): Failure {
  return new Failure('bad-body', `these are not packed fixes: ${what}`, { field: 'positions' });
}

const fullCircle = 360 * perUnit.courseDeg;
/** The years that RFC 3339 can write. */
const earliestMs = Date.parse('0000-01-01T00:00:00Z');
const latestMs = Date.parse('9999-12-31T23:59:59.999Z');

/** The same judgement as `parsePosition`, on whole numbers. */
function refusalOf(columns: FixColumns, row: number, nowMs: number): ItemRefusal | undefined {
  const timeMs = columns.timeMs[row] ?? 0;
  if (timeMs > latestMs || timeMs < earliestMs)
    return { code: 'time-invalid', field: 'time', message: 'time is not in the years 0 to 9999' };
  if (timeMs > nowMs + maxFutureMs) return inFuture(timeMs, nowMs);
  if (isBeyond(columns.lonE7, row, -180 * degreesE7, 180 * degreesE7)) return outOfRange('lon');
  if (isBeyond(columns.latE7, row, -90 * degreesE7, 90 * degreesE7)) return outOfRange('lat');
  if (isBeyond(columns.course, row, 0, fullCircle)) return outOfRange('courseDeg');
  if (isBeyond(columns.speed, row, 0, 1000 * perUnit.speedMps)) return outOfRange('speedMps');
  if (isBeyond(columns.altitude, row, -1000 * perUnit.altitudeM, 30_000 * perUnit.altitudeM))
    return outOfRange('altitudeM');
  if (isBeyond(columns.accuracy, row, 0, 1e6 * perUnit.accuracyM)) return outOfRange('accuracyM');
  if (isBeyond(columns.battery, row, 0, 100 * perUnit.batteryPct)) return outOfRange('batteryPct');
  return undefined;
}

function isBeyond(column: Int32Array, row: number, min: number, max: number): boolean {
  const value = column[row] ?? absent;
  return value !== absent && (value < min || value > max);
}
