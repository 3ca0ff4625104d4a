/** 20 bytes: unit u32, lon and lat i32 in 1e-7 degree, time in ms u32 (lower bits), speed u16 cm/s, course u16 0.01 degree. */
export const packedFixBytes = 20;

export interface PackedFix {
  unit: number;
  lonE7: number;
  latE7: number;
  timeMs: number;
  speedCmps: number;
  courseCdeg: number;
}

export function writePackedFix(into: Buffer, at: number, fix: PackedFix): void {
  into.writeUInt32LE(fix.unit, at);
  into.writeInt32LE(fix.lonE7, at + 4);
  into.writeInt32LE(fix.latE7, at + 8);
  into.writeUInt32LE(fix.timeMs % 2 ** 32, at + 12);
  into.writeUInt16LE(fix.speedCmps, at + 16);
  into.writeUInt16LE(fix.courseCdeg, at + 18);
}

export function readPackedFix(from: Buffer, at: number, into: PackedFix): void {
  into.unit = from.readUInt32LE(at);
  into.lonE7 = from.readInt32LE(at + 4);
  into.latE7 = from.readInt32LE(at + 8);
  into.timeMs = from.readUInt32LE(at + 12);
  into.speedCmps = from.readUInt16LE(at + 16);
  into.courseCdeg = from.readUInt16LE(at + 18);
}

export const noPackedFix = (): PackedFix => ({
  unit: 0,
  lonE7: 0,
  latE7: 0,
  timeMs: 0,
  speedCmps: 0,
  courseCdeg: 0,
});
