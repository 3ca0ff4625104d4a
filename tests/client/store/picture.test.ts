import { describe, expect, it } from 'vitest';
import { Picture } from '../../../client/store/picture.svelte.ts';
import type { ThingsPatch } from '../../../shared/wire/wire.ts';
import { alert, atMs, unit } from '../things.ts';

const nothing: ThingsPatch = { patrols: [], alerts: [], threats: [], places: [], removed: [] };
const place = { id: 'v1', kind: 'village', name: 'One', lon: 1, lat: 2 } as const;

describe('Picture', () => {
  it('is unknown until a first picture has come', () => {
    const picture = new Picture(() => atMs);
    expect(picture.filled).toBe(false);
    picture.replace({ ...nothing, alerts: [alert('x', 'P1', [])] });
    expect(picture.filled).toBe(true);
    expect([...picture.alerts.keys()]).toEqual(['x']);
  });

  it('applies a patch: newest values in, removed things out', () => {
    const picture = new Picture(() => atMs);
    picture.replace({ ...nothing, alerts: [alert('x', 'P1', []), alert('y', 'P2', [])] });
    picture.apply({ ...nothing, alerts: [alert('x', 'P3', [])], removed: [{ kind: 'alerts', id: 'y' }] });
    expect([...picture.alerts.values()].map(({ id, priority }) => [id, priority])).toEqual([['x', 'P3']]);
  });

  it('drops after a gap what is no longer visible, but no places: those never vanish', () => {
    const picture = new Picture(() => atMs);
    picture.replace({ ...nothing, alerts: [alert('x', 'P1', []), alert('y', 'P2', [])], places: [place] });
    picture.keepOnly({ alerts: ['y'], threats: [], patrols: [] });
    expect([...picture.alerts.keys()]).toEqual(['y']);
    expect([...picture.places.keys()]).toEqual(['v1']);
  });

  it('lets nothing of an earlier picture stand in a new one', () => {
    const picture = new Picture(() => atMs);
    picture.replace({ ...nothing, alerts: [alert('x', 'P1', [])], places: [place] });
    picture.replace(nothing);
    expect([picture.alerts.size, picture.places.size]).toEqual([0, 0]);
  });

  it('wakes only those who read what changed, and panels not for every move of a unit', () => {
    const picture = new Picture(() => atMs);
    picture.replace(nothing);
    const before = { ...picture.revision };
    picture.apply({ ...nothing, alerts: [alert('x', 'P1', [])] });
    expect(picture.revision).toEqual({ ...before, alerts: before.alerts + 1 });
    let updates = 0;
    picture.watchUnits(() => (updates += 1));
    for (let update = 0; update < 10; update += 1) {
      picture.units.apply(unit('a', { lon: update }));
      picture.unitsChanged();
    }
    expect(updates).toBe(10);
    expect(picture.revision.units).toBe(before.units + 1);
  });

  it('shows hexagons only while single units do not come', () => {
    const picture = new Picture(() => atMs);
    const view = { mode: 'hexagons', cells: [] } as const;
    picture.note({ view, hexagons: [['841234dffffffff', 7, 2]], totals: { units: 9_000, old: 30 } });
    expect(picture.hexagons?.cells).toEqual([{ h3: '841234dffffffff', count: 7, old: 2 }]);
    expect([picture.mode, picture.totals?.units]).toEqual(['hexagons', 9_000]);
    picture.note({ view: { mode: 'hidden', cells: [] } });
    expect(picture.mode).toBe('hexagons');
    picture.note({ view: { mode: 'whole', cells: [0, 1] } });
    expect([picture.hexagons, picture.totals]).toEqual([undefined, undefined]);
  });
});
