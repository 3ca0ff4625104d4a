import type { Layer } from '@deck.gl/core';
import type { IconLayer, PathLayer } from '@deck.gl/layers';
import { describe, expect, it } from 'vitest';
import { alertIcons, usedShare } from '../../../client/layers/alerts.ts';
import { ringFrames, ringIcon, unitIcon } from '../../../client/layers/icon-names.ts';
import { noGraticule } from '../../../client/layers/graticule-lines.ts';
import { unitsInView } from '../../../client/layers/in-view.ts';
import { iconDrawings } from '../../../client/layers/icon-drawings.ts';
import { layersOf, type Kept } from '../../../client/layers/index.ts';
import { labelWishes } from '../../../client/layers/label-wishes.ts';
import { isMarked, isNamed, placeRank } from '../../../client/layers/places.ts';
import type { Scene } from '../../../client/layers/scene.ts';
import { selectedPoint } from '../../../client/layers/selection.ts';
import { hatchOfLevel, paletteOf } from '../../../client/layers/style.ts';
import { noTrails } from '../../../client/layers/trails.ts';
import { circleRing, holds, threatShapes } from '../../../client/layers/threats.ts';
import { UnitColumns } from '../../../client/layers/unit-columns.ts';
import type { Route } from '../../../client/store/routes.svelte.ts';
import { Units } from '../../../client/store/units.ts';
import { queueRow } from '../../../client/store/queue.ts';
import { distanceM } from '../../../shared/geo/distance.ts';
import type { PlaceOut } from '../../../shared/model/place.ts';
import type { ThreatOut } from '../../../shared/model/threat.ts';
import { alert, atMs, iso, unit } from '../things.ts';

const threat = (id: string, given: Partial<ThreatOut>): ThreatOut => ({
  id,
  kind: 'Ambush',
  geometry: { type: 'Point', coordinates: [-18, 0] },
  level: 12,
  raisedAt: iso(atMs),
  changedAt: iso(atMs),
  ...given,
});

const icons = { image: {} as Scene['icons']['image'], mapping: {} }; // never drawn here

/** A scene with one of everything; icons need no canvas to be asked for. */
function sceneOf(given: Partial<Scene> = {}): Scene {
  const units = new Units();
  units.restate(atMs);
  for (const one of [
    unit('moving', { speedMps: 9, courseDeg: 90 }),
    unit('halted', { speedMps: 0 }),
    unit('old', { time: iso(atMs - 600_000), speedMps: 9, courseDeg: 10 }),
    unit('lost', { time: iso(atMs - 9_000_000), speedMps: 9, courseDeg: 10 }),
    unit('nameless', { callsign: undefined }),
  ])
    units.apply(one);
  return {
    units,
    unitData: new UnitColumns().sync(units, icons, atMs),
    baseMs: atMs,
    inView: unitsInView(units, [-20, -2, -16, 2], atMs),
    reckonMs: atMs,
    hexagons: [],
    alerts: [queueRow(alert('a', 'P1', [['acknowledge', 30]], { radiusM: 5_000 }), atMs)],
    threats: [threat('t', {})],
    places: [{ id: 'p', kind: 'base', name: 'Camp', lon: -18, lat: 0 }],
    silentVillages: new Set(),
    sectors: [],
    mine: [],
    laid: {
      way: [],
      rings: undefined,
      radiiM: [],
      graticule: noGraticule,
      words: { distance: String, leg: String },
    },
    labels: [],
    selected: undefined,
    point: undefined,
    icons,
    symbols: undefined,
    theme: 'dark',
    trails: noTrails,
    track: undefined,
    routes: [],
    followed: [],
    scale: 1,
    markScale: 1,
    zoom: 8,
    nowMs: atMs,
    pulse: undefined,
    ...given,
  };
}
const byId = (layers: readonly Layer[], id: string) => layers.find((layer) => layer.id === id);

