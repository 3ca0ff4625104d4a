import { distanceM } from '../../shared/geo/distance.ts';
import type { Principal } from '../../shared/role.ts';
import type { Unit } from '../picture/picture.ts';
import type { ViewContext } from './view-context.ts';

/** How near another unit must be to one of a patrol's own to be on its map. */
export const nearByM = 20_000;

/**
 * How much of a unit someone may see (contract, "Who sees what", units and tracks): all of it; position and kind;
 * as on a wall; what a feed reported itself; or all of it as it was an hour ago.
 */
export type UnitSight = 'full' | 'plain' | 'wall' | 'reported' | 'delayed';

/** Undefined: the principal may not know that the unit is there. */
export function unitSight(unit: Unit, principal: Principal, context: ViewContext): UnitSight | undefined {
  switch (principal.role) {
    case 'admin':
    case 'watch':
    case 'chief':
    case 'command':
      return 'full';
    case 'analyst':
      return 'delayed';
    case 'sector':
      if (isInOwnSector(unit, principal, context)) return 'full';
      return unit.live ? 'plain' : undefined;
    case 'liaison':
      return isInOwnSector(unit, principal, context) ? 'full' : undefined;
    case 'patrol':
      if (principal.units.includes(unit.id)) return 'full';
      return isNearOwn(unit, principal, context) ? 'plain' : undefined;
    case 'wall':
      return 'wall';
    case 'feed':
      if (principal.units.includes(unit.id)) return 'full';
      return unit.live?.by === principal.id ? 'reported' : undefined;
    case 'adviser':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}

/** Whether course and speed go with the position. */
export function showsMotion(sight: UnitSight): boolean {
  return sight !== 'plain' && sight !== 'wall';
}

/** Whether the callsign goes with the position. */
export function showsCallsign(sight: UnitSight): boolean {
  return sight !== 'plain';
}

/** The unit's sector: the one it is registered in, else the one it is in. */
export function sectorOfUnit(unit: Unit, context: ViewContext): string | undefined {
  return unit.sector ?? (unit.live ? context.mission.sectorAt(unit.live.lon, unit.live.lat) : undefined);
}

function isInOwnSector(unit: Unit, principal: Principal, context: ViewContext): boolean {
  const sector = sectorOfUnit(unit, context);
  return sector !== undefined && principal.sectors.includes(sector);
}

function isNearOwn(unit: Unit, principal: Principal, context: ViewContext): boolean {
  const other = unit.live;
  if (!other) return false;
  return principal.units.some((id) => {
    const own = context.picture.units.get(id)?.live;
    return own !== undefined && distanceM(own.lon, own.lat, other.lon, other.lat) <= nearByM;
  });
}
