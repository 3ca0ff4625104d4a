import type { Place } from '../../shared/model/place.ts';
import type { RosterUnit } from './exercise-units.ts';
import type { Island } from './island.ts';
import type { Km } from './island-plane.ts';
import { makeSeededRandom, type SeededRandom } from './seeded-random.ts';
import { drawOpenWater, makeBoatPilot, makeHelicopterPilot, makeUavPilot } from './units-flight.ts';
import { makeGroundPilot } from './units-ground.ts';
import { habitsOf } from './units-kinds.ts';
import { gapM, makeHalt, type Waypoint } from './units-motion.ts';
import type { RoadNet } from './units-roads.ts';
import { Tour, type Pilot } from './units-tour.ts';

/** The scenario knows where its units were this long before its start, so that trails are there at once. */
export const beforeStartS = 900;

interface Crew {
  readonly pilot: Pilot;
  readonly start: Waypoint;
}

/** The way of one unit in time, on its own stream of chance: no unit's luck depends on another's. */
export function makeTour(unit: RosterUnit, island: Island, net: RoadNet, seed: number): Tour {
  const random = makeSeededRandom(seed ^ hashText(unit.id));
  const { pilot, start } = makeCrew(unit, island, net, random);
  const waitsS = random.between(0, 0.5) * habitsOf(unit.kind).haltS[1];
  const isOnRoad = habitsOf(unit.kind).moves === 'road';
  // One in four who are sent finds a bridge that is out, so that the watch over ways is seen at work.
  const breaks = (atS: number): boolean => isOnRoad && hashText(`${unit.id} ${Math.floor(atS)}`) % 4 === 0;
  return new Tour(pilot, { startS: -beforeStartS, start, waitsS }, breaks);
}

function makeCrew(unit: RosterUnit, island: Island, net: RoadNet, random: SeededRandom): Crew {
  const habits = habitsOf(unit.kind);
  const calls = callsOf(unit, island);
  switch (habits.moves) {
    case 'road': {
      const onRoad = calls.filter(({ id }) => net.nodeOf(id) !== undefined);
      const begin = onRoad.length > 0 ? random.pick(onRoad) : unit.home;
      const { id: nodeId, lon, lat } = net.nodeOf(begin.id) ?? net.nearestNode(begin.lon, begin.lat);
      const start = { lon, lat, nodeId, limitMps: habits.maxMps.track };
      return { pilot: makeGroundPilot({ net, random, habits, calls: onRoad }), start };
    }
    case 'water': {
      const shore = (island.lakes[0]?.coordinates[0] ?? []).map(([lon = 0, lat = 0]): Km => [lon, lat]);
      const [lon, lat] = drawOpenWater(random, shore);
      return {
        pilot: makeBoatPilot({ random, habits, shore }),
        start: { lon, lat, limitMps: habits.maxMps.trunk },
      };
    }
    case 'air':
      return { pilot: airPilot(unit, random, calls), start: standAt(unit.home) };
    case 'fixed':
      return { pilot: stayPut, start: standAt(unit.home) };
  }
}

function airPilot(unit: RosterUnit, random: SeededRandom, calls: readonly Place[]): Pilot {
  const parts = { random, habits: habitsOf(unit.kind), calls };
  return unit.kind === 'uav'
    ? makeUavPilot(parts, [unit.home.lon, unit.home.lat])
    : makeHelicopterPilot(parts);
}

const stayPut: Pilot = {
  errand: (from, startS) => [makeHalt(startS, 3_600, from)],
  towards: (leg, atS) => makeHalt(atS, 60, leg.way[0] ?? { lon: 0, lat: 0, limitMps: 0 }),
};

function standAt({ lon, lat }: Place): Waypoint {
  return { lon, lat, limitMps: 0 };
}

/** Where the errands of a unit lead: what its kind calls at, within its range of home. */
function callsOf({ kind, home }: RosterUnit, island: Island): Place[] {
  const { calls, rangeKm, moves } = habitsOf(kind);
  const [least, most] = rangeKm;
  return island.places.filter((place) => {
    const km = gapM(home, place) / 1_000;
    if (km < least || km > most) return false;
    const isStation = place.kind !== 'village' && place.kind !== 'landing-zone';
    if (moves === 'air') return isStation || place.kind === 'landing-zone';
    return calls === 'places'
      ? place.kind !== 'landing-zone'
      : isStation || island.townIds.includes(place.id);
  });
}

/** A number for a text, the same on every machine (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
