import type { Map as GroundMap } from 'maplibre-gl';
import {
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawLineStringMode,
  TerraDrawPointMode,
  TerraDrawPolygonMode,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { wrapLon } from '../../shared/geo/area.ts';
import { distanceM } from '../../shared/geo/distance.ts';
import type { Drawn, Shape } from '../store/drawing.svelte.ts';

type Corner = readonly number[];
type Feature = ReturnType<TerraDraw['getSnapshot']>[number];
/** The colours of the library are hexadecimal. */
type Ink = `#${string}`;

const modeOf: Readonly<Record<Shape, string>> = {
  point: 'point',
  line: 'linestring',
  polygon: 'polygon',
  circle: 'circle',
};

/** Lets a person draw one shape on the map; answers how to put the pencil away. What was drawn is handed on once. */
export function startDrawing(
  map: GroundMap,
  shape: Shape,
  ink: Ink,
  finished: (drawn: Drawn) => void,
): () => void {
  const area = { fillColor: ink, fillOpacity: 0.15, outlineColor: ink, outlineWidth: 2.5 } as const;
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [
      new TerraDrawPointMode({ styles: { pointColor: ink, pointWidth: 6 } }),
      new TerraDrawLineStringMode({ styles: { lineStringColor: ink, lineStringWidth: 3 } }),
      new TerraDrawPolygonMode({ styles: area }),
      new TerraDrawCircleMode({ styles: area }),
    ],
  });
  draw.on('finish', (id) => {
    const feature = draw.getSnapshotFeature(id);
    const drawn = feature && drawnOf(shape, feature);
    // After the click that ends a shape has gone by: it is no click on what lies under it.
    if (drawn) setTimeout(() => finished(drawn));
  });
  draw.start();
  draw.setMode(modeOf[shape]);
  return () => draw.stop();
}

function drawnOf(shape: Shape, { geometry }: Feature): Drawn | undefined {
  switch (geometry.type) {
    case 'Point':
      return { geometry: { type: 'Point', coordinates: flat(geometry.coordinates) } };
    case 'LineString':
      return { geometry: { type: 'LineString', coordinates: geometry.coordinates.map(flat) } };
    case 'Polygon':
      if (shape === 'circle') return circleOf(geometry.coordinates[0] ?? []);
      return {
        geometry: { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(flat)) },
      };
  }
}

/** A ring of many corners back to the middle and the radius it was drawn with. */
export function circleOf(ring: readonly Corner[]): Drawn | undefined {
  const corners = ring.slice(0, -1).map(flat);
  const [first] = corners;
  if (!first) return undefined;
  const lon = first[0] + mean(corners.map((corner) => wrapLon(corner[0] - first[0])));
  const lat = mean(corners.map((corner) => corner[1]));
  const radiusM = Math.round(mean(corners.map((corner) => distanceM(lon, lat, corner[0], corner[1]))));
  return { geometry: { type: 'Point', coordinates: [wrapLon(lon), lat] }, radiusM };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function flat([lon = 0, lat = 0]: Corner): [number, number] {
  return [wrapLon(lon), lat];
}
