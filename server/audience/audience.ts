import type { AlertOut } from '../../shared/model/alert.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import type { PatrolOut, Things } from '../../shared/picture/picture.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, PlaceRecord, Threat, Unit } from '../picture/picture.ts';
import { alertView } from './alert-view.ts';
import { threatView } from './threat-view.ts';
import { unitView } from './unit-view.ts';
import type { ViewContext } from './view-context.ts';

/**
 * An audience: everyone who may see exactly the same. Redaction happens here and nowhere else, before anything is
 * encoded: what a view function does not put into its answer never leaves the server.
 */
export interface Audience {
  /** Equal for two principals that may see the same. */
  readonly key: string;
  readonly principal: Principal;
  /** Equal for two principals that see the same of every unit; fewer than `key`. */
  readonly unitsKey: string;
  /** Whether it sees all units that there are, as they are now (some perhaps without detail). */
  readonly seesAllUnits: boolean;
  /** Whether what this audience sees of units changes by time or by the movement of other units. */
  readonly changesByItself: boolean;
}

export function audienceOf(principal: Principal): Audience {
  const { role, units, sectors, id } = principal;
  const own = role === 'feed' ? { id, units } : role === 'patrol' ? { units, sectors } : { sectors };
  return {
    key: JSON.stringify([role, own]),
    unitsKey: role === 'feed' || role === 'patrol' ? JSON.stringify([role, own]) : unitsKeyOf(principal),
    principal,
    seesAllUnits: ['admin', 'watch', 'chief', 'command', 'sector', 'wall'].includes(role),
    changesByItself: role === 'patrol' || role === 'analyst',
  };
}

function unitsKeyOf({ role, sectors }: Principal): string {
  switch (role) {
    case 'admin':
    case 'watch':
    case 'chief':
    case 'command':
      return 'full';
    case 'sector':
    case 'liaison':
      return JSON.stringify([role, [...sectors].sort()]);
    case 'adviser':
    case 'dpo':
    case 'auditor':
      return 'none';
    default:
      return role;
  }
}

type Stored = { units: Unit; patrols: never; alerts: Alert; threats: Threat; places: PlaceRecord };

/** What the audience may see of one thing; undefined where it may not know that the thing is there. */
export const viewOf: {
  readonly [K in keyof Things]: (
    thing: Stored[K],
    audience: Audience,
    context: ViewContext,
  ) => Things[K] | undefined;
} = {
  units: (unit, audience, context): UnitOut | undefined => unitView(unit, audience.principal, context),
  patrols: (): PatrolOut | undefined => undefined,
  alerts: (alert, audience, context): AlertOut | undefined => alertView(alert, audience.principal, context),
  threats: (threat, audience, context): ThreatOut | undefined =>
    threatView(threat, audience.principal, context),
  places: (record, audience): PlaceOut | undefined => placeView(record, audience.principal),
};

function placeView(record: PlaceRecord, { role }: Principal): PlaceOut | undefined {
  return role === 'feed' || role === 'dpo' || role === 'auditor' || role === 'adviser'
    ? undefined
    : record.place;
}
