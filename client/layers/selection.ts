import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import { geometryCentre } from '../../shared/geo/area.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { motionOf, reckoning, still, type Motion, type ReckoningProps } from './reckoning.ts';
import { isPlaced, type Scene } from './scene.ts';
import { paletteOf, sizes } from './style.ts';

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

/** Where the units stand that the map goes along with. */
function followedAnchors({ units, followed, baseMs }: Scene): Anchor[] {
  return followed.flatMap((id) => {
    const row = units.rowOf(id);
    if (row === undefined || !units.hasFix(row)) return [];
    const [lon, lat] = [units.lonLat[2 * row] ?? 0, units.lonLat[2 * row + 1] ?? 0];
    return [{ lon, lat, motion: motionOf(units, row, baseMs) }];
  });
}

/** A ring round each followed unit, with a dot on top. */
function followedLayers(scene: Scene, radius: number): Layer[] {
  const anchors = followedAnchors(scene);
  if (anchors.length === 0) return [];
  const { selected } = paletteOf(scene.theme);
  const common = {
    data: anchors,
    getPosition: ({ lon, lat }: Anchor): [number, number] => [lon, lat],
    radiusUnits: 'pixels',
    lineWidthUnits: 'pixels',
    stroked: true,
    getMotion: ({ motion }: Anchor) => [...motion],
    nowS: (scene.reckonMs - scene.baseMs) / 1000,
  } as const;
  return [
    new ScatterplotLayer<Anchor, ReckoningProps>({
      ...common,
      id: 'followed',
      getRadius: (radius + 4) * scene.markScale,
      filled: false,
      getLineColor: [...selected],
      getLineWidth: 1.5 * scene.markScale,
      extensions: [reckoning],
    }),
    new IconLayer<Anchor, ReckoningProps>({
      id: 'followed-dots',
      data: anchors,
      iconAtlas: scene.icons.image,
      iconMapping: scene.icons.mapping,
      getPosition: common.getPosition,
      getIcon: () => 'follow-dot',
      getSize: 14 * scene.markScale,
      getPixelOffset: [0, -(radius + 4) * scene.markScale],
      getColor: [...selected],
      extensions: [reckoning],
      getMotion: common.getMotion,
      nowS: common.nowS,
    }),
  ];
}

/** A bright ring round what is selected, and the point that is being placed for a form. */
export function selectionLayers(scene: Scene): Layer[] {
  const chosen = scene.selected?.kind === 'threat' ? undefined : selectedAnchor(scene);
  const unitRadius = sizes.selectionRing + (scene.symbols ? 0 : -4);
  const radius =
    scene.selected?.kind === 'alert'
      ? sizes.selectionRing + 5
      : scene.selected?.kind === 'unit'
        ? unitRadius
        : sizes.selectionRing - 4;
  return [
    ...followedLayers(scene, unitRadius),
    new ScatterplotLayer<Anchor, ReckoningProps>({
      id: 'selection',
      data: chosen ? [chosen] : [],
      getPosition: ({ lon, lat }) => [lon, lat],
      getRadius: radius * scene.markScale,
      radiusUnits: 'pixels',
      filled: false,
      stroked: true,
      getLineColor: [...paletteOf(scene.theme).selected],
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
