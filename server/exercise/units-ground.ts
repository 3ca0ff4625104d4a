import type { Place } from '../../shared/model/place.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { KindHabits } from './units-kinds.ts';
import { gapM, makeDrive, makeHalt, passedAt, spotOn, type Leg, type Waypoint } from './units-motion.ts';
import type { RoadNet } from './units-roads.ts';
import type { Pilot } from './units-tour.ts';

export interface GroundParts {
  readonly net: RoadNet;
  readonly random: SeededRandom;
  readonly habits: KindHabits;
  /** Places on the road to which its errands may lead. */
  readonly calls: readonly Place[];
}

/** A single errand leads no further than this by air, so that no unit vanishes from its own area for hours. */
const longestErrandM = { places: 30_000, stations: 110_000 } as const;

/** Drives or walks along the roads, from place to place, with halts. */
export function makeGroundPilot({ net, random, habits, calls }: GroundParts): Pilot {
  const speeds = (): KindHabits['maxMps'] => {
    const care = random.between(0.82, 1);
    return { trunk: habits.maxMps.trunk * care, track: habits.maxMps.track * care };
  };
  return {
    errand(from, startS) {
      const here = from.nodeId ?? net.nearestNode(from.lon, from.lat).id;
      const others = calls.filter((place) => net.nodeOf(place.id)?.id !== here);
      const near = others.filter((place) => gapM(place, from) < longestErrandM[habits.calls]);
      const halt = random.between(...habits.haltS);
      const next = near.length > 0 ? random.pick(near) : nearestTo(from, others);
      const goal = next && net.nodeOf(next.id);
      if (!goal) return [makeHalt(startS, Math.max(60, halt), from)];
      const drive = makeDrive(startS, net.way(here, goal.id, speeds()));
      return [drive, makeHalt(drive.endS, halt, drive.way.at(-1) ?? from)];
    },
    towards(leg, atS, [lon, lat]) {
      const goal = net.nearestNode(lon, lat).id;
      const ways = waysOut(leg, atS).map(({ start, startMps }) => {
        const last = start.at(-1);
        const onwards = net.way(last?.nodeId ?? goal, goal, habits.maxMps);
        return makeDrive(atS, [...start.slice(0, -1), ...onwards], { startMps });
      });
      return (
        ways.sort((a, b) => a.endS - b.endS)[0] ?? makeHalt(atS, 60, { ...spotOn(leg, atS), limitMps: 1 })
      );
    },
  };
}

/** A unit that was sent far out of its area goes back by the first place that is in it. */
function nearestTo(from: Waypoint, places: readonly Place[]): Place | undefined {
  return [...places].sort((a, b) => gapM(a, from) - gapM(b, from))[0];
}

interface WayOut {
  /** From where the unit is to the node at which it can take another road. */
  readonly start: readonly Waypoint[];
  readonly startMps: number;
}

/** On the road there are two: on to the next node, or turn and go back to the last one. */
function waysOut(leg: Leg, atS: number): WayOut[] {
  const { lon, lat, speedMps } = spotOn(leg, atS);
  const index = passedAt(leg, atS);
  const here: Waypoint = { lon, lat, limitMps: leg.way[index]?.limitMps ?? 1 };
  const toNode = (points: readonly Waypoint[], startMps: number): WayOut[] => {
    const node = points.findIndex(({ nodeId }) => nodeId !== undefined);
    return node < 0 ? [] : [{ start: [here, ...points.slice(0, node + 1)], startMps }];
  };
  const ahead = leg.way.slice(index + 1);
  const behind = leg.way.slice(0, index + 1).reverse();
  return [...toNode(ahead, speedMps), ...toNode(behind, 0)];
}
