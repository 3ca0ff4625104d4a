import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import { geometryCentre } from '../../shared/geo/area.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { motionOf, reckoning, still, type Motion, type ReckoningProps } from './reckoning.ts';
import { isPlaced, type Scene } from './scene.ts';
import { colours, sizes } from './style.ts';

type Chosen = Pick<Scene, 'selected' | 'units' | 'alerts' | 'threats' | 'places'>;

/** A point on the map, and the motion of the unit that stands there. */
export interface Anchor extends MapPoint {
  readonly motion: Motion;
}

/** Where the selected thing is drawn at a server time, if it is anywhere. */
export function selectedPoint(chosen: Chosen, nowMs: number): MapPoint | undefined {
  const { selected, units } = chosen;
  if (selected?.kind !== 'unit') return fixedPoint(chosen);
  const row = units.rowOf(selected.id);
  return row === undefined ? undefined : units.drawnAt(row, nowMs);
}

/** The same for the card, which moves the ring of a unit as it moves the unit. */
export function selectedAnchor(scene: Chosen & Pick<Scene, 'baseMs'>): Anchor | undefined {
  const { selected, units, baseMs } = scene;
  if (selected?.kind === 'unit') {
    const row = units.rowOf(selected.id);
    if (row === undefined || !units.hasFix(row)) return undefined;
    const motion = motionOf(units, row, baseMs);
    return { lon: units.lonLat[2 * row] ?? 0, lat: units.lonLat[2 * row + 1] ?? 0, motion };
  }
  const point = fixedPoint(scene);
  return point && { ...point, motion: still };
}

function fixedPoint({ selected, alerts, threats, places }: Chosen): MapPoint | undefined {
  if (!selected) return undefined;
  const { kind, id } = selected;
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
  const chosen = scene.selected?.kind === 'threat' ? undefined : selectedAnchor(scene);
  const radius = scene.selected?.kind === 'alert' ? sizes.selectionRing + 5 : sizes.selectionRing - 4;
  return [
    new ScatterplotLayer<Anchor, ReckoningProps>({
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
      extensions: [reckoning],
      getMotion: ({ motion }: Anchor) => [...motion],
      nowS: (scene.reckonMs - scene.baseMs) / 1000,
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