describe('units', () => {
  it('look different at each age, and when halted', () => {
    const names = (['fresh', 'ageing', 'stale', 'lost'] as const).flatMap((state) => [
      unitIcon(state, true),
      unitIcon(state, false),
    ]);
    expect(new Set(names).size).toBe(7);
  });

  it('hand columns to the card, and no accessor runs over them', () => {
    const scene = sceneOf();
    const props = byId(layersOf(scene, new Map()), 'units')?.props as unknown as Record<string, unknown>;
    expect(props['data']).toBe(scene.unitData);
    expect(Object.keys(scene.unitData.attributes)).toEqual([
      'getPosition',
      'getAngle',
      'instanceIconDefs',
      'unitMotions',
    ]);
  });

  it('are told the time since the base of their fix times', () => {
    const layers = layersOf(sceneOf({ reckonMs: atMs + 2_500 }), new Map());
    expect(byId(layers, 'units')?.props).toMatchObject({ nowS: 2.5 });
  });
});

describe('what is selected', () => {
  it('is ringed where its symbol is drawn', () => {
    const scene = sceneOf({ selected: { kind: 'unit', id: 'moving' }, reckonMs: atMs + 10_000 });
    const row = scene.units.rowOf('moving') ?? -1;
    expect(selectedPoint(scene, scene.reckonMs)).toEqual(scene.units.drawnAt(row, scene.reckonMs));
    const { data, nowS } = byId(layersOf(scene, new Map()), 'selection')?.props as unknown as {
      data: unknown;
      nowS: number;
    };
    expect(data).toEqual([{ lon: -18, lat: 0, motion: [90, 9, 0, 60] }]);
    expect(nowS).toBe(10);
  });

  it('is ringed anew only when it moves', () => {
    const kept: Kept = new Map();
    const at = (id: string, reckonMs: number) =>
      byId(layersOf(sceneOf({ selected: { kind: 'unit', id }, reckonMs }), kept), 'selection');
    expect(at('halted', atMs)).toBe(at('halted', atMs + 1_000));
    expect(at('moving', atMs)).not.toBe(at('moving', atMs + 1_000));
  });
});

describe('alerts', () => {
  it('are a plate, a ring of the time used, and the priority’s shape; lowest first', () => {
    const rows = [
      queueRow(alert('high', 'P1', [['acknowledge', 30]]), atMs),
      queueRow(alert('low', 'P3', [['travel', 30]]), atMs),
      queueRow(alert('closed', 'P1', [], { state: 'closed' }), atMs),
      queueRow(alert('nowhere', 'P2', [], { lon: undefined, lat: undefined }), atMs),
    ];
    expect(alertIcons(rows, 1).map(({ alert: { id }, icon }) => `${id} ${icon}`)).toEqual([
      'closed P1',
      'low plate',
      'low P3',
      'high plate',
      'high ring-12',
      'high P1',
    ]);
  });

  it('have a full ring when over', () => {
    const over = queueRow(alert('a', 'P1', [['acknowledge', 90]]), atMs);
    expect(ringIcon(usedShare(over) ?? 0)).toBe(`ring-${ringFrames}`);
  });

  it('are drawn as an area of their size where they are not exact', () => {
    const data = byId(layersOf(sceneOf(), new Map()), 'alert-areas')?.props.data as unknown as unknown[];
    expect(data).toHaveLength(1);
  });

  it('pulse only while a P1 is unacknowledged and movement is wanted', () => {
    const pulse = (scene: Scene) => byId(layersOf(scene, new Map()), 'alert-pulse')?.props.data as unknown;
    expect(pulse(sceneOf())).toHaveLength(0);
    expect(pulse(sceneOf({ pulse: 0.5 }))).toHaveLength(1);
    const done = [queueRow(alert('a', 'P1', [], { state: 'acknowledged' }), atMs)];
    expect(pulse(sceneOf({ pulse: 0.5, alerts: done }))).toHaveLength(0);
  });
});

describe('layers that come and go', () => {
  it('stay while they have nothing to draw: each that is made anew leaves memory of the graphics card behind', () => {
    const calm = layersOf(sceneOf({ alerts: [], threats: [], labels: [] }), new Map()).map(({ id }) => id);
    const busy = layersOf(sceneOf({ pulse: 0.5 }), new Map()).map(({ id }) => id);
    const lost = busy.filter((id) => !calm.includes(id));
    expect(lost).toEqual([]);
    const hatched = byId(layersOf(sceneOf({ threats: [] }), new Map()), 'threat-areas')?.props.data;
    expect(hatched).toHaveLength(1);
  });
});

