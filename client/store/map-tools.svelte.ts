import { bearingDeg, distanceM } from '../../shared/geo/distance.ts';
import { PrivateLayers } from './private-layers.svelte.ts';
import type { MapPoint } from './selection.svelte.ts';

/** One leg of a measured way: metres, and the bearing to go and to come back, degrees true. */
export interface Leg {
  readonly from: MapPoint;
  readonly to: MapPoint;
  readonly metres: number;
  readonly bearing: number;
  readonly back: number;
}

export function legsOf(points: readonly MapPoint[]): Leg[] {
  return points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    return {
      from,
      to,
      metres: distanceM(from.lon, from.lat, to.lon, to.lat),
      bearing: bearingDeg(from.lon, from.lat, to.lon, to.lat),
      back: bearingDeg(to.lon, to.lat, from.lon, from.lat),
    };
  });
}

export type Tool = 'measure' | 'rings';

/** What an operator lays over the map to read it: a measured way, range rings. Nothing of it leaves this page. */
export class MapTools {
  /** The tool that takes the next clicks on the map. */
  tool = $state.raw<Tool | undefined>();
  /** The way so far; stays on the map when the tool is put away, until it is measured anew or cleared. */
  way = $state.raw<readonly MapPoint[]>([]);
  /** The middle of the rings. */
  rings = $state.raw<MapPoint | undefined>();
  /** Files of the operator's own. */
  readonly files = new PrivateLayers();

  /** Takes a tool, or puts it away when it is in the hand already. */
  take(tool: Tool): void {
    const isHeld = this.tool === tool;
    this.tool = isHeld ? undefined : tool;
    if (!isHeld && tool === 'measure') this.way = [];
  }

  /** A click on the map; answers whether a tool took it. */
  clicked(point: MapPoint): boolean {
    if (this.tool === 'measure') this.way = [...this.way, point];
    else if (this.tool === 'rings') this.ringsAround(point);
    else return false;
    return true;
  }

  ringsAround(point: MapPoint): void {
    this.rings = point;
    if (this.tool === 'rings') this.tool = undefined;
  }

  /** Takes back the last point of a way. */
  undo(): void {
    this.way = this.way.slice(0, -1);
  }

  /** One step back: puts the tool away, then clears what it has left. */
  back(): void {
    if (this.tool) this.tool = undefined;
    else {
      this.way = [];
      this.rings = undefined;
    }
  }

  get isInUse(): boolean {
    return this.tool !== undefined || this.way.length > 0 || this.rings !== undefined;
  }
}
