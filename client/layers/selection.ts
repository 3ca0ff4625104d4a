import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import { geometryCentre } from '../../shared/geo/area.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { isPlaced, type Scene } from './scene.ts';
import { colours, sizes } from './style.ts';

type WhereIs = Pick<Scene, 'selected' | 'positions' | 'alerts' | 'threats' | 'places'>;

/** Where the selected thing is, if it is anywhere. */
export function selectedPoint({
  selected,
  positions,
  alerts,
  threats,
  places,
}: WhereIs): MapPoint | undefined {
  if (!selected) return undefined;
  const { kind, id } = selected;
  if (kind === 'unit') {
    const row = positions.rowOf(id);
    if (row === undefined) return undefined;
    return { lon: positions.lonLat[2 * row] ?? 0, lat: positions.lonLat[2 * row + 1] ?? 0 };
  }
  if (kind === 'threat') {
    const threat = threats.find((one) => one.id === id);
    const [lon, lat] = threat ? geometryCentre(threat.geometry) : [];
    return lon === undefined || lat === undefined ? undefined : { lon, lat };
  }
  const thing =
    kind === 'place' ? places.find((one) => one.id === id) : alerts.find((row) => row.alert.id === id)?.alert;
  return thing && isPlaced(thing) ? { lon: thing.lon, lat: thing.lat } : undefined;
}

/** A bright ring round what is selected, and the point that is being placed for a form. */
export function selectionLayers(scene: Scene): Layer[] {
  const chosen = scene.selected?.kind === 'threat' ? undefined : selectedPoint(scene);
  const radius = scene.selected?.kind === 'alert' ? sizes.selectionRing + 5 : sizes.selectionRing - 4;
  return [
    new ScatterplotLayer<MapPoint>({
      id: 'selection',
      data: chosen ? [chosen] : [],
      getPosition: ({ lon, lat }) => [lon, lat],
      getRadius: radius * scene.markScale,
      radiusUnits: 'pixels',
      filled: false,
      stroked: true,
      getLineColor: [...colours.selected],
      lineWidthUnits: 'pixels',
      getLineWidth: 2 * scene.markScale,
    }),
    new IconLayer<MapPoint>({
      id: 'point',
      data: scene.point ? [scene.point] : [],
      iconAtlas: scene.icons.image,
      iconMapping: scene.icons.mapping,
      getPosition: ({ lon, lat }) => [lon, lat],
      getIcon: () => 'point',
      getSize: sizes.placing * scene.markScale,
    }),
  ];
}