describe('threats', () => {
  it('are areas; a line is a corridor', () => {
    const line = threat('l', { geometry: { type: 'LineString', coordinates: [[0, 0], [1, 1]] } }); // prettier-ignore
    const { areas, paths } = threatShapes([threat('p', { radiusM: 5_000 }), line]);
    expect([areas.length, paths.length]).toEqual([1, 1]);
    const [lon = NaN, lat = NaN] = areas[0]?.rings[0]?.[9] ?? [];
    expect(distanceM(-18, 0, lon, lat)).toBeCloseTo(5_000, -2);
  });

  it('close their circle exactly', () => {
    const ring = circleRing(-18, 40, 8_000);
    expect(ring.at(-1)).toEqual(ring[0]);
  });

  it('are denser with a higher level', () => {
    expect([1, 5, 6, 12, 20, 25].map(hatchOfLevel)).toEqual([
      'hatch-1',
      'hatch-1',
      'hatch-2',
      'hatch-3',
      'hatch-4',
      'hatch-5', // prettier-ignore
    ]);
  });

  it('go when they have ended or run out', () => {
    expect(holds(threat('t', { validTo: iso(atMs + 1) }), atMs)).toBe(true);
    expect(holds(threat('t', { validTo: iso(atMs) }), atMs)).toBe(false);
    expect(holds(threat('t', { endedAt: iso(atMs) }), atMs)).toBe(false);
  });
});

