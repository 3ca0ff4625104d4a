import type { Layer } from '@deck.gl/core';
import { PathLayer } from '@deck.gl/layers';
import { geometryBbox } from '../../shared/geo/area.ts';
import type { Sector } from '../../shared/model/mission.ts';
import type { Scene } from './scene.ts';
import { paletteOf } from './style.ts';

/** Sectors that are areas of the mission: the one sector of a mission without any is the world, and not drawn. */
export function drawnSectors(sectors: readonly Sector[]): readonly Sector[] {
  return sectors.filter(({ geometry }) => {
    const [west, , east] = geometryBbox(geometry);
    return east - west < 300;
  });
}

export function sectorLayers({ sectors, markScale, theme }: Scene): Layer[] {
  const rings = drawnSectors(sectors).flatMap(({ geometry }) =>
    geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(),
  );
  return [
    new PathLayer<(typeof rings)[number]>({
      id: 'sectors',
      data: rings,
      getPath: (ring) => ring.map(([lon, lat]): [number, number] => [lon, lat]),
      getColor: [...paletteOf(theme).sector],
      getWidth: 1.5 * markScale,
      widthUnits: 'pixels',
    }),
  ];
}
