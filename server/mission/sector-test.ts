import pointInPolygon from 'point-in-polygon-hao';
import { bboxContains, geometryBbox, type BboxOf } from '../../shared/geo/area.ts';
import type { Sector } from '../../shared/model/mission.ts';

interface Area {
  readonly bbox: BboxOf;
  readonly rings: Array<Array<[number, number]>>;
}

/**
 * A test for whether a point lies in a sector, its border included. The polygons are prepared once: the test runs for
 * every unit of every picture.
 */
export function sectorTest({ geometry }: Sector): (lon: number, lat: number) => boolean {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const areas: Area[] = polygons.map((coordinates) => ({
    bbox: geometryBbox({ type: 'Polygon', coordinates }),
    rings: coordinates.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
  }));
  return (lon, lat) =>
    areas.some(
      ({ bbox, rings }) => bboxContains(bbox, lon, lat) && pointInPolygon([lon, lat], rings) !== false,
    );
}