it('shows bases from afar and small villages from near', () => {
  const village = { id: 'v', kind: 'village', name: 'V', lon: 0, lat: 0, population: 200 } as const;
  const base = { ...village, kind: 'base' } as const;
  expect([placeRank(base), placeRank(village)]).toEqual([0, 4]);
  expect([isNamed(base, 6), isNamed(village, 6), isMarked(village, 6), isNamed(village, 11)]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

it('draws ways with an edge, the one that is meant over those that are looked at', () => {
  const line = [
    [-18, 0],
    [-17.9, 0.1],
  ] as const;
  const route = (unit: string, isChosen: boolean) => ({ unit, line, isChosen });
  const layers = layersOf(sceneOf({ routes: [route('meant', true), route('looked', false)] }), new Map());
  const ids = layers.map(({ id }) => id);
  expect(ids.indexOf('route-edges')).toBeLessThan(ids.indexOf('routes'));
  expect(ids.indexOf('routes')).toBeLessThan(ids.indexOf('units'));
  const { data, getWidth } = (layers.find(({ id }) => id === 'routes') as PathLayer<Route>).props;
  expect((data as Route[]).map(({ unit }) => unit)).toEqual(['looked', 'meant']);
  const widths = (data as Route[]).map((one) => (getWidth as (one: Route) => number)(one));
  expect(widths[0]).toBeLessThan(widths[1] ?? 0);
  expect(layersOf(sceneOf(), new Map()).some(({ id }) => id.startsWith('route'))).toBe(false);
});

it('draws a village that is silent hollow, and again when it is heard', () => {
  const places = ['v1', 'v2'].map((id) => ({ id, kind: 'village', name: id, lon: 0, lat: 0 }) as const);
  const kept: Kept = new Map();
  const drawn = (silent: readonly string[]) => {
    const scene = sceneOf({ places, zoom: 12, silentVillages: new Set(silent) });
    const layer = layersOf(scene, kept).find(({ id }) => id === 'places') as IconLayer<PlaceOut>;
    const { data, getIcon } = layer.props;
    return (data as PlaceOut[]).map((place) => (getIcon as (place: PlaceOut) => string)(place));
  };
  expect(drawn(['v2'])).toEqual(['place-village', 'place-silent']);
  expect(drawn([])).toEqual(['place-village', 'place-village']);
  expect(iconDrawings(paletteOf('dark')).has('place-silent')).toBe(true);
});

describe('layersOf', () => {
  it('draws what is wide below what is small, and words above all', () => {
    const ids = layersOf(sceneOf({ labels: [] }), new Map()).map(({ id }) => id);
    const order = ['threat-areas', 'alert-areas', 'places', 'units', 'alerts', 'selection'];
    expect(order.map((id) => ids.indexOf(id))).toEqual(
      [...order.map((id) => ids.indexOf(id))].sort((a, b) => a - b),
    );
  });

  it('keeps the layers of what has not changed', () => {
    const kept: Kept = new Map();
    const scene = sceneOf();
    const before = layersOf(scene, kept);
    const after = layersOf({ ...scene, unitData: { ...scene.unitData } }, kept);
    const remade = after.filter((layer) => !before.includes(layer)).map(({ id }) => id);
    expect(remade).toEqual(['units']);
  });
});

describe('labels', () => {
  const wording = {
    language: 'en',
    nameOfAlert: () => 'Mabiri',
    kindOfThreat: String,
    oldUnits: (count: string) => `${count} old`,
    within: (metres: number, isBeyond: boolean) => `${isBeyond ? '>' : '<'} ${Math.round(metres / 1000)} km`,
  };
  const textOf = (id: string, scene = sceneOf()) =>
    labelWishes(scene, wording)
      .find((wish) => wish.id === id)
      ?.parts.map(({ text }) => text.replaceAll('\u00a0', ' '));

  it('say a unit’s age only when it matters', () => {
    expect(textOf('unit:moving')).toEqual(['MOVING']);
    expect(textOf('unit:old')).toEqual(['OLD', '10 min']);
  });

  it('say nothing of a unit whose call sign may not be seen', () => {
    expect(textOf('unit:nameless')).toBeUndefined();
  });

  it('say by how much an alert is over', () => {
    const alerts = [queueRow(alert('a', 'P1', [['acknowledge', 193]]), atMs)];
    expect(textOf('alert:a', sceneOf({ alerts }))).toEqual(['Mabiri', '+2:13']);
  });

  it('put what is selected before everything else', () => {
    const wishes = labelWishes(sceneOf({ selected: { kind: 'unit', id: 'moving' } }), wording);
    expect(wishes.sort((a, b) => b.priority - a.priority)[0]?.id).toBe('unit:moving');
  });

  it('go along with a unit that moves, and stand where its symbol is drawn', () => {
    const scene = sceneOf({ reckonMs: atMs + 20_000 });
    const label = labelWishes(scene, wording).find(({ id }) => id === 'unit:moving');
    const row = scene.units.rowOf('moving') ?? -1;
    expect(label).toMatchObject(scene.units.drawnAt(row, scene.reckonMs) ?? {});
    expect(label?.anchor).toEqual({ lon: -18, lat: 0, motion: [90, 9, 0, 60] });
    expect(labelWishes(scene, wording).find(({ id }) => id === 'unit:old')?.anchor).toBeUndefined();
  });

  it('are for the old and the selected where very many units are in view', () => {
    const scene = sceneOf();
    for (let index = 0; index < 400; index += 1) scene.units.apply(unit(`u${index}`, {}));
    const inView = unitsInView(scene.units, [-20, -2, -16, 2], atMs);
    const named = labelWishes({ ...scene, inView, selected: { kind: 'unit', id: 'u7' } }, wording)
      .map(({ id }) => id)
      .filter((id) => id.startsWith('unit:'));
    expect(named).toEqual(['unit:u7', 'unit:old', 'unit:lost']);
  });

  it('count a hexagon where the figure has room in it', () => {
    const hexagon = { h3: 'x', count: 1_234, old: 56, centre: [-18, 0], ring: [] } as const;
    const at = (zoom: number) =>
      textOf('hexagon:x', sceneOf({ zoom, hexagons: [{ ...hexagon, widthDeg: 1 }] }));
    expect([at(3), at(5.5), at(7)]).toEqual([undefined, ['1.2k'], ['1.2k', '56 old']]);
  });
});
