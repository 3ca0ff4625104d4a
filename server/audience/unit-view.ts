import type { UnitOut } from '../../shared/model/unit.ts';
import type { Principal } from '../../shared/role.ts';
import { ageS, liveAtMs, unitState } from '../../shared/rules/age.ts';
import type { LiveFix, Unit } from '../picture/picture.ts';
import { crisisNow } from '../picture/watch.ts';
import { sectorOfUnit, unitSight } from './unit-sight.ts';
import type { ViewContext } from './view-context.ts';

/** How late an analyst sees units, unless a crisis is on. */
export const analystDelayMs = 3_600_000;

export function analystDelayNowMs({ picture }: Pick<ViewContext, 'picture'>): number {
  return crisisNow(picture.watch) ? 0 : analystDelayMs;
}

/** The unit as this principal may see it. */
export function unitView(unit: Unit, principal: Principal, context: ViewContext): UnitOut | undefined {
  const sight = unitSight(unit, principal, context);
  switch (sight) {
    case 'full':
      return inFull(unit, context);
    case 'plain':
      return plain(unit, context);
    case 'wall':
      return onWall(unit, context);
    case 'reported':
      return asReported(unit, context);
    case 'delayed':
      return delayed(unit, context);
    case undefined:
      return undefined;
  }
}

type Core = Pick<
  UnitOut,
  'id' | 'kind' | 'lon' | 'lat' | 'time' | 'receivedAt' | 'reportEveryS' | 'staleAfterS' | 'state' | 'ageS'
>;

/** Where it is and how old that is: the least that any audience gets of a unit it may see. */
function core(
  unit: Unit,
  context: ViewContext,
  live: Pick<LiveFix, 'lon' | 'lat' | 'timeMs' | 'receivedAtMs'> | undefined,
): Core {
  const reportEveryS = unit.reportEveryS ?? context.mission.reportEveryS;
  const staleAfterS = unit.staleAfterS ?? context.mission.staleAfterS;
  const age = live ? ageS(liveAtMs(live.timeMs, live.receivedAtMs), context.atMs) : undefined;
  return {
    id: unit.id,
    kind: unit.kind,
    lon: live?.lon ?? null,
    lat: live?.lat ?? null,
    time: live ? new Date(live.timeMs).toISOString() : null,
    receivedAt: live ? new Date(live.receivedAtMs).toISOString() : null,
    reportEveryS: Math.min(reportEveryS, staleAfterS),
    staleAfterS,
    state: age === undefined ? 'lost' : unitState(age, reportEveryS, staleAfterS),
    ageS: age === undefined ? null : Math.round(age * 10) / 10,
  };
}

/** Fields whose presence depends on the device; absent ones stay absent. */
const motion = ['courseDeg', 'speedMps', 'altitudeM', 'accuracyM', 'batteryPct'] as const;

function inFull(unit: Unit, context: ViewContext): UnitOut {
  const { live } = unit;
  const sector = sectorOfUnit(unit, context);
  const aheadS = live ? Math.round((live.timeMs - live.receivedAtMs) / 1000) : 0;
  return {
    ...core(unit, context, live),
    callsign: unit.callsign,
    ...(sector ? { sector } : {}),
    ...(live
      ? Object.fromEntries(motion.flatMap((name) => (live[name] === undefined ? [] : [[name, live[name]]])))
      : {}),
    ...(aheadS > 2 ? { clockAheadS: aheadS } : {}),
    ...(unit.capabilities.length > 0 ? { capabilities: unit.capabilities } : {}),
    ...(unit.registered ? {} : { unregistered: true }),
  };
}

/** "Others without detail": position and kind. */
function plain(unit: Unit, context: ViewContext): UnitOut | undefined {
  return unit.live ? { ...core(unit, context, unit.live), plain: true } : undefined;
}

function onWall(unit: Unit, context: ViewContext): UnitOut {
  return { ...core(unit, context, unit.live), callsign: unit.callsign };
}

/** A feed sees the units its token names, and otherwise a unit only while the newest fix of it is its own. */
function asReported(unit: Unit, context: ViewContext): UnitOut {
  const { capabilities: _capabilities, sector: _sector, ...reported } = inFull(unit, context);
  return reported;
}

/** As it was an hour ago: the newest fix that is at least that old now; nothing where there is none. */
function delayed(unit: Unit, context: ViewContext): UnitOut | undefined {
  const thenMs = context.atMs - analystDelayNowMs(context);
  const point = context.picture.tracks.lastBefore(unit.id, thenMs);
  if (!point) return undefined;
  const { sector } = unit;
  return {
    ...core(unit, context, { ...point, receivedAtMs: point.timeMs }),
    callsign: unit.callsign,
    ...(sector ? { sector } : {}),
    ...(point.courseDeg === undefined ? {} : { courseDeg: point.courseDeg }),
    ...(point.speedMps === undefined ? {} : { speedMps: point.speedMps }),
  };
}
