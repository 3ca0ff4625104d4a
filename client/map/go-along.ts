import type { MapPoint } from '../store/selection.svelte.ts';
import { panInto, type Margins } from './camera.ts';

/** What of a map is needed to go along with units. */
export interface Camera {
  readonly width: number;
  readonly height: number;
  readonly project: (lon: number, lat: number) => readonly [x: number, y: number];
  readonly panBy: (by: readonly [number, number]) => void;
  readonly fit: (box: readonly [west: number, south: number, east: number, north: number]) => void;
}

/** Part of the free map, on each side, that a followed unit does not enter. */
const rim = 0.22;

/**
 * Moves the map as little as needed so that all followed units are well inside the free part of it; several that do not
 * fit at this zoom are fitted. Near the middle nothing moves: a map that creeps all the time is hard to read.
 */
export function goAlong(points: readonly MapPoint[], margins: Margins, camera: Camera): void {
  if (points.length === 0) return;
  const { width, height } = camera;
  const at = points.map(({ lon, lat }) => camera.project(lon, lat));
  const [left, right] = [Math.min(...at.map(([x]) => x)), Math.max(...at.map(([x]) => x))];
  const [top, bottom] = [Math.min(...at.map(([, y]) => y)), Math.max(...at.map(([, y]) => y))];
  const free = { width: width - margins.left - margins.right, height: height - margins.top - margins.bottom };
  const inner: Margins = {
    left: margins.left + rim * free.width,
    right: margins.right + rim * free.width,
    top: margins.top + rim * free.height,
    bottom: margins.bottom + rim * free.height,
  };
  const [roomX, roomY] = [width - inner.left - inner.right, height - inner.top - inner.bottom];
  if (right - left > roomX || bottom - top > roomY) {
    // Still all on the map: leave it; a followed pair that drifts apart zooms out once, not at every step.
    const isSeen =
      left >= margins.left &&
      top >= margins.top &&
      right <= width - margins.right &&
      bottom <= height - margins.bottom;
    if (!isSeen) camera.fit(boxOf(points));
    return;
  }
  const toCorner = panInto({ x: left, y: top }, { width, height }, inner);
  const toOther = panInto({ x: right, y: bottom }, { width, height }, inner);
  const by = [furthest(toCorner?.[0], toOther?.[0]), furthest(toCorner?.[1], toOther?.[1])] as const;
  if (by[0] !== 0 || by[1] !== 0) camera.panBy(by);
}

function furthest(a = 0, b = 0): number {
  return Math.abs(a) > Math.abs(b) ? a : b;
}

function boxOf(points: readonly MapPoint[]): [number, number, number, number] {
  const lons = points.map(({ lon }) => lon);
  const lats = points.map(({ lat }) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
