import { describe, expect, it } from 'vitest';
import { Picture } from '../../../client/store/picture.svelte.ts';
import type { PatchOut, PictureOut } from '../../../shared/picture/picture.ts';
import { alert, atMs, iso, unit } from '../things.ts';

const none = { units: [], patrols: [], alerts: [], threats: [], places: [] };
const newPicture = () => new Picture({ exactMs: atMs });
const patchOf = (cursor: string, given: Partial<PatchOut>): PatchOut => ({
  ...none,
  cursor,
  at: iso(atMs),
  removed: [],
  ...given,
});
const first: PictureOut = {
  ...none,
  cursor: 'e1.1',
  at: iso(atMs),
  units: [unit('a', {}), unit('b', {})],
  alerts: [alert('x', 'P1', [])],
};

describe('Picture', () => {
  it('is unknown until a first picture has come', () => {
    const picture = newPicture();
    expect([picture.filled, picture.cursor]).toEqual([false, '']);
    picture.replace(first);
    expect([picture.filled, picture.cursor]).toEqual([true, 'e1.1']);
  });

  it('applies a patch: newest values in, removed things out, of the columns too', () => {
    const picture = newPicture();
    picture.replace(first);
    picture.apply(patchOf('e1.2', { units: [unit('a', { lon: 5 })], removed: [{ kind: 'units', id: 'b' }] }));
    expect([...picture.units.keys()]).toEqual(['a']);
    expect(picture.positions.ids).toEqual(['a']);
    expect(picture.positions.lonLat[0]).toBe(5);
  });

  it('drops after a gap what is no longer visible', () => {
    const picture = newPicture();
    picture.replace(first);
    picture.resume(patchOf('e1.7', { units: [unit('c', {})] }), { ...none, units: ['b', 'c'] });
    expect([...picture.units.keys()]).toEqual(['b', 'c']);
    expect([...picture.positions.ids].sort()).toEqual(['b', 'c']);
    expect(picture.alerts.size).toBe(0);
  });

  it('lets nothing of another epoch stand', () => {
    const picture = newPicture();
    picture.replace(first);
    picture.replace({ ...none, cursor: 'e2.1', at: iso(atMs), units: [unit('z', {})] });
    expect([...picture.units.keys(), ...picture.positions.ids]).toEqual(['z', 'z']);
  });

  it('wakes only those who read what changed', () => {
    const picture = newPicture();
    picture.replace(first);
    const before = { ...picture.revision };
    picture.apply(patchOf('e1.2', { units: [unit('a', {})] }));
    expect(picture.revision).toEqual({ ...before, units: before.units + 1 });
  });
});
