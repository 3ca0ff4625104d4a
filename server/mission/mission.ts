import { segmentNames, type AlertCategory, type Priority } from '../../shared/model/alert-lists.ts';
import type { MissionFile, Sector } from '../../shared/model/mission.ts';
import type { PlaceIn } from '../../shared/model/place.ts';
import type { RestrictedClass } from '../../shared/model/entry.ts';
import { defaultClockTargets, type ClockTargets } from '../../shared/rules/response-clock.ts';
import { defaultLadder, type EscalationLadder } from '../../shared/rules/escalation.ts';
import type { RoadLine } from './road-lines.ts';
import { sectorTest } from './sector-test.ts';

/** The mission as the rooms use it: every default filled in. */
export interface Mission {
  readonly file: MissionFile;
  readonly name: string;
  readonly sectors: readonly Sector[];
  readonly clockTargets: ClockTargets;
  /** Targets while a crisis is on. */
  readonly crisisClockTargets: ClockTargets;
  readonly escalationLadder: EscalationLadder;
  readonly reportEveryS: number;
  readonly staleAfterS: number;
  /** Places of the mission file, or of the file that it names. */
  readonly places: readonly PlaceIn[];
  /** Roads of the file that the mission file names; none where it names none. */
  readonly roads: readonly RoadLine[];
  /** The sector that a point lies in; the first one where sectors overlap. */
  sectorAt(lon: number, lat: number): string | undefined;
  /** The class in which an alert of this category is restricted, or undefined for an ordinary one. */
  restrictedClass(category: AlertCategory): RestrictedClass | undefined;
}

/** The sector of a mission that names none: the world, so that every rule about sectors still has a meaning. */
export const worldSector: Sector = {
  id: 'world',
  name: 'World',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [-180, -90],
        [180, -90],
        [180, 90],
        [-180, 90],
        [-180, -90],
      ],
    ],
  },
};

/** A mission may restrict more; no mission file can open these. */
const alwaysRestricted: readonly AlertCategory[] = ['crsv', 'forced-recruitment'];

export function missionOf(
  file: MissionFile,
  placesOfFile: readonly PlaceIn[] = [],
  roads: readonly RoadLine[] = [],
): Mission {
  const sectors = file.sectors.length > 0 ? file.sectors : [worldSector];
  const tests = sectors.map((sector) => ({ id: sector.id, contains: sectorTest(sector) }));
  const restricted = new Set<string>([...alwaysRestricted, ...file.restricted]);
  return {
    file,
    name: file.name,
    sectors,
    clockTargets: targetsOf(file.clockTargets, defaultClockTargets),
    crisisClockTargets: targetsOf(
      file.crisis.clockTargets,
      targetsOf(file.clockTargets, defaultClockTargets),
    ),
    escalationLadder: { ...defaultLadder, ...given(file.escalation) },
    reportEveryS: file.reportEveryS,
    staleAfterS: file.staleAfterS,
    places: Array.isArray(file.places) ? file.places : placesOfFile,
    roads,
    sectorAt: (lon, lat) => tests.find(({ contains }) => contains(lon, lat))?.id,
    restrictedClass(category) {
      if (!restricted.has(category)) return undefined;
      if (category === 'crsv') return 'crsv';
      return category === 'forced-recruitment' ? 'child' : 'other';
    },
  };
}

/** What a file says; what it leaves out stays as it is. */
function given<Values extends object>(values: Values): { [Key in keyof Values]-?: NonNullable<Values[Key]> } {
  const said = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as { [Key in keyof Values]-?: NonNullable<Values[Key]> }; // only what is said is spread
}

/** What a file says of targets, over those that hold without it. */
function targetsOf(said: MissionFile['clockTargets'], usual: ClockTargets): ClockTargets {
  const of = (priority: Priority): ClockTargets[Priority] => {
    const own: Readonly<Record<string, number | undefined>> = said[priority] ?? {};
    const changed = segmentNames.flatMap((segment) => {
      const seconds = own[`${segment}S`];
      return seconds === undefined ? [] : [[segment, seconds] as const];
    });
    return { ...usual[priority], ...Object.fromEntries(changed) };
  };
  return { P1: of('P1'), P2: of('P2'), P3: of('P3'), P4: of('P4') };
}
