import { WireFault, type ByteReader, type ByteWriter } from './bytes.ts';
import { courseGap, expectedLatE5, expectedLonE5, lonGapE5, shrinkAt, wrapE5 } from './motion.ts';
import type { Rows, WireFix } from './rows.ts';

/**
 * One move of a row:
 *
 *     varint  rows left out since the row before × 4 + code
 *     varint  age of the fix at the frame's tick, 0.1 s
 *     zigzag  latitude, zigzag longitude beside the place expected, 1e-5 degree   (code 1 and 2)
 *     zigzag  change of the speed code, zigzag change of the course code           (code 2 and 3)
 *
 * Code 0 says: where it was expected, going on as before. A course that appears or vanishes is written as the new
 * code itself behind the change 128, which no turn has.
 */
export const asExpected = 0;
export const beside = 1;
export const besideAndTurned = 2;
export const turned = 3;

/** What the wire does not tell: nearer than this counts as being where it was expected. */
export const placeToleranceE5 = 2;
export const speedToleranceSteps = 3;
export const speedToleranceShare = 0.08;
export const courseToleranceSteps = 4;
const courseWritten = 128;

/** Under this speed (0.75 m/s) a course says nothing, and halted and moving are told apart at once. */
const haltedBelowCode = 4;

const place = { lonE5: 0, latE5: 0 };

function expectAt(rows: Rows, row: number, timeDs: number): void {
  const elapsedDs = timeDs - (rows.timeDs[row] ?? 0);
  const [speed, course] = [rows.speedCode[row] ?? 0, rows.courseCode[row] ?? 0];
  const lat = rows.latE5[row] ?? 0;
  place.lonE5 = expectedLonE5(rows.lonE5[row] ?? 0, lat, speed, course, elapsedDs);
  place.latE5 = expectedLatE5(lat, speed, course, elapsedDs);
}

/** Writes the move of a row to `fix` and keeps in `rows` what the viewers then hold. `timeDs` is not before the row's. */
export function writeMove(
  out: ByteWriter,
  rows: Rows,
  row: number,
  rowsLeftOut: number,
  fix: WireFix,
  tickDs: number,
): void {
  expectAt(rows, row, fix.timeDs);
  const latGap = fix.latE5 - place.latE5;
  const lonGap = lonGapE5(place.lonE5, fix.lonE5);
  const isThere =
    Math.abs(latGap) <= placeToleranceE5 && Math.abs(lonGap) * shrinkAt(fix.latE5) <= placeToleranceE5;
  const hasTurned = !goesOnAs(rows, row, fix);
  out.varint(rowsLeftOut * 4 + codeOf(isThere, hasTurned));
  out.varint(Math.max(0, tickDs - fix.timeDs));
  rows.timeDs[row] = fix.timeDs;
  if (isThere) {
    rows.latE5[row] = place.latE5;
    rows.lonE5[row] = place.lonE5;
  } else {
    out.zigzag(latGap);
    out.zigzag(lonGap);
    rows.latE5[row] = fix.latE5;
    rows.lonE5[row] = fix.lonE5;
  }
  if (hasTurned) writeTurn(out, rows, row, fix);
}

function codeOf(isThere: boolean, hasTurned: boolean): number {
  if (isThere) return hasTurned ? turned : asExpected;
  return hasTurned ? besideAndTurned : beside;
}

/** Whether the row's speed and course need not be told again for `fix`. */
export function goesOnAs(rows: Rows, row: number, fix: WireFix): boolean {
  const speed = rows.speedCode[row] ?? 0;
  const course = rows.courseCode[row] ?? 0;
  if ((speed === 0) !== (fix.speedCode === 0) || (course === 0) !== (fix.courseCode === 0)) return false;
  if (speed < haltedBelowCode !== fix.speedCode < haltedBelowCode) return false;
  const tolerance = Math.max(speedToleranceSteps, speedToleranceShare * fix.speedCode);
  if (Math.abs(fix.speedCode - speed) > tolerance) return false;
  return (
    fix.speedCode < haltedBelowCode || Math.abs(courseGap(course, fix.courseCode)) <= courseToleranceSteps
  );
}

function writeTurn(out: ByteWriter, rows: Rows, row: number, { speedCode, courseCode }: WireFix): void {
  const course = rows.courseCode[row] ?? 0;
  out.zigzag(speedCode - (rows.speedCode[row] ?? 0));
  if (course !== 0 && courseCode !== 0) out.zigzag(courseGap(course, courseCode));
  else {
    out.zigzag(courseWritten);
    out.varint(courseCode);
  }
  rows.speedCode[row] = speedCode;
  rows.courseCode[row] = courseCode;
}

/** Reads what stands behind the first number of a move, and changes the row by it. */
export function readMove(from: ByteReader, rows: Rows, row: number, code: number, tickDs: number): void {
  const timeDs = tickDs - from.varint();
  expectAt(rows, row, timeDs);
  rows.timeDs[row] = timeDs;
  let { latE5, lonE5 } = place;
  if (code === beside || code === besideAndTurned) {
    latE5 += from.zigzag();
    lonE5 = wrapE5(lonE5 + from.zigzag());
  }
  mustBeOnEarth(lonE5, latE5);
  rows.latE5[row] = latE5;
  rows.lonE5[row] = lonE5;
  if (code === besideAndTurned || code === turned) readTurn(from, rows, row);
}

/** Refuses a position that no unit can have: something in the bytes is wrong. */
export function mustBeOnEarth(lonE5: number, latE5: number): void {
  if (Math.abs(latE5) > 90e5 || Math.abs(lonE5) > 180e5) throw new WireFault('a position is not on earth');
}

function readTurn(from: ByteReader, rows: Rows, row: number): void {
  rows.speedCode[row] = (rows.speedCode[row] ?? 0) + from.zigzag();
  const gap = from.zigzag();
  if (gap === courseWritten) rows.courseCode[row] = from.varint();
  else rows.courseCode[row] = (((rows.courseCode[row] ?? 1) - 1 + gap + 256) % 256) + 1;
}
