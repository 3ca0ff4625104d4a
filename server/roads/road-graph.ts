import { around } from 'geokdbush';
import KDBush from 'kdbush';
import createGraph, { type Graph } from 'ngraph.graph';
import { distanceM, pointAlong, bearingDeg } from '../../shared/geo/distance.ts';
import type { RoadLine } from '../mission/road-lines.ts';
import { roadKmh, type Rank } from './speeds.ts';

export type LonLat = readonly [lon: number, lat: number];

/** A piece of road between two nodes of the graph. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly line: readonly LonLat[];
  /** Metres from its begin at each point of the line, in proportion to `lengthM`. */
  readonly atM: readonly number[];
  readonly lengthM: number;
  readonly rank: Rank;
  /** Speed as stated, dry. */
  readonly kmh: number;
}

/** Where one comes onto a road: a point of a stretch, and how far off it lies. */
export interface Access {
  readonly stretch: Stretch;
  readonly atM: number;
  readonly point: LonLat;
  readonly offM: number;
}

export interface RoadGraph {
  readonly graph: Graph<LonLat, Stretch>;
  readonly stretches: readonly Stretch[];
  /** Up to three stretches near a point, the nearest first; none where the graph is empty. */
  accesses(lon: number, lat: number): readonly Access[];
  /** The end points, by the ids that the lines give them. */
  nodeOf(id: string): number | undefined;
}

/** Points along roads by which the nearest road is found are this near to each other. */
const indexEveryM = 1_000;
const mostAccesses = 3;

/**
 * Joins lines to a graph: at the end points they name, and at every point that two of them share. Lines that cross
 * without a common point stay apart, as a road on a bridge does.
 */
export function buildRoadGraph(lines: readonly RoadLine[]): RoadGraph {
  const graph = createGraph<LonLat, Stretch>({ multigraph: true });
  const nodes = new Nodes(graph);
  const shared = sharedPoints(lines);
  const stretches = lines.flatMap((road) => stretchesOf(road, nodes, shared));
  for (const stretch of stretches) graph.addLink(stretch.from, stretch.to, stretch);
  const nearest = indexOf(stretches);
  return { graph, stretches, accesses: nearest, nodeOf: (id) => nodes.ids.get(id) };
}

const keyOf = ([lon, lat]: LonLat): string => `${lon.toFixed(5)} ${lat.toFixed(5)}`;

class Nodes {
  readonly ids = new Map<string, number>();
  readonly #byPoint = new Map<string, number>();
  readonly #graph: Graph<LonLat, Stretch>;
  #next = 0;

  constructor(graph: Graph<LonLat, Stretch>) {
    this.#graph = graph;
  }

  /** The node at a point, or of an id: the first point that says the id is where it is. */
  at(point: LonLat, id?: string): number {
    const key = keyOf(point);
    const known = (id === undefined ? undefined : this.ids.get(id)) ?? this.#byPoint.get(key);
    const node = known ?? this.#add(point);
    if (id !== undefined) this.ids.set(id, node);
    if (!this.#byPoint.has(key)) this.#byPoint.set(key, node);
    return node;
  }

  #add(point: LonLat): number {
    this.#graph.addNode(this.#next, point);
    return this.#next++;
  }
}

/** Points that stand in more than one line. */
function sharedPoints(lines: readonly RoadLine[]): ReadonlySet<string> {
  const seen = new Map<string, number>();
  const shared = new Set<string>();
  for (const [index, { line }] of lines.entries()) {
    for (const point of line) {
      const key = keyOf(point);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, index);
      else if (first !== index) shared.add(key);
    }
  }
  return shared;
}

function stretchesOf(road: RoadLine, nodes: Nodes, shared: ReadonlySet<string>): Stretch[] {
  const { line } = road;
  const last = line.length - 1;
  const lineM = lengthsOf(line);
  const wholeM = lineM.at(-1) ?? 0;
  if (wholeM === 0) return [];
  const scale = road.km === undefined ? 1 : (road.km * 1_000) / wholeM;
  const stated = road.min !== undefined ? (wholeM * scale * 60) / (road.min * 1_000) : road.kmh;
  const cuts = line.flatMap((point, at) => (at === 0 || at === last || shared.has(keyOf(point)) ? [at] : []));
  return cuts.slice(1).flatMap((to, index) => {
    const from = cuts[index] ?? 0;
    const part = line.slice(from, to + 1);
    const beginM = lineM[from] ?? 0;
    const atM = lineM.slice(from, to + 1).map((metres) => (metres - beginM) * scale);
    const lengthM = atM.at(-1) ?? 0;
    const [begin, end] = [part[0], part.at(-1)];
    if (lengthM === 0 || !begin || !end) return [];
    return {
      from: nodes.at(begin, from === 0 ? road.from : undefined),
      to: nodes.at(end, to === last ? road.to : undefined),
      line: part,
      atM,
      lengthM,
      rank: road.rank,
      kmh: stated ?? roadKmh[road.rank],
    };
  });
}

function lengthsOf(line: readonly LonLat[]): number[] {
  let sum = 0;
  return line.map((point, at) => {
    const before = line[at - 1];
    if (before) sum += distanceM(before[0], before[1], point[0], point[1]);
    return sum;
  });
}

/** Finds what is near by points along the roads, then looks at the two pieces of line beside each. */
function indexOf(stretches: readonly Stretch[]): RoadGraph['accesses'] {
  const marks: { stretch: Stretch; piece: number; lon: number; lat: number }[] = [];
  for (const stretch of stretches) {
    stretch.line.forEach(([lon, lat], piece) => {
      marks.push({ stretch, piece, lon, lat });
      const next = stretch.line[piece + 1];
      if (!next) return;
      const metres = distanceM(lon, lat, next[0], next[1]);
      const course = bearingDeg(lon, lat, next[0], next[1]);
      for (let at = indexEveryM; at < metres; at += indexEveryM)
        marks.push({ stretch, piece, ...pointAlong(lon, lat, course, at) });
    });
  }
  const tree = new KDBush(marks.length);
  for (const { lon, lat } of marks) tree.add(lon, lat);
  tree.finish();
  return (lon, lat) => {
    if (marks.length === 0) return [];
    const best = new Map<Stretch, Access>();
    for (const id of around(tree, lon, lat, 12)) {
      const mark = marks[id];
      if (!mark) continue;
      for (const piece of [mark.piece - 1, mark.piece]) {
        const access = onto(mark.stretch, piece, lon, lat);
        const known = best.get(mark.stretch);
        if (access && (!known || access.offM < known.offM)) best.set(mark.stretch, access);
      }
    }
    const found = [...best.values()].sort((a, b) => a.offM - b.offM);
    const nearM = (found[0]?.offM ?? 0) * 1.5 + 500;
    return found.filter(({ offM }) => offM <= nearM).slice(0, mostAccesses);
  };
}

/** The foot of the perpendicular on one piece of a line, on a plane that is true near the point. */
function onto(stretch: Stretch, piece: number, lon: number, lat: number): Access | undefined {
  const [a, b] = [stretch.line[piece], stretch.line[piece + 1]];
  if (!a || !b) return undefined;
  const shrink = Math.cos((lat * Math.PI) / 180);
  const [dx, dy] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((lon - a[0]) * shrink * dx + (lat - a[1]) * dy) / square;
  const share = Math.max(0, Math.min(1, along));
  const point: LonLat = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
  const beginM = stretch.atM[piece] ?? 0;
  const endM = stretch.atM[piece + 1] ?? beginM;
  const offM = distanceM(lon, lat, point[0], point[1]);
  return { stretch, atM: beginM + share * (endM - beginM), point, offM };
}
