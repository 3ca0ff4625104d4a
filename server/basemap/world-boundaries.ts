import type { Feature, Position } from 'geojson';
import { mesh } from 'topojson-client';
import { codeOf } from './npm-topology.ts';
import type { AtlasTopology } from './npm-topology.ts';

type AtlasGeometry = NonNullable<AtlasTopology['objects'][string]>['geometries'][number];

/**
 * Pairs of ISO numeric codes whose common border the UN's own maps draw as not settled. The atlas itself
 * knows no disputes, and a solid line there would be read as a position.
 */
const unsettledPairs = new Set(['728-729', '504-732', '275-376']);

/**
 * Where the atlas draws an international border that the General Assembly does not recognise (resolution
 * 68/262, Crimea): lines wholly inside are left out. West, south, east, north.
 */
const noBorderBox = [32.4, 44, 36.8, 46.4] as const;

/**
 * International borders, each once. Unsettled ones and those of areas without an ISO code carry `disputed:
 * 1`.
 */
export function worldBoundaries(atlas: AtlasTopology): Feature[] {
  const object = atlas.objects['countries'];
  if (object === undefined) return [];
  const isUnsettled = (a: AtlasGeometry, b: AtlasGeometry): boolean => {
    const codes = [codeOf(a.id), codeOf(b.id)];
    return codes.includes(undefined) || unsettledPairs.has(codes.toSorted().join('-'));
  };
  return [0, 1].map((disputed) => {
    const lines = mesh(atlas, object, (a, b) => a !== b && isUnsettled(a, b) === (disputed === 1));
    const coordinates = lines.coordinates.filter((line) => !line.every(isInNoBorderBox));
    return { type: 'Feature', geometry: { ...lines, coordinates }, properties: { level: 2, disputed } };
  });
}

function isInNoBorderBox([lon = 0, lat = 0]: Position): boolean {
  const [west, south, east, north] = noBorderBox;
  return lon > west && lon < east && lat > south && lat < north;
}
