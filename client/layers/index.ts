import type { Layer } from '@deck.gl/core';
import { alertAreaLayers, alertLayers, pulseLayers, ringSteps } from './alerts.ts';
import { hexagonLayers } from './hexagons.ts';
import { labelLayers, movesWithUnit } from './labels.ts';
import { placeLayers } from './places.ts';
import { reachLayers, reachNeeds } from './reach.ts';
import { privateLayers } from './private.ts';
import { routeLayers } from './routes.ts';
import type { Scene } from './scene.ts';
import { sectorLayers } from './sectors.ts';
import { selectedAnchor, selectionLayers } from './selection.ts';
import { threatLayers } from './threats.ts';
import { trackLayers, trailLayers } from './trails.ts';
import { graticuleLayers, toolLayers } from './tools.ts';
import { unitLayers } from './units.ts';

interface Kind {
  readonly name: string;
  readonly build: (scene: Scene) => Layer[];
  /** What the kind is a function of; while these are the same its layers are kept as they are. */
  readonly needs: (scene: Scene) => readonly unknown[];
}

/** The draw order of the map, lowest first: what is wide lies under what is small, words above all. */
const drawOrder: readonly Kind[] = [
  { name: 'sectors', build: sectorLayers, needs: (s) => [s.sectors, s.markScale] },
  {
    name: 'graticule',
    build: graticuleLayers,
    needs: (s) => [s.laid.graticule, s.theme, s.markScale],
  },
  { name: 'private', build: privateLayers, needs: (s) => [s.mine, s.theme, s.markScale] },
  { name: 'hexagons', build: hexagonLayers, needs: (s) => [s.hexagons, s.icons, s.markScale] },
  {
    name: 'threats',
    build: threatLayers,
    needs: (s) => [s.threats, s.markScale, Math.floor(s.nowMs / 60_000)],
  },
  {
    name: 'alert areas',
    build: alertAreaLayers,
    needs: (s) => [
      s.alerts
        .map(({ alert }) => alert)
        .map(areaKey)
        .join(),
    ],
  },
  { name: 'reach', build: reachLayers, needs: reachNeeds },
  {
    name: 'places',
    build: placeLayers,
    needs: (s) => [s.places, s.silentVillages, s.icons, s.markScale, s.zoom],
  },
  { name: 'trails', build: trailLayers, needs: (s) => [s.trails, s.markScale] },
  { name: 'track', build: trackLayers, needs: (s) => [s.track, s.markScale] },
  { name: 'routes', build: routeLayers, needs: (s) => [s.routes, s.markScale] },
  {
    name: 'units',
    build: unitLayers,
    needs: (s) => [s.unitData, s.reckonMs, s.icons, s.symbols?.image, s.markScale],
  },
  { name: 'pulse', build: pulseLayers, needs: (s) => [s.alerts, s.markScale, s.pulse] },
  {
    name: 'alerts',
    build: alertLayers,
    needs: (s) => [
      s.alerts.map(({ alert }) => areaKey(alert)).join(),
      ringSteps(s.alerts),
      s.icons,
      s.markScale,
    ],
  },
  {
    name: 'selection',
    build: selectionLayers,
    needs: (s) => [selectionKey(s), s.point, s.icons, s.symbols === undefined, s.markScale],
  },
  {
    name: 'tools',
    build: toolLayers,
    needs: (s) => [s.laid.way, s.laid.rings, s.laid.radiiM, s.laid.words, s.theme, s.markScale],
  },
  {
    name: 'labels',
    build: labelLayers,
    needs: (s) => [s.labels, s.labels.some(movesWithUnit) ? s.reckonMs : undefined],
  },
];

function areaKey(alert: Scene['alerts'][number]['alert']): string {
  return `${alert.id} ${alert.changedAt} ${alert.state} ${alert.priority} ${alert.lon} ${alert.lat} ${alert.radiusM}`;
}

function selectionKey(scene: Scene): string {
  const at = selectedAnchor(scene);
  const followed = scene.followed.join();
  const moves = (at?.motion[1] ?? 0) > 0 || followed !== '';
  return `${followed} ${scene.selected?.kind} ${at?.lon} ${at?.lat} ${at?.motion.join()} ${moves ? scene.reckonMs : ''}`;
}

/** Layers as they were last made, by kind. */
export type Kept = Map<string, { needs: readonly unknown[]; layers: Layer[] }>;

/**
 * The layers of a scene in draw order. A kind whose needs are the same as in `kept` is handed out again as it was,
 * so that a frame in which one thing moved costs what that thing costs.
 */
export function layersOf(scene: Scene, kept: Kept): Layer[] {
  return drawOrder.flatMap(({ name, build, needs }) => {
    const now = [scene.theme, ...needs(scene)];
    const before = kept.get(name);
    if (before && same(before.needs, now)) return before.layers;
    const layers = build(scene);
    kept.set(name, { needs: now, layers });
    return layers;
  });
}

function same(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
