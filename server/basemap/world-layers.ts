import type { Feature } from 'geojson';
import { countryNames } from './country-names.ts';
import type { LayerInput } from './cut-tiles.ts';
import { inlandWater } from './inland-water.ts';
import { findLabelPoint } from './label-point.ts';
import { areasOf, codeOf, readTopology } from './npm-topology.ts';
import type { AtlasArea } from './npm-topology.ts';
import { shoresOf } from './unstitch.ts';
import { worldBoundaries } from './world-boundaries.ts';

/** The layers of the world pack, named as in other packs of this project, so that one style draws all. */
export function worldLayers(): LayerInput[] {
  const atlas = readTopology('countries');
  const countries = areasOf(atlas, 'countries');
  const { lakes, rivers } = inlandWater();
  return [
    { id: 'land', minZoom: 0, features: areasOf(atlas, 'land').flatMap(toLand) },
    { id: 'country', minZoom: 3, features: countries.map(toCountry) },
    { id: 'water', minZoom: 1, features: lakes },
    { id: 'river', minZoom: 3, features: rivers },
    { id: 'boundary', minZoom: 0, features: worldBoundaries(atlas) },
    { id: 'label', minZoom: 1, features: countries.flatMap(toLabel) },
  ];
}

/**
 * Land, and its shore as lines of their own (see shoresOf). `outline: 0` tells the style not to trace the
 * area.
 */
function toLand({ geometry }: AtlasArea): Feature[] {
  const shore = { type: 'MultiLineString' as const, coordinates: shoresOf(geometry) };
  return [
    { type: 'Feature', geometry, properties: { outline: 0 } },
    { type: 'Feature', geometry: shore, properties: {} },
  ];
}

function toCountry({ geometry, id, properties }: AtlasArea): Feature {
  const { iso = '', name } = countryNames(codeOf(id), properties.name ?? '');
  return { type: 'Feature', geometry, properties: { iso, name } };
}

/** Names for areas that have an ISO code; others would be a statement this product has no business making. */
function toLabel({ geometry, id, properties }: AtlasArea): Feature[] {
  const names = countryNames(codeOf(id), properties.name ?? '');
  const spot = names.iso === undefined || names.iso === 'AQ' ? undefined : findLabelPoint(geometry);
  if (spot === undefined) return [];
  const point = { type: 'Point' as const, coordinates: [spot.lon, spot.lat] };
  return [
    { type: 'Feature', geometry: point, properties: { kind: 'country', ...names, rank: rankOf(spot.area) } },
  ];
}

/** 1 for the largest to 6 for islands: the zoom from which a name has room. */
function rankOf(area: number): number {
  const steps = [250, 60, 18, 5, 0.8];
  const rank = steps.findIndex((step) => area >= step);
  return rank === -1 ? 6 : rank + 1;
}
