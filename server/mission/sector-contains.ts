import pointInPolygon from 'point-in-polygon-hao';
import type { Sector } from '../../shared/model/mission.ts';

/** Whether a point lies in a sector, its border included. */
export function sectorContains(sector: Sector, lon: number, lat: number): boolean {
  const { geometry } = sector;
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((polygon) => {
    const rings = polygon.map((ring) => ring.map(([x, y]) => [x, y] as [number, number]));
    return pointInPolygon([lon, lat], rings) !== false;
  });
}
