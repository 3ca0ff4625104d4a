import type { Layer } from '@deck.gl/core';
import { describe, expect, it } from 'vitest';
import { alertIcons, usedShare } from '../../../client/layers/alerts.ts';
import { ringFrames, ringIcon, unitIcon } from '../../../client/layers/icon-names.ts';
import { layersOf, type Kept } from '../../../client/layers/index.ts';
import { labelWishes } from '../../../client/layers/label-wishes.ts';
import { isMarked, isNamed, placeRank } from '../../../client/layers/places.ts';
import type { Scene } from '../../../client/layers/scene.ts';
import { hatchOfLevel } from '../../../client/layers/style.ts';
import { circleRing, holds, threatShapes } from '../../../client/layers/threats.ts';
import { Positions } from '../../../client/store/positions.ts';
import { queueRow } from '../../../client/store/queue.ts';
import { distanceM } from '../../../shared/geo/distance.ts';
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

/** A scene with one of everything; icons need no canvas to be asked for. */
function sceneOf(given: Partial<Scene> = {}): Scene {
  const units = [
    unit('moving', { speedMps: 9, courseDeg: 90 }),
    unit('halted', { speedMps: 0 }),
    unit('old', { time: iso(atMs - 600_000), speedMps: 9, courseDeg: 10 }),
    unit('lost', { time: iso(atMs - 9_000_000), speedMps: 9, courseDeg: 10 }),
    unit('nameless', { callsign: undefined }),
  ];
  const positions = new Positions();
  for (const one of units) positions.set(one, atMs);
  return {
    positions,
    positionsRevision: positions.revision,
    stateRevision: 0,
    units: new Map(units.map((one) => [one.id, one])),
    alerts: [queueRow(alert('a', 'P1', [['acknowledge', 30]], { radiusM: 5_000 }), atMs)],
    threats: [threat('t', {})],
    places: [{ id: 'p', kind: 'base', name: 'Camp', lon: -18, lat: 0 }],
    sectors: [],
    labels: [],
    selected: undefined,
    point: undefined,
    icons: { image: {} as Scene['icons']['image'], mapping: {} }, // never drawn here
    scale: 1,
    markScale: 1,
    zoom: 8,
    nowMs: atMs,
    pulse: undefined,
    ...given,
  };
}
const byId = (layers: readonly Layer[], id: string) => layers.find((layer) => layer.id === id);
const callAt = (accessor: unknown, index: number): unknown =>
  typeof accessor === 'function' ? accessor(undefined, { index }) : accessor;

describe('units', () => {
  const props = () =>
    byId(layersOf(sceneOf(), new Map()), 'units')?.props as unknown as Record<string, unknown>;

  it('look different at each age, and when halted', () => {
    const icons = [0, 1, 2, 3].map((row) => callAt(props()['getIcon'], row));
    expect(icons).toEqual(['unit-fresh-moving', 'unit-fresh-halted', 'unit-stale-moving', 'unit-lost']);
    expect(
      new Set(['fresh', 'ageing', 'stale', 'lost'].map((state) => unitIcon(state as 'fresh', true))).size,
    ).toBe(4);
  });

  it('point along their course; a lost one points nowhere', () => {
    expect([0, 1, 3].map((row) => callAt(props()['getAngle'], row))).toEqual([-90, 0, 0]);
  });

  it('hand their columns to the card as they are', () => {
    const scene = sceneOf();
    const data = byId(layersOf(scene, new Map()), 'units')?.props.data as unknown as {
      length: number;
      attributes: { getPosition: { value: Float64Array } };
    };
    expect([data.length, data.attributes.getPosition.value === scene.positions.lonLat]).toEqual([5, true]);
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
    expect(pulse(sceneOf())).toBeUndefined();
    expect(pulse(sceneOf({ pulse: 0.5 }))).toHaveLength(1);
    const done = [queueRow(alert('a', 'P1', [], { state: 'acknowledged' }), atMs)];
    expect(pulse(sceneOf({ pulse: 0.5, alerts: done }))).toHaveLength(0);
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
    const after = layersOf({ ...scene, positionsRevision: scene.positionsRevision + 1 }, kept);
    const remade = after.filter((layer) => !before.includes(layer)).map(({ id }) => id);
    expect(remade).toEqual(['units']);
  });
});

describe('labels', () => {
  const wording = { language: 'en', nameOfAlert: () => 'Mabiri' };
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
});
