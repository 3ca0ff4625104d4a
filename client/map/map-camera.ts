import type { Map as GroundMap } from 'maplibre-gl';
import { wrapLon, type BboxOf } from '../../shared/geo/area.ts';
import type { Standing, Wish } from '../store/go-to.svelte.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { panInto, type Margins } from './camera.ts';
import { goAlong } from './go-along.ts';

/** How near a journey to a thing brings the eye at least. */
const nearestZoom = 11;

/** Where the map looks, and its journeys. */
export class MapCamera {
  readonly #map: GroundMap;

  constructor(map: GroundMap) {
    this.#map = map;
  }

  zoomBy(step: number): void {
    this.#map.easeTo({ zoom: this.zoom + step, duration: 160 });
  }

  fit([west, south, east, north]: BboxOf, margins: Margins, animate = true): void {
    const bounds: [number, number, number, number] = [west, south, east < west ? east + 360 : east, north];
    this.#map.fitBounds(bounds, { padding: margins, maxZoom: 12, duration: animate ? 200 : 0 });
  }

  /** Shows all of a ring of [longitude, latitude], however near that is. */
  fitRing(ring: readonly (readonly [number, number])[]): void {
    const lons = ring.map(([lon]) => lon);
    const lats = ring.map(([, lat]) => lat);
    const corners: [number, number, number, number] = [
      Math.min(...lons),
      Math.min(...lats),
      Math.max(...lons),
      Math.max(...lats),
    ];
    this.#map.fitBounds(corners, { padding: 24, duration: 200 });
  }

  /** Shows a point in the middle at a zoom, at once. */
  goTo({ lon, lat }: MapPoint, zoom: number): void {
    this.#map.jumpTo({ center: [lon, lat], zoom });
  }

  /** Goes to where somebody wants it: gliding to a thing, so that the eye can follow; at once back to a view. */
  travel({ lon, lat, zoom, isBesideCard }: Wish, { left, right, top, bottom }: Margins): void {
    this.#map.easeTo({
      center: [lon, lat],
      zoom: zoom ?? Math.max(this.zoom, nearestZoom),
      offset: isBesideCard ? [(left - right) / 2, (top - bottom) / 2] : [0, 0],
      duration: isBesideCard ? 350 : 0,
    });
  }

  /** Moves the map as little as needed so that a point is seen beside the panels. */
  keepInView({ lon, lat }: MapPoint, margins: Margins): void {
    const [x, y] = this.project(lon, lat);
    const by = panInto({ x, y }, this.size, margins);
    if (by) this.#map.panBy([...by], { duration: 180 });
  }

  /** Keeps points well inside the free part of the map. */
  goAlong(points: readonly MapPoint[], margins: Margins): void {
    goAlong(points, margins, {
      ...this.size,
      project: this.project,
      panBy: (by) => this.#map.panBy([...by], { duration: 400 }),
      fit: (box) => this.fit(box, margins),
    });
  }

  get standing(): Standing {
    const { lng, lat } = this.#map.getCenter().wrap();
    return { lon: lng, lat, zoom: this.zoom };
  }

  get zoom(): number {
    return this.#map.getZoom();
  }

  get metresPerPx(): number {
    const lat = this.#map.getCenter().lat;
    return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.zoom);
  }

  /** Pixels of the map. */
  get size(): { readonly width: number; readonly height: number } {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    return { width, height };
  }

  /** What is seen, west to east without a jump at the date line: degrees may go beyond 180. */
  get bounds(): BboxOf {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** What is seen, as a box of the world: within its poles, and its date line. */
  get worldBox(): BboxOf {
    const [west, south, east, north] = this.bounds;
    const [bottom, top] = [Math.max(-90, south), Math.min(90, north)];
    const isWorld = east - west >= 360;
    return isWorld ? [-180, bottom, 180, top] : [wrapLon(west), bottom, wrapLon(east), top];
  }

  /** Pixels of a position on the copy of the world that is nearest to the middle of the map. */
  readonly project = (lon: number, lat: number): readonly [number, number] => {
    const turns = Math.round((this.#map.getCenter().lng - lon) / 360);
    const { x, y } = this.#map.project([lon + 360 * turns, lat]);
    return [x, y];
  };
}
