import { distanceM } from '../../shared/geo/distance.ts';

/** Where a unit is at one moment, and how it moves. Degrees, m/s, degrees true. */
export interface Spot {
  readonly lon: number;
  readonly lat: number;
  readonly speedMps: number;
  readonly courseDeg?: number;
  readonly altitudeM?: number;
}

/** A point that a way leads over; from it on at most `limitMps`. `nodeId` where it is a node of the road net. */
export interface Waypoint {
  readonly lon: number;
  readonly lat: number;
  readonly limitMps: number;
  readonly nodeId?: string;
}

/** A stretch of a unit's time, in seconds of the scenario: a way driven, or a halt (a way of one point). */
export interface Leg {
  readonly startS: number;
  readonly endS: number;
  readonly way: readonly Waypoint[];
  /** When each point of `way` is passed, and how fast. */
  readonly timesS: readonly number[];
  readonly speedsMps: readonly number[];
  readonly altitudeM?: number;
}

const pieceM = 120;
const gentleMps2 = 0.9;
const crawlMps = 0.4;

export interface DriveOptions {
  /** Speed at the start: what the unit has already when it is sent elsewhere on its way. */
  readonly startMps?: number;
  readonly altitudeM?: number;
}

/**
 * The leg that leads over the points given: never faster than their limits, slower in bends, and with the change of
 * speed that a vehicle can manage, so that positions, speeds and courses of any two moments fit each other.
 */
export function makeDrive(startS: number, given: readonly Waypoint[], options: DriveOptions = {}): Leg {
  const way = inPieces(given);
  const lengths = way.slice(1).map((point, index) => gapM(way[index] ?? point, point));
  const speedsMps = plannedSpeeds(way, lengths, options.startMps ?? 0);
  const timesS = [startS];
  lengths.forEach((length, index) => {
    const mean = ((speedsMps[index] ?? 0) + (speedsMps[index + 1] ?? 0)) / 2;
    timesS.push((timesS[index] ?? startS) + length / Math.max(mean, crawlMps / 2));
  });
  const altitude = options.altitudeM === undefined ? {} : { altitudeM: options.altitudeM };
  return { startS, endS: timesS.at(-1) ?? startS, way, timesS, speedsMps, ...altitude };
}

export function makeHalt(startS: number, lastsS: number, at: Waypoint): Leg {
  return { startS, endS: startS + lastsS, way: [at], timesS: [startS], speedsMps: [0] };
}

/** The last point of the way passed at a moment. */
export function passedAt(leg: Leg, atS: number): number {
  let low = 0;
  let high = leg.timesS.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((leg.timesS[middle] ?? Infinity) <= atS) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Where the unit is at a moment of the leg; before its start and after its end it stands at the nearer end. */
export function spotOn(leg: Leg, atS: number): Spot {
  const index = passedAt(leg, atS);
  const from = leg.way[index];
  const to = leg.way[index + 1];
  if (from === undefined) throw new RangeError('a leg has at least one point');
  if (to === undefined) return { lon: from.lon, lat: from.lat, speedMps: 0, ...endCourse(leg) };
  const [startS = 0, endS = 0] = [leg.timesS[index], leg.timesS[index + 1]];
  const [startMps = 0, endMps = 0] = [leg.speedsMps[index], leg.speedsMps[index + 1]];
  const lastedS = Math.max(0, atS - startS);
  const wholeS = endS - startS;
  const change = wholeS > 0 ? (endMps - startMps) / wholeS : 0;
  const whole = ((startMps + endMps) / 2) * wholeS;
  const part = whole > 0 ? Math.min(1, (startMps * lastedS + (change * lastedS * lastedS) / 2) / whole) : 1;
  return {
    lon: from.lon + (to.lon - from.lon) * part,
    lat: from.lat + (to.lat - from.lat) * part,
    speedMps: Math.max(0, startMps + change * lastedS),
    courseDeg: bearingDeg(from, to),
    ...(leg.altitudeM === undefined ? {} : { altitudeM: leg.altitudeM }),
  };
}

/** A vehicle that has arrived still points the way it came. */
function endCourse({ way }: Leg): { courseDeg?: number } {
  const [before, last] = way.slice(-2);
  return before && last ? { courseDeg: bearingDeg(before, last) } : {};
}

/** Course from one point to another on the plane of the island, where a degree is as long east as north. */
export function bearingDeg(from: Pick<Waypoint, 'lon' | 'lat'>, to: Pick<Waypoint, 'lon' | 'lat'>): number {
  const degrees = (Math.atan2(to.lon - from.lon, to.lat - from.lat) * 180) / Math.PI;
  return (degrees + 360) % 360;
}

export function gapM(from: Pick<Waypoint, 'lon' | 'lat'>, to: Pick<Waypoint, 'lon' | 'lat'>): number {
  return distanceM(from.lon, from.lat, to.lon, to.lat);
}

/** The same way with a point at least each `pieceM`, two pieces at the least, so that speed can rise and fall on it. */
function inPieces(given: readonly Waypoint[]): Waypoint[] {
  const way: Waypoint[] = given.slice(0, 1);
  for (const to of given.slice(1)) {
    const from = way.at(-1) ?? to;
    const length = gapM(from, to);
    if (length < 0.5 && to.nodeId === undefined) continue;
    const count = Math.max(given.length === 2 ? 2 : 1, Math.ceil(length / pieceM));
    for (let step = 1; step < count; step += 1) {
      const part = step / count;
      const lon = from.lon + (to.lon - from.lon) * part;
      const lat = from.lat + (to.lat - from.lat) * part;
      way.push({ lon, lat, limitMps: from.limitMps });
    }
    way.push(to);
  }
  return way;
}

/** Limits first, then what braking before and speeding up after each point allow. */
function plannedSpeeds(way: readonly Waypoint[], lengths: readonly number[], startMps: number): number[] {
  const last = way.length - 1;
  const speeds = way.map((_, index) => (index === last ? 0 : Math.max(crawlMps, bendLimit(way, index))));
  speeds[0] = last === 0 ? 0 : Math.min(startMps, way[0]?.limitMps ?? startMps);
  for (let index = 1; index < last; index += 1) {
    speeds[index] = Math.min(speeds[index] ?? 0, reachable(speeds[index - 1] ?? 0, lengths[index - 1] ?? 0));
  }
  for (let index = last - 1; index > 0; index -= 1) {
    speeds[index] = Math.min(speeds[index] ?? 0, reachable(speeds[index + 1] ?? 0, lengths[index] ?? 0));
  }
  return speeds;
}

function reachable(mps: number, length: number): number {
  return Math.sqrt(mps * mps + 2 * gentleMps2 * length);
}

/** The slower of the stretches before and after a point, and slower still where the way turns. */
function bendLimit(way: readonly Waypoint[], index: number): number {
  const [before, at, after] = [way[index - 1], way[index], way[index + 1]];
  if (!at) return crawlMps;
  if (!before || !after) return at.limitMps;
  const turn = Math.abs(((bearingDeg(at, after) - bearingDeg(before, at) + 540) % 360) - 180);
  return Math.min(before.limitMps, at.limitMps) * Math.max(0.35, 1 - turn / 140);
}
