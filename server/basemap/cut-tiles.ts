import type { Feature } from 'geojson';
import GeoJsonVt from 'geojson-vt';
import { fromGeojsonVt } from 'vt-pbf';
import type { PackLayer } from './pack-layers.ts';
import type { PackTile } from './pmtiles-writer.ts';

/** One layer of a pack to be cut: features in degrees, and the first zoom at which it appears. */
export interface LayerInput {
  readonly id: PackLayer;
  readonly minZoom: number;
  readonly features: readonly Feature[];
}

export interface ZoomRange {
  readonly minZoom: number;
  readonly maxZoom: number;
}

const extent = 4096;

/**
 * All tiles of a range of zooms that hold anything. Lines are simplified to a pixel's part, more the further
 * out, except at the last zoom, which the map stretches for all closer views.
 */
export function cutTiles(layers: readonly LayerInput[], { minZoom, maxZoom }: ZoomRange): PackTile[] {
  const options = { maxZoom, indexMaxZoom: maxZoom, indexMaxPoints: 0, tolerance: 3, extent, buffer: 80 };
  const cut = layers.map(({ id, minZoom: from, features }) => {
    const index = new GeoJsonVt({ type: 'FeatureCollection', features: [...features] }, options);
    return { id, from, index };
  });
  const tiles: PackTile[] = [];
  const coordinates = new Set(
    cut.flatMap(({ index }) => index.tileCoords.map(({ z, x, y }) => `${z}/${x}/${y}`)),
  );
  for (const coordinate of coordinates) {
    const [z = 0, x = 0, y = 0] = coordinate.split('/').map(Number);
    if (z < minZoom) continue;
    const parts = cut.flatMap(({ id, from, index }) => {
      const tile = z < from ? null : index.getTile(z, x, y);
      return tile === null || tile.features.length === 0 ? [] : [[id, tile] as const];
    });
    if (parts.length > 0)
      tiles.push({ z, x, y, mvt: fromGeojsonVt(Object.fromEntries(parts), { version: 2, extent }) });
  }
  return tiles;
}
