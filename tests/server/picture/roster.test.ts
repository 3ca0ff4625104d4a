import { describe, expect, it } from 'vitest';
import { atStartMs, fix, Folding } from '../../support/entries.ts';

const at = atStartMs;
const patrol = { callsign: 'LRP', kind: 'patrol' };

describe('the roster', () => {
  it('gives every unit a slot of its own, which a new description keeps', () => {
    const folding = new Folding();
    const { picture } = folding;
    folding.fixes([fix('u0', at), fix('u1', at)]);
    const before = picture.units.get('u1');
    folding.event({ kind: 'unit.registered', unitId: 'u1', unit: patrol });
    const after = picture.units.get('u1');
    expect(before?.slot).toBe(1);
    expect(after).toMatchObject({ slot: 1, callsign: 'LRP', registered: true });
    expect(after).not.toBe(before);
    expect(picture.roster).toEqual([picture.units.get('u0'), after]);
  });

  it('leaves the slot of a removed unit empty, and gives a unit that comes again a new one', () => {
    const folding = new Folding();
    const { picture } = folding;
    folding.fixes([fix('u0', at), fix('u1', at)]);
    folding.event({ kind: 'unit.removed', unitId: 'u0' });
    expect(picture.roster[0]).toBeUndefined();
    folding.fixes([fix('u0', at)]);
    expect(picture.units.get('u0')?.slot).toBe(2);
    expect(picture.roster).toHaveLength(3);
  });

  it('says of any number of entries which units moved, each once and as it is now', () => {
    const folding = new Folding();
    folding.fixes([fix('u0', at), fix('u1', at)]);
    folding.takeMoved();
    folding.fixes([fix('u0', at + 1_000), fix('u0', at + 2_000)]);
    folding.fixes([fix('u0', at + 3_000), fix('u1', at - 1_000), fix('u2', at)]);
    folding.event({ kind: 'unit.registered', unitId: 'u0', unit: patrol });
    folding.event({ kind: 'unit.removed', unitId: 'u2' });
    expect(folding.takeMoved()).toEqual([folding.picture.units.get('u0')]);
    expect(folding.takeMoved()).toEqual([]);
  });

  it('moves a unit in place', () => {
    const folding = new Folding();
    folding.fixes([fix('u0', at)]);
    const unit = folding.picture.units.get('u0');
    const live = unit?.live;
    folding.fixes([fix('u0', at + 1_000, { lon: 30 })]);
    expect(folding.picture.units.get('u0')).toBe(unit);
    expect(unit?.live).toBe(live);
    expect(live?.lon).toBe(30);
    expect(unit?.changedSeq).toBe(folding.picture.seq);
  });
});
