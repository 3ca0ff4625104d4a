import { aStar } from 'ngraph.path';
import { distanceM } from '../../shared/geo/distance.ts';
import type { WayOver } from './reach.ts';
import type { Access, LonLat, RoadGraph, Stretch } from './road-graph.ts';
import { roadSeconds, type Conditions, type Ground } from './speeds.ts';

/** No vehicle on a road is quicker: what the search may hope for. */
const quickestMps = 130 / 3.6;

/** The quickest stretches from node to node, in order; undefined where no road leads there. */
export function pathBetween(
  { graph }: RoadGraph,
  from: number,
  to: number,
  vehicle: Ground,
  conditions: Conditions,
): Stretch[] | undefined {
  if (from === to) return [];
  const seconds = (stretch: Stretch): number => roadSeconds(stretch, vehicle, conditions).likely;
  const finder = aStar<LonLat, Stretch>(graph, {
    oriented: false,
    distance: (_from, _to, { data }) => seconds(data),
    heuristic: (a, b) => distanceM(a.data[0], a.data[1], b.data[0], b.data[1]) / quickestMps,
  });
  const nodes = finder.find(from, to).map(({ id }) => Number(id));
  if (nodes.length === 0) return undefined;
  if (nodes[0] !== from) nodes.reverse();
  return nodes.slice(1).flatMap((node, index) => {
    let best: Stretch | undefined;
    graph.forEachLinkedNode(
      nodes[index] ?? from,
      (other, { data }) => {
        if (other.id === node && (!best || seconds(data) < seconds(best))) best = data;
      },
      false,
    );
    return best ? [best] : [];
  });
}

/** The way as a line, from where it begins to where it ends, across country included. */
export function lineOf(
  roads: RoadGraph,
  way: WayOver,
  ends: readonly [begin: LonLat, end: LonLat],
  vehicle: Ground,
  conditions: Conditions,
): LonLat[] {
  const [begin, end] = ends;
  const { enter, leave, between } = way;
  const points: LonLat[] = [begin, enter.point];
  if (!between) points.push(...cut(enter.stretch, enter.atM, leave.atM));
  else {
    const [from, to] = between;
    points.push(...cut(enter.stretch, enter.atM, endM(enter, from)));
    let at = from;
    for (const stretch of pathBetween(roads, from, to, vehicle, conditions) ?? []) {
      points.push(...(stretch.from === at ? stretch.line : [...stretch.line].reverse()));
      at = stretch.from === at ? stretch.to : stretch.from;
    }
    points.push(...cut(leave.stretch, endM(leave, to), leave.atM));
  }
  points.push(leave.point, end);
  return points.filter(([lon, lat], at) => {
    const before = points[at - 1];
    return !before || before[0] !== lon || before[1] !== lat;
  });
}

/** At which end of its stretch a point meets a node; on a loop, at the nearer one. */
function endM({ stretch: { from, to, lengthM }, atM }: Access, node: number): number {
  if (from === to) return atM <= lengthM / 2 ? 0 : lengthM;
  return from === node ? 0 : lengthM;
}

/** The points of a stretch between two places on it, in the order of travel. */
function cut({ line, atM }: Stretch, fromM: number, toM: number): LonLat[] {
  const [low, high] = [Math.min(fromM, toM), Math.max(fromM, toM)];
  const inside = line.filter((_, at) => (atM[at] ?? 0) >= low && (atM[at] ?? 0) <= high);
  return fromM <= toM ? inside : inside.reverse();
}
