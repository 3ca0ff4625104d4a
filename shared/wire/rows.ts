/**
 * What a viewer of a cell has been sent, by row, in the wire's whole numbers (see motion.ts). Server and client hold
 * the same rows of a cell and change them by the same moves, so that both expect a unit at the same place.
 */
export class Rows {
  lonE5 = new Int32Array(8);
  latE5 = new Int32Array(8);
  /** 0: the unit has never reported. */
  timeDs = new Float64Array(8);
  speedCode = new Uint16Array(8);
  courseCode = new Uint16Array(8);

  get room(): number {
    return this.timeDs.length;
  }

  makeRoom(rows: number): void {
    if (rows <= this.room) return;
    const room = Math.max(rows, this.room * 2);
    this.lonE5 = widened(new Int32Array(room), this.lonE5);
    this.latE5 = widened(new Int32Array(room), this.latE5);
    this.timeDs = widened(new Float64Array(room), this.timeDs);
    this.speedCode = widened(new Uint16Array(room), this.speedCode);
    this.courseCode = widened(new Uint16Array(room), this.courseCode);
  }

  set(row: number, fix: WireFix): void {
    this.lonE5[row] = fix.lonE5;
    this.latE5[row] = fix.latE5;
    this.timeDs[row] = fix.timeDs;
    this.speedCode[row] = fix.speedCode;
    this.courseCode[row] = fix.courseCode;
  }
}

/** One fix in the wire's whole numbers. Writers and readers reuse one object. */
export interface WireFix {
  lonE5: number;
  latE5: number;
  timeDs: number;
  speedCode: number;
  courseCode: number;
}

export const noFix = (): WireFix => ({ lonE5: 0, latE5: 0, timeDs: 0, speedCode: 0, courseCode: 0 });

function widened<T extends { set(from: T): void }>(to: T, from: T): T {
  to.set(from);
  return to;
}
