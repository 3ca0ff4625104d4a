import type { Feature, Geometry, Position } from 'geojson';
import { featuresOf, readTopology } from './npm-topology.ts';
import { smoothShape } from './smooth-shape.ts';

/** Lakes and rivers: within Africa from the finer file, elsewhere from that of the world. */
export function inlandWater(): { readonly lakes: Feature[]; readonly rivers: Feature[] } {
  const [world, africa] = [readTopology('world'), readTopology('africa')];
  const both = (name: string): Feature[] => [
    ...featuresOf(africa, name).filter(({ geometry }) => isInAfrica(geometry)),
    ...featuresOf(world, name).filter(({ geometry }) => !isInAfrica(geometry)),
  ];
  const lakes = both('lakes').map((lake) => smoothShape({ ...lake, properties: { rank: 1 } }));
  const rivers = both('rivers').map((river) =>
    smoothShape({ ...river, properties: { rank: riverRank(river) } }),
  );
  return { lakes, rivers };
}

/** Decided by the middle of its box, which both files give alike, so nothing is taken twice or lost. */
function isInAfrica(geometry: Geometry): boolean {
  const positions = positionsOf(geometry);
  const lons = positions.map(([lon = 0]) => lon);
  const lats = positions.map(([, lat = 0]) => lat);
  const lon = (Math.min(...lons) + Math.max(...lons)) / 2;
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  return lon > -20 && lon < 52 && lat > -36 && lat < 36;
}

/** 1 for the great rivers, by their length in degrees: the files name and rank none. */
function riverRank({ geometry }: Feature): number {
  const positions = positionsOf(geometry);
  let degrees = 0;
  positions.forEach(([lon = 0, lat = 0], index) => {
    const [lastLon = lon, lastLat = lat] = positions[index - 1] ?? [];
    degrees += Math.hypot(lon - lastLon, lat - lastLat);
  });
  if (degrees > 12) return 1;
  return degrees > 5 ? 2 : 3;
}

function positionsOf(geometry: Geometry): Position[] {
  if (geometry.type === 'LineString') return geometry.coordinates;
  if (geometry.type === 'MultiLineString' || geometry.type === 'Polygon') return geometry.coordinates.flat();
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat(2) : [];
}
