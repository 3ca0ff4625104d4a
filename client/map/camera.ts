import type { BboxOf } from '../../shared/geo/area.ts';
import type { MapPoint } from '../store/selection.svelte.ts';

/** Pixels of the map at each side that are covered by panels or kept free. */
export interface Margins {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}
export interface ScreenSize {
  readonly width: number;
  readonly height: number;
}

/**
 * How far the map must move, in pixels, so that a point on screen comes into the free part; undefined when it is
 * there already. It moves no further than needed: the eye keeps what it was looking at.
 */
export function panInto(
  point: { x: number; y: number },
  size: ScreenSize,
  margins: Margins,
): readonly [number, number] | undefined {
  const dx = outside(point.x, margins.left, size.width - margins.right);
  const dy = outside(point.y, margins.top, size.height - margins.bottom);
  return dx === 0 && dy === 0 ? undefined : [dx, dy];
}

function outside(value: number, low: number, high: number): number {
  if (high <= low) return value - (low + high) / 2;
  if (value < low) return value - low;
  return value > high ? value - high : 0;
}

/** The smallest box around points, with a least size so that one unit alone is not shown at house level. */
export function boxAround(points: readonly MapPoint[], leastDegrees = 0.2): BboxOf | undefined {
  if (points.length === 0) return undefined;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { lon, lat } of points) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const padLon = Math.max(0, (leastDegrees - (east - west)) / 2);
  const padLat = Math.max(0, (leastDegrees - (north - south)) / 2);
  return [west - padLon, Math.max(-85, south - padLat), east + padLon, Math.min(85, north + padLat)];
}

/**
 * Length of a scale bar: a round number of units of so many metres that is at most `mostPx` wide; of metres where a
 * tenth of the unit would be wider.
 */
export function scaleBar(
  metresPerPx: number,
  mostPx: number,
  metresPerUnit = 1,
): { metres: number; px: number } {
  const unitM = metresPerPx * mostPx < metresPerUnit / 10 ? 1 : metresPerUnit;
  const most = (metresPerPx * mostPx) / unitM;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [5, 2, 1].find((factor) => factor * power <= most) ?? 1;
  return { metres: step * power * unitM, px: (step * power * unitM) / metresPerPx };
}
