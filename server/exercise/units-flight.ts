import type { Place } from '../../shared/model/place.ts';
import { distanceToVertices, isInRing, type Km, type LonLat } from './island-plane.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { KindHabits } from './units-kinds.ts';
import { gapM, makeDrive, makeHalt, spotOn, type Leg, type Waypoint } from './units-motion.ts';
import type { Pilot } from './units-tour.ts';

export interface FlightParts {
  readonly random: SeededRandom;
  readonly habits: KindHabits;
  /** Where it may land. */
  readonly calls: readonly Place[];
}

/** Flies straight from pad to pad. */
export function makeHelicopterPilot({ random, habits, calls }: FlightParts): Pilot {
  const limitMps = habits.maxMps.trunk;
  return {
    errand(from, startS) {
      const far = calls.filter((place) => gapM(place, from) > 2_000);
      if (far.length === 0) return [makeHalt(startS, 600, from)];
      const { lon, lat } = random.pick(far);
      const flight = fly(startS, from, [[lon, lat]], {
        habits,
        limitMps: limitMps * random.between(0.8, 0.97),
      });
      return [flight, makeHalt(flight.endS, random.between(...habits.haltS), flight.way.at(-1) ?? from)];
    },
    towards: (leg, atS, target) => flyOff(leg, atS, target, habits),
  };
}

const turnsPerErrand = 8;

/** Circles about its station without ever landing. */
export function makeUavPilot({ random, habits }: FlightParts, station: LonLat): Pilot {
  return {
    errand(from, startS) {
      const points = Array.from({ length: turnsPerErrand }, (): LonLat => {
        const angle = random.between(0, 2 * Math.PI);
        const degrees = random.between(...habits.rangeKm) / 111;
        return [station[0] + degrees * Math.cos(angle), station[1] + degrees * Math.sin(angle)];
      });
      return [fly(startS, from, points, { habits, limitMps: habits.maxMps.trunk * 0.9 })];
    },
    towards: (leg, atS, target) => flyOff(leg, atS, target, habits),
  };
}

interface FlightOptions {
  readonly habits: KindHabits;
  readonly limitMps: number;
  readonly startMps?: number;
}

function fly(startS: number, from: Waypoint, points: readonly LonLat[], options: FlightOptions): Leg {
  const { habits, limitMps, ...rest } = options;
  const way = [{ ...from, limitMps }, ...points.map(([lon, lat]) => ({ lon, lat, limitMps }))];
  return makeDrive(startS, way, { ...rest, altitudeM: habits.altitudeM });
}

function flyOff(leg: Leg, atS: number, target: LonLat, habits: KindHabits): Leg {
  const { lon, lat, speedMps } = spotOn(leg, atS);
  const limitMps = habits.maxMps.trunk;
  return fly(atS, { lon, lat, limitMps }, [target], {
    habits,
    limitMps,
    startMps: Math.min(speedMps, limitMps / 2),
  });
}

const shoreDegrees = 0.009;
const lookEachDegrees = 0.003;
const tries = 40;

export interface BoatParts {
  readonly random: SeededRandom;
  readonly habits: KindHabits;
  /** The shore of the lake that it stays on. */
  readonly shore: readonly Km[];
}

/** Crosses the lake from point to point, well clear of the shore. */
export function makeBoatPilot({ random, habits, shore }: BoatParts): Pilot {
  const limitMps = habits.maxMps.trunk;
  const isOpenWater = (point: Km): boolean =>
    isInRing(point, shore) && distanceToVertices(point, shore) > shoreDegrees;
  return {
    errand(from, startS) {
      for (let attempt = 0; attempt < tries; attempt += 1) {
        const [lon, lat] = drawIn(random, shore);
        const isClear =
          isOpenWater([lon, lat]) && isClearBetween([from.lon, from.lat], [lon, lat], isOpenWater);
        if (!isClear || gapM(from, { lon, lat }) < 2_000) continue;
        const way = [
          { ...from, limitMps: limitMps * random.between(0.7, 0.95) },
          { lon, lat, limitMps },
        ];
        const cruise = makeDrive(startS, way);
        return [cruise, makeHalt(cruise.endS, random.between(...habits.haltS), cruise.way.at(-1) ?? from)];
      }
      return [makeHalt(startS, 120, from)];
    },
    towards: (leg, atS) => makeHalt(atS, 60, { ...spotOn(leg, atS), limitMps }),
  };
}

/** A point of open water to begin at. */
export function drawOpenWater(random: SeededRandom, shore: readonly Km[]): LonLat {
  let best: LonLat = drawIn(random, shore);
  let bestGap = -1;
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const point = drawIn(random, shore);
    const gap = isInRing(point, shore) ? distanceToVertices(point, shore) : -1;
    if (gap > bestGap) [best, bestGap] = [point, gap];
  }
  return best;
}

function drawIn(random: SeededRandom, shore: readonly Km[]): LonLat {
  const lons = shore.map(([lon]) => lon);
  const lats = shore.map(([, lat]) => lat);
  return [
    random.between(Math.min(...lons), Math.max(...lons)),
    random.between(Math.min(...lats), Math.max(...lats)),
  ];
}

function isClearBetween(from: Km, to: Km, isOpenWater: (point: Km) => boolean): boolean {
  const count = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / lookEachDegrees);
  return Array.from({ length: count }, (_, step) => (step + 1) / (count + 1)).every((part) =>
    isOpenWater([from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part]),
  );
}
