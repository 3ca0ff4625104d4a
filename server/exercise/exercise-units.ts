import type { Place } from '../../shared/model/place.ts';
import type { UnitIn } from '../../shared/model/unit.ts';
import type { Island } from './island.ts';
import { habitsOf, type ExerciseKind } from './units-kinds.ts';

/** A unit of the exercise: what it is registered with, and where it is at home. */
export interface RosterUnit {
  readonly id: string;
  readonly callsign: string;
  readonly kind: ExerciseKind;
  readonly sector: string;
  readonly home: Place;
  readonly capabilities: readonly string[];
}

interface Series {
  readonly word: string;
  readonly kind: ExerciseKind;
  readonly count: number;
  /** Ids of the places at which they are at home, in turn. */
  readonly homes: readonly string[];
  readonly capabilities?: readonly string[];
}

const bases = ['base-1', 'base-2', 'base-4', 'base-5', 'base-3'];
const towns = ['town-1', 'town-2', 'town-5', 'town-4', 'town-3', 'town-6'];

/** Sixty units, as a mission of three sectors might have them out on one evening. All call signs are invented. */
const allSeries: readonly Series[] = [
  {
    word: 'LRP',
    kind: 'patrol',
    count: 9,
    homes: [...bases, 'town-6'],
    capabilities: ['armoured', 'interpreter:sw', 'strength:30', 'vehicles:4'],
  },
  { word: 'SRP', kind: 'patrol', count: 5, homes: bases },
  { word: 'FOOT', kind: 'foot', count: 6, homes: towns, capabilities: ['interpreter:sw', 'strength:12'] },
  {
    word: 'QRF',
    kind: 'qrf',
    count: 5,
    homes: bases,
    capabilities: ['armoured', 'medic', 'night', 'strength:40', 'vehicles:6'],
  },
  { word: 'ESC', kind: 'escort', count: 4, homes: bases, capabilities: ['armoured'] },
  {
    word: 'POL',
    kind: 'police',
    count: 6,
    homes: towns,
    capabilities: ['female-engagement', 'strength:8', 'vehicles:2'],
  },
  {
    word: 'UH',
    kind: 'helicopter',
    count: 3,
    homes: ['base-1', 'base-2', 'base-5'],
    capabilities: ['casevac'],
  },
  { word: 'UAV', kind: 'uav', count: 2, homes: ['base-1', 'base-4'], capabilities: ['night'] },
  { word: 'BOAT', kind: 'boat', count: 2, homes: ['town-6'] },
  {
    word: 'AMB',
    kind: 'ambulance',
    count: 3,
    homes: ['hospital-1', 'hospital-2', 'hospital-3'],
    capabilities: ['medic'],
  },
  { word: 'LOG', kind: 'truck', count: 4, homes: bases },
  { word: 'TOB', kind: 'base', count: 2, homes: ['village-004', 'village-011'] },
  {
    word: 'MILOB',
    kind: 'observer',
    count: 4,
    homes: [...bases].reverse(),
    capabilities: ['interpreter:fr'],
  },
  {
    word: 'CLA',
    kind: 'civilian',
    count: 3,
    homes: ['town-1', 'town-3', 'town-6'],
    capabilities: ['interpreter:sw', 'interpreter:ar'],
  },
  { word: 'ENG', kind: 'other', count: 2, homes: ['base-1', 'base-5'], capabilities: ['engineer'] },
];

export function exerciseUnits(island: Island): RosterUnit[] {
  const places = new Map(island.places.map((place) => [place.id, place]));
  return allSeries.flatMap(({ word, kind, count, homes, capabilities = [] }) =>
    Array.from({ length: count }, (_, index) => {
      const home = places.get(homes[index % homes.length] ?? '') ?? island.places[0];
      if (!home) throw new RangeError('an island has places');
      const sector = island.sectorOfPlace[home.id] ?? 'S1';
      const number = index + 1;
      return {
        id: `${word.toLowerCase()}-${number}`,
        callsign: `${word} ${number}`,
        kind,
        sector,
        home,
        capabilities,
      };
    }),
  );
}

/** As the mission file has it. */
export function registrationOf({ callsign, kind, sector, capabilities }: RosterUnit): UnitIn {
  const { reportEveryS, staleAfterS } = habitsOf(kind);
  return {
    callsign,
    kind,
    sector,
    capabilities: [...capabilities],
    ...(reportEveryS === undefined ? {} : { reportEveryS }),
    ...(staleAfterS === undefined ? {} : { staleAfterS }),
  };
}
