import { fillColumns, FixColumns } from '../../shared/model/fix-columns.ts';
import { forPhones, writePackedFixes } from '../../shared/model/packed-fixes.ts';
import type { Fix } from '../../shared/model/position.ts';
import { ByteWriter } from '../../shared/wire/bytes.ts';

/** A fix of this phone; the device is the session's token, so nobody needs to name it. */
export type PhoneFix = Omit<Fix, 'device'>;

/**
 * The fix as finely as the packed uplink tells it (0.1 m of place, 1°, 0.1 m/s, 1 m). Kept so from the start, the same
 * fix is the same to the server however often and in whatever company it is sent. What a sensor gives out of all
 * range is left out rather than costing the position.
 */
export function asPacked(fix: PhoneFix): PhoneFix {
  const { unit, timeMs, lon, lat, courseDeg, speedMps, altitudeM, accuracyM, batteryPct } = fix;
  return {
    unit,
    timeMs: Math.round(timeMs),
    lon: Math.round(lon * 1e6) / 1e6,
    lat: Math.round(lat * 1e6) / 1e6,
    ...within('courseDeg', courseDeg === undefined ? undefined : Math.round(courseDeg) % 360, 0, 359),
    ...within('speedMps', speedMps === undefined ? undefined : Math.round(speedMps * 10) / 10, 0, 1_000),
    ...within('altitudeM', rounded(altitudeM), -1_000, 30_000),
    ...within('accuracyM', rounded(accuracyM), 0, 1_000_000),
    ...within('batteryPct', rounded(batteryPct), 0, 100),
  };
}

function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.round(value);
}

function within(name: keyof PhoneFix, value: number | undefined, least: number, most: number): object {
  return value !== undefined && value >= least && value <= most ? { [name]: value } : {};
}

const columns = new FixColumns();

/** One batch for the wire, in the order given. */
export function packFixes(fixes: readonly PhoneFix[]): Uint8Array {
  const author = '';
  fillColumns(
    columns,
    fixes.map((fix) => ({ ...fix, device: author })),
    author,
  );
  const out = new ByteWriter();
  writePackedFixes(out, columns, forPhones);
  return out.done();
}
