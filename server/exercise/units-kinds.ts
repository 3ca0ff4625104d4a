import type { RoadClass } from './island-roads.ts';

/** How units of one kind get about in the exercise. */
export interface KindHabits {
  /** `road` follows the roads, `air` flies straight, `water` stays on the lake, `fixed` never moves. */
  readonly moves: 'road' | 'air' | 'water' | 'fixed';
  /** Fastest speed in m/s by class of road; off the roads `trunk` holds. */
  readonly maxMps: Readonly<Record<RoadClass, number>>;
  /** How far from home, in km by air, its errands lead. */
  readonly rangeKm: readonly [least: number, most: number];
  /** Where its errands lead: to any place, or only to towns, bases, sites and hospitals. */
  readonly calls: 'places' | 'stations';
  /** How long it stays at the end of an errand, s. */
  readonly haltS: readonly [least: number, most: number];
  /** Time between two fixes, s; a little under the `reportEveryS` that it is registered with. */
  readonly everyS: number;
  readonly reportEveryS?: number;
  readonly staleAfterS?: number;
  readonly altitudeM?: number;
  /** Whether it may be tasked to an alert; the others refuse. */
  readonly responds: boolean;
}

const wheels = { moves: 'road', calls: 'places', everyS: 12, responds: true } as const;

export const kindHabits = {
  patrol: { ...wheels, maxMps: { trunk: 16.5, track: 9.5 }, rangeKm: [5, 45], haltS: [60, 240] },
  qrf: { ...wheels, maxMps: { trunk: 20, track: 11.5 }, rangeKm: [0, 4], haltS: [600, 1_800] },
  escort: {
    ...wheels,
    calls: 'stations',
    maxMps: { trunk: 14, track: 8 },
    rangeKm: [0, 120],
    haltS: [120, 300],
  },
  police: { ...wheels, maxMps: { trunk: 18, track: 10 }, rangeKm: [2, 14], haltS: [60, 200] },
  ambulance: { ...wheels, maxMps: { trunk: 20, track: 11 }, rangeKm: [3, 25], haltS: [150, 400] },
  observer: { ...wheels, maxMps: { trunk: 18, track: 10 }, rangeKm: [5, 50], haltS: [120, 360] },
  truck: {
    ...wheels,
    calls: 'stations',
    maxMps: { trunk: 13, track: 7 },
    rangeKm: [0, 120],
    haltS: [180, 500],
    responds: false,
  },
  civilian: {
    ...wheels,
    maxMps: { trunk: 15, track: 8.5 },
    rangeKm: [3, 25],
    haltS: [240, 600],
    responds: false,
  },
  other: { ...wheels, maxMps: { trunk: 11, track: 6 }, rangeKm: [2, 12], haltS: [300, 900], responds: false },
  foot: {
    ...wheels,
    maxMps: { trunk: 1.5, track: 1.4 },
    rangeKm: [1, 8],
    haltS: [90, 300],
    everyS: 26,
    reportEveryS: 30,
    staleAfterS: 150,
  },
  helicopter: {
    moves: 'air',
    calls: 'stations',
    maxMps: { trunk: 62, track: 62 },
    rangeKm: [20, 120],
    haltS: [120, 300],
    everyS: 4,
    reportEveryS: 5,
    staleAfterS: 60,
    altitudeM: 450,
    responds: true,
  },
  uav: {
    moves: 'air',
    calls: 'stations',
    maxMps: { trunk: 36, track: 36 },
    rangeKm: [4, 40],
    haltS: [0, 0],
    everyS: 4,
    reportEveryS: 5,
    staleAfterS: 30,
    altitudeM: 1_800,
    responds: false,
  },
  boat: {
    moves: 'water',
    calls: 'places',
    maxMps: { trunk: 9, track: 9 },
    rangeKm: [3, 30],
    haltS: [60, 240],
    everyS: 13,
    responds: false,
  },
  base: {
    moves: 'fixed',
    calls: 'stations',
    maxMps: { trunk: 0, track: 0 },
    rangeKm: [0, 0],
    haltS: [600, 600],
    everyS: 50,
    reportEveryS: 60,
    staleAfterS: 300,
    responds: false,
  },
} as const satisfies Record<string, KindHabits>;
export type ExerciseKind = keyof typeof kindHabits;

/** The habits of a kind, as wide as every caller may use them. */
export function habitsOf(kind: ExerciseKind): KindHabits {
  return kindHabits[kind];
}
