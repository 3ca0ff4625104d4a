import type { MapPoint } from './selection.svelte.ts';

/** Where a map stands: its middle and its zoom. */
export interface Standing extends MapPoint {
  readonly zoom: number;
}

export interface Wish extends MapPoint {
  /** Undefined: as near as the map is, and near enough to see a village. */
  readonly zoom: number | undefined;
  /** Beside the card, as for a thing that was chosen; else in the very middle, as the map stood before. */
  readonly isBesideCard: boolean;
  /** Where the map stood when it was asked. */
  readonly from: Standing | undefined;
}

/** Where the map stands, and where an operator wants it to go: written by whatever finds things, obeyed by the map. */
export class GoTo {
  wish = $state.raw<Wish | undefined>();
  /** Undefined before there is a map. */
  here = $state.raw<Standing | undefined>();
  /** Goes up with every journey that somebody asked for. */
  journeys = $state(0);

  /** Shows a point in the free part of the map. */
  to(point: MapPoint, zoom?: number): void {
    const { lon, lat } = point;
    this.wish = { lon, lat, zoom, isBesideCard: true, from: this.here };
    this.journeys += 1;
  }

  /** Puts the map back to where it stood. */
  restore({ lon, lat, zoom }: Standing): void {
    this.wish = { lon, lat, zoom, isBesideCard: false, from: this.here };
  }
}

/** How near to look at a point that is known this exactly. */
export function zoomFor(precisionM: number): number {
  return Math.min(15, Math.max(8, 17.3 - 1.3 * Math.log10(Math.max(1, precisionM))));
}
