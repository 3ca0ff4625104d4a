import type { Cell } from './island-cells.ts';
import { between, toLonLat } from './island-plane.ts';
import type { Km, LonLat } from './island-plane.ts';
import type { PlacedCell } from './island-places.ts';
import type { RoadClass, RoadLinks } from './island-roads.ts';

/** A junction, a road's end, or a place on the road. */
export interface RoadNode {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly placeId?: string;
}

/** A stretch of road between two nodes; `line` starts at `fromNode` and ends at `toNode`. */
export interface Road {
  readonly id: string;
  readonly class: RoadClass;
  readonly line: LonLat[];
  readonly fromNode: string;
  readonly toNode: string;
}

interface Step {
  readonly to: number;
  readonly roadClass: RoadClass;
}
type Steps = ReadonlyMap<number, readonly Step[]>;

/** Links between cells become stretches between nodes, with their corners rounded as wheels round them. */
export function toRoadGraph(
  links: RoadLinks,
  cells: readonly Cell[],
  places: readonly PlacedCell[],
): { nodes: RoadNode[]; roads: Road[] } {
  const placeOf = new Map(places.map(({ cell, place }) => [cell.index, place.id]));
  const steps = stepsByCell(links);
  const isNode = (index: number): boolean => placeOf.has(index) || !isPassing(steps.get(index) ?? []);
  const nodes = [...steps.keys()].filter(isNode).map((index) => makeNode(index, cells, placeOf.get(index)));
  const roads = walkChains(steps, isNode).map(({ chain, roadClass }, index) => ({
    id: `road-${index + 1}`,
    class: roadClass,
    line: roundCorners(chain.map((at) => cells[at]?.point ?? [0, 0])).map(toLonLat),
    fromNode: `node-${chain[0]}`,
    toNode: `node-${chain.at(-1)}`,
  }));
  return { nodes, roads };
}

function makeNode(index: number, cells: readonly Cell[], placeId: string | undefined): RoadNode {
  const [lon, lat] = toLonLat(cells[index]?.point ?? [0, 0]);
  return { id: `node-${index}`, lon, lat, ...(placeId === undefined ? {} : { placeId }) };
}

function stepsByCell(links: RoadLinks): Steps {
  const steps = new Map<number, Step[]>();
  const add = (from: number, step: Step): void => {
    steps.set(from, [...(steps.get(from) ?? []), step]);
  };
  for (const [key, roadClass] of links) {
    const [low = 0, high = 0] = key.split('-').map(Number);
    add(low, { to: high, roadClass });
    add(high, { to: low, roadClass });
  }
  return steps;
}

/** A cell a road only passes through: two links of one class. */
function isPassing([first, second, ...more]: readonly Step[]): boolean {
  return more.length === 0 && second !== undefined && first?.roadClass === second.roadClass;
}

function walkChains(
  steps: Steps,
  isNode: (index: number) => boolean,
): { chain: number[]; roadClass: RoadClass }[] {
  const chains: { chain: number[]; roadClass: RoadClass }[] = [];
  const walked = new Set<string>();
  for (const [from, starts] of steps) {
    if (!isNode(from)) continue;
    for (const { to, roadClass } of starts) {
      if (walked.has(`${from}-${to}`)) continue;
      const chain = walkChain(steps, isNode, from, to);
      walked.add(`${chain.at(-1)}-${chain.at(-2)}`);
      chains.push({ chain, roadClass });
    }
  }
  return chains;
}

function walkChain(steps: Steps, isNode: (index: number) => boolean, from: number, to: number): number[] {
  const chain = [from, to];
  for (let last = from, at = to; !isNode(at);) {
    const next: number | undefined = steps.get(at)?.find((step) => step.to !== last)?.to;
    if (next === undefined) break;
    chain.push(next);
    last = at;
    at = next;
  }
  return chain;
}

/** Chaikin's corner cutting, twice, after a mild pull to the middle; the ends stay where they are. */
function roundCorners(line: readonly Km[]): Km[] {
  return cutCorners(cutCorners(pullStraight(line)));
}

function pullStraight(line: readonly Km[]): Km[] {
  return line.map((point, index) => {
    const before = line[index - 1];
    const after = line[index + 1];
    return before === undefined || after === undefined
      ? point
      : between(point, between(before, after, 0.5), 0.4);
  });
}

function cutCorners(line: readonly Km[]): Km[] {
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined || line.length < 3) return [...line];
  const cut = line.slice(1).flatMap((to, index) => {
    const from = line[index] ?? to;
    return [between(from, to, 0.25), between(from, to, 0.75)];
  });
  return [first, ...cut.slice(1, -1), last];
}
