import { CostHeap } from './heap.ts';
import type { Access, RoadGraph, Stretch } from './road-graph.ts';
import { addBands, offRoadSeconds, roadSeconds, type Band, type Conditions, type Ground } from './speeds.ts';

/** The quickest way from a place to the target over the roads: where it enters and leaves them. */
export interface WayOver {
  readonly etaS: Band;
  readonly roadM: number;
  /** Metres across country, at both ends together. */
  readonly offM: number;
  readonly enter: Access;
  readonly leave: Access;
  /** Nodes between which the way runs; undefined where it stays on one stretch. */
  readonly between?: readonly [from: number, to: number];
}

/** Everything that reaches one target: made once, asked for every unit. */
export interface Reach {
  from(lon: number, lat: number): WayOver | undefined;
}

interface Mark {
  readonly etaS: Band;
  readonly roadM: number;
  readonly leave: Access;
  /** The node by which the way comes to the stretch on which the target lies. */
  readonly last: number;
}

/**
 * One search over the roads outward from the target: how long every node is from it, for one kind of vehicle. Roads
 * are as quick one way as the other.
 */
export function reachOf(
  roads: RoadGraph,
  target: { readonly lon: number; readonly lat: number },
  vehicle: Ground,
  conditions: Conditions,
): Reach {
  const leaves = roads.accesses(target.lon, target.lat);
  const marks = outward(roads, leaves, vehicle, conditions);
  return {
    from(lon, lat) {
      let best: WayOver | undefined;
      for (const enter of roads.accesses(lon, lat)) {
        for (const way of waysFrom(enter, leaves, marks, vehicle, conditions)) {
          if (!best || way.etaS.likely < best.etaS.likely) best = way;
        }
      }
      return best;
    },
  };
}

function outward(
  { graph }: RoadGraph,
  leaves: readonly Access[],
  vehicle: Ground,
  conditions: Conditions,
): ReadonlyMap<number, Mark> {
  const marks = new Map<number, Mark>();
  const heap = new CostHeap();
  const offer = (node: number, mark: Mark): void => {
    const known = marks.get(node);
    if (known && known.etaS.likely <= mark.etaS.likely) return;
    marks.set(node, mark);
    heap.push(node, mark.etaS.likely);
  };
  for (const leave of leaves) {
    for (const { node, metres } of endsOf(leave)) {
      const part = partSeconds(leave.stretch, metres, vehicle, conditions);
      const etaS = addBands(offRoadSeconds(leave.offM, vehicle), part);
      offer(node, { etaS, roadM: metres, leave, last: node });
    }
  }
  for (let next = heap.pop(); next; next = heap.pop()) {
    const { node, cost } = next;
    const mark = marks.get(node);
    if (!mark || mark.etaS.likely < cost) continue;
    graph.forEachLinkedNode(
      node,
      (other, { data: stretch }) => {
        const etaS = addBands(mark.etaS, roadSeconds(stretch, vehicle, conditions));
        offer(Number(other.id), { ...mark, etaS, roadM: mark.roadM + stretch.lengthM });
      },
      false,
    );
  }
  return marks;
}

function* waysFrom(
  enter: Access,
  leaves: readonly Access[],
  marks: ReadonlyMap<number, Mark>,
  vehicle: Ground,
  conditions: Conditions,
): Generator<WayOver> {
  const off = offRoadSeconds(enter.offM, vehicle);
  for (const leave of leaves) {
    if (leave.stretch !== enter.stretch) continue;
    const metres = Math.abs(leave.atM - enter.atM);
    const part = partSeconds(enter.stretch, metres, vehicle, conditions);
    const etaS = addBands(off, part, offRoadSeconds(leave.offM, vehicle));
    yield { etaS, roadM: metres, offM: enter.offM + leave.offM, enter, leave };
  }
  for (const { node, metres } of endsOf(enter)) {
    const mark = marks.get(node);
    if (!mark) continue;
    yield {
      etaS: addBands(off, partSeconds(enter.stretch, metres, vehicle, conditions), mark.etaS),
      roadM: metres + mark.roadM,
      offM: enter.offM + mark.leave.offM,
      enter,
      leave: mark.leave,
      between: [node, mark.last],
    };
  }
}

/** The two nodes to which a road leads from a point on it, and how far. */
export function endsOf({ stretch, atM }: Access): ReadonlyArray<{ node: number; metres: number }> {
  return [
    { node: stretch.from, metres: atM },
    { node: stretch.to, metres: stretch.lengthM - atM },
  ];
}

function partSeconds(stretch: Stretch, lengthM: number, vehicle: Ground, conditions: Conditions): Band {
  return roadSeconds({ ...stretch, lengthM }, vehicle, conditions);
}
