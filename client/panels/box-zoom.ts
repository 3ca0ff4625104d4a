import type { MapPoint } from '../store/selection.svelte.ts';

/** Of one tile at zoom 0, and of the free part of a map on a small screen, in pixels. */
const worldPx = 512;
const freePx = 480;
const nearest = 14;

/** Where to look to see all points at once; undefined without any. Points on both sides of 180° are seen from afar. */
export function boxZoom(points: readonly MapPoint[]): (MapPoint & { readonly zoom: number }) | undefined {
  if (points.length === 0) return undefined;
  const lons = points.map(({ lon }) => lon);
  const ys = points.map(({ lat }) => mercator(lat));
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const share = Math.max((east - west) / 360, high - low, 1e-9);
  const zoom = Math.max(1, Math.min(nearest, Math.log2(freePx / worldPx / share)));
  return { lon: (west + east) / 2, lat: latOf((low + high) / 2), zoom };
}

/** 0 at the equator, of a world that is 1 high. */
function mercator(lat: number): number {
  const clamped = Math.max(-85, Math.min(85, lat));
  return Math.log(Math.tan(Math.PI / 4 + (clamped * Math.PI) / 360)) / (2 * Math.PI);
}

function latOf(y: number): number {
  return (Math.atan(Math.sinh(2 * Math.PI * y)) * 180) / Math.PI;
}
