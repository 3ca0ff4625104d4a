import { distanceM } from '../../shared/geo/distance.ts';
import type { Island, Road, RoadNode } from './island.ts';
import type { RoadClass } from './island-roads.ts';
import type { Waypoint } from './units-motion.ts';

export type SpeedByRoad = Readonly<Record<RoadClass, number>>;

interface Link {
  readonly road: Road;
  readonly to: string;
  readonly lengthM: number;
}

/** The roads of the island for those who drive them. */
export interface RoadNet {
  readonly nodes: ReadonlyMap<string, RoadNode>;
  /** The node of a place, where a road reaches it. */
  nodeOf(placeId: string): RoadNode | undefined;
  nearestNode(lon: number, lat: number): RoadNode;
  /** The quickest way for these speeds, both ends included; one point when the ends are the same node. */
  way(from: string, to: string, speeds: SpeedByRoad): Waypoint[];
  /** Seconds from a node to every other one at these speeds. */
  secondsFrom(node: string, speeds: SpeedByRoad): ReadonlyMap<string, number>;
}

export function makeRoadNet(island: Island): RoadNet {
  const nodes = new Map(island.nodes.map((node) => [node.id, node]));
  const byPlace = new Map(
    island.nodes.flatMap((node) => (node.placeId ? [[node.placeId, node] as const] : [])),
  );
  const links = linksByNode(island.roads);
  const [anyNode] = island.nodes;
  if (!anyNode) throw new RangeError('an island has roads');
  return {
    nodes,
    nodeOf: (placeId) => byPlace.get(placeId),
    nearestNode: (lon, lat) =>
      island.nodes.reduce((best, node) => (gap(node, lon, lat) < gap(best, lon, lat) ? node : best), anyNode),
    way: (from, to, speeds) => wayBetween(nodes, spread(links, from, speeds, to), { from, to, speeds }),
    secondsFrom: (node, speeds) =>
      new Map([...spread(links, node, speeds)].map(([id, { atS }]) => [id, atS])),
  };
}

function gap(node: RoadNode, lon: number, lat: number): number {
  return distanceM(node.lon, node.lat, lon, lat);
}

function linksByNode(roads: readonly Road[]): ReadonlyMap<string, readonly Link[]> {
  const links = new Map<string, Link[]>();
  const add = (from: string, link: Link): void => void links.set(from, [...(links.get(from) ?? []), link]);
  for (const road of roads) {
    const lengthM = lineLengthM(road.line);
    add(road.fromNode, { road, to: road.toNode, lengthM });
    add(road.toNode, { road, to: road.fromNode, lengthM });
  }
  return links;
}

function lineLengthM(line: Road['line']): number {
  return line.slice(1).reduce((sum, [lon, lat], index) => {
    const [lastLon, lastLat] = line[index] ?? [lon, lat];
    return sum + distanceM(lastLon, lastLat, lon, lat);
  }, 0);
}

interface Reached {
  readonly atS: number;
  readonly by?: Link;
  readonly from?: string;
}

/** Dijkstra without a heap: a few hundred nodes are searched faster by looking than by sorting. */
function spread(
  links: ReadonlyMap<string, readonly Link[]>,
  start: string,
  speeds: SpeedByRoad,
  goal?: string,
): ReadonlyMap<string, Reached> {
  const open = new Map<string, Reached>([[start, { atS: 0 }]]);
  const done = new Map<string, Reached>();
  for (;;) {
    const next = soonest(open);
    if (next === undefined) return done;
    const [id, reached] = next;
    open.delete(id);
    done.set(id, reached);
    if (id === goal) return done;
    for (const link of links.get(id) ?? []) {
      if (done.has(link.to)) continue;
      const atS = reached.atS + link.lengthM / speeds[link.road.class];
      if (atS < (open.get(link.to)?.atS ?? Infinity)) open.set(link.to, { atS, by: link, from: id });
    }
  }
}

function soonest(open: ReadonlyMap<string, Reached>): readonly [string, Reached] | undefined {
  let best: readonly [string, Reached] | undefined;
  for (const entry of open) if (!best || entry[1].atS < best[1].atS) best = entry;
  return best;
}

interface Errand {
  readonly from: string;
  readonly to: string;
  readonly speeds: SpeedByRoad;
}

function wayBetween(
  nodes: ReadonlyMap<string, RoadNode>,
  reached: ReadonlyMap<string, Reached>,
  { from, to, speeds }: Errand,
): Waypoint[] {
  const roads: { line: Road['line']; limitMps: number; toNode: string }[] = [];
  for (let at = to; at !== from;) {
    const step = reached.get(at);
    if (!step?.by || step.from === undefined) break;
    const { road } = step.by;
    const line = road.toNode === at ? road.line : road.line.toReversed();
    roads.unshift({ line, limitMps: speeds[road.class], toNode: at });
    at = step.from;
  }
  const start = nodes.get(from);
  if (!start) throw new RangeError(`there is no node ${from}`);
  const first = {
    lon: start.lon,
    lat: start.lat,
    limitMps: roads[0]?.limitMps ?? speeds.track,
    nodeId: from,
  };
  return [
    first,
    ...roads.flatMap(({ line, limitMps, toNode }, index) => {
      const afterMps = roads[index + 1]?.limitMps ?? limitMps;
      return line
        .slice(1)
        .map(([lon, lat], at) =>
          at === line.length - 2 ? { lon, lat, limitMps: afterMps, nodeId: toNode } : { lon, lat, limitMps },
        );
    }),
  ];
}
