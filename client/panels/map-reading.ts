import type { MapView } from '../map/map-view.ts';
import type { MapPoint } from '../store/selection.svelte.ts';

/** What the map tells the controls that float on it. */
export interface MapReading {
  readonly view: MapView;
  /** Where the pointer is, while it is over the map. */
  readonly pointer: MapPoint | undefined;
  readonly metresPerPx: number;
  /** Whom the map packs name as their sources. */
  readonly credits: readonly string[];
}
