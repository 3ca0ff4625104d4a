import type { Feature, Geometry, Polygon } from 'geojson';
import type { Place } from '../../shared/model/place.ts';
import type { Island } from '../exercise/island.ts';
import type { LayerInput } from './cut-tiles.ts';
import { findLabelPoint } from './label-point.ts';

type Tags = Readonly<Record<string, string | number>>;

/** The island as map layers, named and tagged as in the packs of real regions. */
export function exerciseLayers(island: Island): LayerInput[] {
  const lake = { name: 'Lake Ombara', rank: 1 };
  return [
    { id: 'land', minZoom: 0, features: [island.coast, ...island.islets].map((land) => toFeature(land)) },
    { id: 'water', minZoom: 0, features: island.lakes.map((shore) => toFeature(shore, lake)) },
    {
      id: 'river',
      minZoom: 4,
      features: island.rivers.map(({ geometry, name, rank }) => toFeature(geometry, { name, rank })),
    },
    {
      id: 'boundary',
      minZoom: 4,
      features: island.borders.map((line) => toFeature(line, { level: 4, disputed: 0 })),
    },
    { id: 'road', minZoom: 5, features: island.roads.map(toRoad) },
    {
      id: 'place',
      minZoom: 4,
      features: island.places.filter(({ kind }) => kind === 'village').map(toPlace),
    },
    {
      id: 'label',
      minZoom: 4,
      features: [
        ...sectorLabels(island),
        ...island.lakes.flatMap((shore) => areaLabel(shore, { ...lake, kind: 'water' })),
      ],
    },
  ];
}

function toFeature(geometry: Geometry, properties: Tags = {}): Feature {
  return { type: 'Feature', geometry, properties };
}

function toRoad(road: Island['roads'][number]): Feature {
  const rank = road.class === 'trunk' ? 1 : 3;
  return toFeature({ type: 'LineString', coordinates: road.line }, { rank, class: road.class });
}

/** Kind and rank by size, on the scale of the regional packs: a label with a lower rank wins room first. */
function toPlace({ name, lon, lat, population }: Place): Feature {
  const pop = population ?? 0;
  const [kind, rank] = sizeOf(pop);
  return toFeature({ type: 'Point', coordinates: [lon, lat] }, { name, kind, rank, pop });
}

function sizeOf(population: number): [kind: string, rank: number] {
  if (population > 100_000) return ['capital', 2];
  if (population > 20_000) return ['city', 5];
  return ['village', population > 1_500 ? 9 : 10];
}

function sectorLabels({ sectors }: Island): Feature[] {
  return sectors.flatMap(({ name, geometry }) => areaLabel(geometry, { name, kind: 'adm1', rank: 5 }));
}

function areaLabel(area: Polygon, tags: Tags): Feature[] {
  const spot = findLabelPoint(area);
  return spot === undefined ? [] : [toFeature({ type: 'Point', coordinates: [spot.lon, spot.lat] }, tags)];
}
