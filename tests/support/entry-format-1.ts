import type { FixBatch } from '../../shared/model/entry.ts';
import type { Fix } from '../../shared/model/position.ts';
import { ByteWriter } from '../../shared/wire/bytes.ts';

const e7 = 1e7;

const optional = [
  { name: 'courseDeg', perUnit: 100, signed: false },
  { name: 'speedMps', perUnit: 100, signed: false },
  { name: 'altitudeM', perUnit: 10, signed: true },
  { name: 'accuracyM', perUnit: 10, signed: false },
  { name: 'batteryPct', perUnit: 10, signed: false },
] as const;

function stringTable(fixes: readonly Fix[]): Map<string, number> {
  const table = new Map<string, number>();
  for (const { unit, device } of fixes) {
    if (!table.has(unit)) table.set(unit, table.size);
    if (!table.has(device)) table.set(device, table.size);
  }
  return table;
}

/** Position entries as the first version wrote them: records hold such entries for ever. */
export function encodeFormat1(batch: FixBatch): Uint8Array {
  const out = new ByteWriter();
  out.u8(1);
  out.u8(batch.mayRegister ? 1 : 0);
  for (const text of [batch.ref, batch.author.id, batch.author.role, batch.author.name]) out.text(text);
  const table = stringTable(batch.fixes);
  out.varint(table.size);
  for (const text of table.keys()) out.text(text);
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

function writeFix(out: ByteWriter, fix: Fix, table: Map<string, number>, last: Running): void {
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
  out.u8(optional.reduce((bits, { name }, bit) => bits | (fix[name] === undefined ? 0 : 1 << bit), 0));
  for (const { name, perUnit, signed } of optional) {
    const value = fix[name];
    if (value === undefined) continue;
    const whole = Math.round(value * perUnit);
    if (signed) out.zigzag(whole);
    else out.varint(whole);
  }
}
