import { distanceM } from '../../shared/geo/distance.ts';
import type { Vehicle } from '../../shared/model/capabilities.ts';
import { reachOf, type Reach, type WayOver } from './reach.ts';
import type { LonLat, RoadGraph } from './road-graph.ts';
import type { Routed } from './router.ts';
import { lineOf } from './route-line.ts';
import {
  addBands,
  flightSeconds,
  footDetour,
  groundSpeeds,
  offRoadSeconds,
  roadDetour,
  roadKmh,
  roadSeconds,
  type Band,
  type Conditions,
  type Ground,
} from './speeds.ts';

/** Why a travel time is what it is, for people. */
export interface TravelReason {
  readonly code:
    'no-roads' | 'off-road' | 'on-foot' | 'router' | 'router-silent' | 'router-no-way' | 'start-up';
  readonly metres?: number;
  readonly seconds?: number;
}

export interface Travel {
  readonly etaS: Band;
  readonly distanceM: number;
  readonly via: 'road' | 'foot' | 'air';
  readonly reasons: readonly TravelReason[];
  /** The way as a line, lon, lat; found when it is asked for. */
  route(): LonLat[];
}

export interface Traveller {
  readonly lon: number;
  readonly lat: number;
  readonly vehicle: Vehicle;
  /** Whether it is under way already: then nobody has to get ready first. */
  readonly isMoving: boolean;
}

/** Asks for many who could come to one place; each kind of vehicle costs one search over the roads. */
export interface Arrivals {
  of(traveller: Traveller): Travel;
}

/** Off the road further than this is worth a word. */
const worthSayingM = 500;
/** Whoever is nearer than this may walk straight there. */
const walkableM = 15_000;

export function arrivalsAt(
  roads: RoadGraph,
  target: { readonly lon: number; readonly lat: number },
  conditions: Conditions,
): Arrivals {
  const reaches = new Map<Ground, Reach>();
  const reach = (vehicle: Ground): Reach => {
    const known = reaches.get(vehicle) ?? reachOf(roads, target, vehicle, conditions);
    reaches.set(vehicle, known);
    return known;
  };
  const end: LonLat = [target.lon, target.lat];
  return {
    of(traveller) {
      const { lon, lat, vehicle } = traveller;
      const straightM = distanceM(lon, lat, target.lon, target.lat);
      if (vehicle === 'air') return byAir(traveller, end, straightM);
      const over = roads.stretches.length === 0 ? undefined : reach(vehicle).from(lon, lat);
      const ways = [
        over
          ? byRoad(traveller, vehicle, over, { roads, end, conditions })
          : asTheCrow(traveller, vehicle, end, straightM, conditions),
        ...(straightM <= walkableM ? [onFoot(traveller, end, straightM)] : []),
      ];
      return ways.reduce((best, way) => (way.etaS.likely < best.etaS.likely ? way : best));
    },
  };
}

/** Travel of one from where it is to one place. */
export function travel(
  roads: RoadGraph,
  traveller: Traveller,
  target: { readonly lon: number; readonly lat: number },
  conditions: Conditions,
): Travel {
  return arrivalsAt(roads, target, conditions).of(traveller);
}

/**
 * Travel by what an external router found, which is a car on dry and free roads: slowed like a main road of the mission
 * that states the same speed. Routers move both ends to the nearest road without saying so: what lies between is
 * country. Undefined where the router gives no line, for then nobody knows how far that is.
 */
export function routedTravel(
  traveller: Traveller,
  vehicle: Ground,
  { seconds, metres, line }: Routed,
  target: { readonly lon: number; readonly lat: number },
  conditions: Conditions,
): Travel | undefined {
  const { lon, lat } = traveller;
  const [enter, leave] = [line[0], line.at(-1)];
  if (!enter || !leave) return undefined;
  const offM =
    distanceM(lon, lat, enter[0], enter[1]) + distanceM(leave[0], leave[1], target.lon, target.lat);
  const kmh = (metres / Math.max(1, seconds)) * 3.6;
  const onRoad = roadSeconds({ lengthM: metres, kmh, rank: 2 }, vehicle, conditions);
  return {
    etaS: rounded(addBands(onRoad, offRoadSeconds(offM, vehicle), startOf(traveller, vehicle))),
    distanceM: Math.round(metres + offM * footDetour),
    via: 'road',
    reasons: [
      { code: 'router' },
      ...(offM > worthSayingM ? [{ code: 'off-road' as const, metres: Math.round(offM) }] : []),
    ],
    route: () => [[lon, lat], ...line, [target.lon, target.lat]],
  };
}

const standing: Band = { best: 0, likely: 0, worst: 0 };

function startOf({ isMoving }: Traveller, vehicle: Ground): Band {
  return isMoving ? standing : groundSpeeds[vehicle].startS;
}

function byAir({ lon, lat, isMoving }: Traveller, end: LonLat, straightM: number): Travel {
  const etaS = rounded(flightSeconds(straightM, isMoving));
  const reasons = isMoving ? [] : [{ code: 'start-up' as const }];
  return { etaS, distanceM: Math.round(straightM), via: 'air', reasons, route: () => [[lon, lat], end] };
}

function byRoad(
  traveller: Traveller,
  vehicle: Ground,
  way: WayOver,
  map: { readonly roads: RoadGraph; readonly end: LonLat; readonly conditions: Conditions },
): Travel {
  const { lon, lat } = traveller;
  return {
    etaS: rounded(addBands(way.etaS, startOf(traveller, vehicle))),
    distanceM: Math.round(way.roadM + way.offM * footDetour),
    via: vehicle === 'foot' ? 'foot' : 'road',
    reasons: way.offM > worthSayingM ? [{ code: 'off-road', metres: Math.round(way.offM) }] : [],
    route: () => lineOf(map.roads, way, [[lon, lat], map.end], vehicle, map.conditions),
  };
}

/** Walking straight to the place, leaving the vehicles. */
function onFoot(traveller: Traveller, end: LonLat, straightM: number): Travel {
  const { lon, lat, vehicle } = traveller;
  return {
    etaS: rounded(addBands(offRoadSeconds(straightM, 'foot'), startOf(traveller, 'foot'))),
    distanceM: Math.round(straightM * footDetour),
    via: 'foot',
    reasons: vehicle === 'foot' ? [] : [{ code: 'on-foot', metres: Math.round(straightM) }],
    route: () => [[lon, lat], end],
  };
}

/** Where no roads are known, or none leads there: the straight line, longer by what roads usually are. */
function asTheCrow(
  traveller: Traveller,
  vehicle: Ground,
  end: LonLat,
  straightM: number,
  conditions: Conditions,
): Travel {
  const { lon, lat } = traveller;
  const on = (detour: number): Band =>
    roadSeconds({ lengthM: straightM * detour, kmh: roadKmh[3], rank: 3 }, vehicle, conditions);
  const etaS = {
    best: on(roadDetour.best).best,
    likely: on(roadDetour.likely).likely,
    worst: on(roadDetour.worst).worst,
  };
  return {
    etaS: rounded(addBands(etaS, startOf(traveller, vehicle))),
    distanceM: Math.round(straightM * roadDetour.likely),
    via: vehicle === 'foot' ? 'foot' : 'road',
    reasons: [{ code: 'no-roads' }],
    route: () => [[lon, lat], end],
  };
}

function rounded({ best, likely, worst }: Band): Band {
  return { best: Math.round(best), likely: Math.round(likely), worst: Math.round(worst) };
}
