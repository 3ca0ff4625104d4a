import type { Sector } from '../../shared/model/mission.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { PrivateLayer } from '../store/private-layers.svelte.ts';
import type { QueueRow } from '../store/queue.ts';
import type { MapPoint, ThingRef } from '../store/selection.svelte.ts';
import type { Units } from '../store/units.ts';
import type { Hexagon } from './hexagons.ts';
import type { IconAtlas } from './icons.ts';
import type { Theme } from './style.ts';
import type { Laid } from './tools.ts';
import type { TrailPieces } from './trails.ts';
import type { Route } from '../store/routes.svelte.ts';
import type { Track } from '../store/tracks.svelte.ts';
import type { UnitsInView } from './in-view.ts';
import type { PlacedLabel } from './label-placement.ts';
import type { UnitData } from './unit-columns.ts';

/** Everything the layers are a function of. Values are compared by identity: a changed list is a new list. */
export interface Scene {
  readonly units: Units;
  /** The units as columns for the card, and the server time in ms against which they tell fix times. */
  readonly unitData: UnitData;
  readonly baseMs: number;
  readonly inView: UnitsInView;
  /** Server time in ms for which moving units are drawn along their course. */
  readonly reckonMs: number;
  /** Counts in place of single units; empty where single units are shown. */
  readonly hexagons: readonly Hexagon[];
  readonly alerts: readonly QueueRow[];
  readonly threats: readonly ThreatOut[];
  readonly places: readonly PlaceOut[];
  /** Ids of villages that are expected to be heard of, and are not. */
  readonly silentVillages: ReadonlySet<string>;
  readonly sectors: readonly Sector[];
  /** What lies over the map to read it: a grid, a measured way, rings. */
  readonly laid: Laid;
  /** Files of the operator's own, those that are shown. */
  readonly mine: readonly PrivateLayer[];
  readonly labels: readonly PlacedLabel[];
  readonly selected: ThingRef | undefined;
  readonly point: MapPoint | undefined;
  readonly icons: IconAtlas;
  /** APP-6 symbols in place of arrows and dots; undefined where those are wanted, or while the symbols are loading. */
  readonly symbols: IconAtlas | undefined;
  readonly theme: Theme;
  /** Ways behind units, and the full track of one unit. */
  readonly trails: TrailPieces;
  readonly track: Track | undefined;
  /** Ways to an alert: of those who could go, and of those who go. */
  readonly routes: readonly Route[];
  /** Ids of the units that the map goes along with. */
  readonly followed: readonly string[];
  /** Multiplies the size of words: 1 on a desk, more on a wall. */
  readonly scale: number;
  /** Multiplies marks and lines; less than `scale` on a wall, where a mark is seen before a word is read. */
  readonly markScale: number;
  /** Zoom in steps of a half; marks of places grow and labels come with it. */
  readonly zoom: number;
  readonly nowMs: number;
  /** Phase 0 to 1 of the pulse of an unacknowledged P1; undefined where nothing may move. */
  readonly pulse: number | undefined;
}

/** An alert or place that has a position. */
export type Placed<T> = T & { readonly lon: number; readonly lat: number };

export function isPlaced<T extends { lon?: number | null; lat?: number | null }>(
  thing: T,
): thing is Placed<T> {
  return typeof thing.lon === 'number' && typeof thing.lat === 'number';
}
