import type { UnitAbout, UnitDetail } from '../../shared/model/unit-wire.ts';
import { unitStates } from '../../shared/model/unit-lists.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import { ageS } from '../../shared/rules/age.ts';

/** What `unitOut` reads of the columns. */
interface Columns {
  readonly lonLat: Float64Array;
  readonly course: Float32Array;
  readonly speed: Float32Array;
  readonly timeMs: Float64Array;
  readonly state: Uint8Array;
}

/** A device's clock that is ahead by less is not worth telling. */
const aheadToldFromS = 2;

/** A row of the columns as JSON tells a unit. Nothing that is unknown is present. */
export function unitOut(
  columns: Columns,
  row: number,
  about: UnitAbout,
  detail: UnitDetail | undefined,
  nowMs: number,
): UnitOut {
  const { delayS = 0, ...said } = detail ?? {};
  const timeMs = columns.timeMs[row] ?? NaN;
  const courseDeg = columns.course[row] ?? NaN;
  const speedMps = columns.speed[row] ?? NaN;
  const hasFix = !Number.isNaN(timeMs);
  return {
    ...about,
    lon: hasFix ? (columns.lonLat[2 * row] ?? null) : null,
    lat: hasFix ? (columns.lonLat[2 * row + 1] ?? null) : null,
    // The column holds the earlier of the two; the delay says by how much the other is later.
    time: hasFix ? new Date(timeMs + 1000 * Math.max(0, -delayS)).toISOString() : null,
    receivedAt: hasFix ? new Date(timeMs + 1000 * Math.max(0, delayS)).toISOString() : null,
    ...(Number.isNaN(courseDeg) ? {} : { courseDeg }),
    ...(Number.isNaN(speedMps) ? {} : { speedMps }),
    ...said,
    ...(delayS < -aheadToldFromS ? { clockAheadS: Math.round(-delayS) } : {}),
    state: unitStates[columns.state[row] ?? 3] ?? 'lost',
    ageS: hasFix ? ageS(timeMs, nowMs) : null,
  };
}

/** What of a unit in JSON stays the same while it moves. */
export function aboutOf(unit: UnitOut): UnitAbout {
  const { id, kind, callsign, sector, reportEveryS, staleAfterS, capabilities, unregistered, plain } = unit;
  return {
    id,
    kind,
    reportEveryS,
    staleAfterS,
    ...(callsign === undefined ? {} : { callsign }),
    ...(sector === undefined ? {} : { sector }),
    ...(capabilities === undefined ? {} : { capabilities }),
    ...(unregistered ? { unregistered } : {}),
    ...(plain ? { plain } : {}),
  };
}

/** What a device said; `delayS` is from fix to receipt, NaN for none. */
export function detailOf({ altitudeM, accuracyM, batteryPct }: UnitOut, delayS: number): UnitDetail {
  return {
    ...(altitudeM === undefined ? {} : { altitudeM }),
    ...(accuracyM === undefined ? {} : { accuracyM }),
    ...(batteryPct === undefined ? {} : { batteryPct }),
    ...(Number.isNaN(delayS) || delayS === 0 ? {} : { delayS }),
  };
}

export function isSameAbout(a: UnitAbout, b: UnitAbout): boolean {
  return (
    a.kind === b.kind &&
    a.callsign === b.callsign &&
    a.sector === b.sector &&
    a.reportEveryS === b.reportEveryS &&
    a.staleAfterS === b.staleAfterS &&
    a.unregistered === b.unregistered &&
    a.plain === b.plain &&
    a.capabilities?.join('\n') === b.capabilities?.join('\n')
  );
}
