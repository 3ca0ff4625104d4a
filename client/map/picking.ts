import type { PickingInfo } from '@deck.gl/core';
import type { Hexagon } from '../layers/hexagons.ts';
import type { Units } from '../store/units.ts';
import type { ThingRef } from '../store/selection.svelte.ts';

/** The counted cell that was picked. */
export function hexagonOf(info: PickingInfo | null, hexagons: readonly Hexagon[]): Hexagon | undefined {
  return info?.layer?.id === 'hexagons' ? hexagons[info.index] : undefined;
}

/** Layers in the order in which a click means them: an alert before the unit it lies on, areas last. */
export const pickOrder: readonly (readonly string[])[] = [
  ['alerts'],
  ['units'],
  ['places'],
  ['threat-areas', 'threat-corridors'],
];
/** How far beside a mark a click still counts, pixels. */
export const pickRadiusPx = 6;

/** What a picked object is, in the words of the store. */
export function thingOf(info: PickingInfo | null, units: Units): ThingRef | undefined {
  const layer = info?.layer?.id;
  if (!info || layer === undefined) return undefined;
  if (layer === 'units') {
    const id = units.idAt(info.index);
    return id === undefined ? undefined : { kind: 'unit', id };
  }
  const { object } = info as PickingInfo<unknown>;
  if (layer === 'alerts') return ref('alert', object, 'alert');
  if (layer === 'places') return ref('place', { place: object }, 'place');
  return ref('threat', object, 'threat');
}

function ref(kind: ThingRef['kind'], object: unknown, field: string): ThingRef | undefined {
  if (typeof object !== 'object' || object === null) return undefined;
  const thing = (object as Record<string, unknown>)[field]; // our own layers' data
  if (typeof thing !== 'object' || thing === null || !('id' in thing)) return undefined;
  return typeof thing.id === 'string' ? { kind, id: thing.id } : undefined;
}
