import { describe, expect, it } from 'vitest';
import { atStartMs, fix, Folding } from '../../support/entries.ts';

const at = atStartMs;

describe('folding fixes', () => {
  it('moves a unit with a newer fix and brings an unknown one into being, flagged', () => {
    const folding = new Folding();
    const folded = folding.fixes([fix('u1', at), fix('u1', at + 1_000, { lon: 29.6 })]);
    expect(folded?.verdict).toMatchObject({ accepted: 2, duplicates: 0, late: 0 });
    expect(folded?.changes).toEqual([{ kind: 'units', id: 'u1' }]);
    expect(folding.takeMoved()).toEqual([folding.picture.units.get('u1')]);
    expect(folding.picture.units.get('u1')).toMatchObject({ registered: false, live: { lon: 29.6 } });
  });

  it('puts a late fix into the track and never moves the marker back', () => {
    const folding = new Folding();
    folding.fixes([fix('u1', at, { lon: 30 })]);
    const folded = folding.fixes([fix('u1', at - 60_000, { lon: 29 })]);
    expect(folded?.verdict).toMatchObject({ accepted: 1, late: 1 });
    expect(folded?.changes).toEqual([]);
    expect(folding.picture.units.get('u1')?.live?.lon).toBe(30);
    expect(folding.picture.tracks.between('u1', 0, Infinity).map((point) => point.lon)).toEqual([29, 30]);
  });

  it('counts the same fix as a duplicate and another one of the same device and time as a conflict', () => {
    const folding = new Folding();
    folding.fixes([fix('u1', at, { speedMps: 3.3 })]);
    const folded = folding.fixes([
      fix('u1', at, { speedMps: 3.3 }),
      fix('u1', at, { speedMps: 3.4 }),
      fix('u1', at, { lat: 1.6 }),
      fix('u1', at, { lat: 1.6, device: 'd2' }),
      fix('u1', at, { speedMps: 3.3, batteryPct: 50 }),
    ]);
    expect(folded?.verdict).toMatchObject({ accepted: 1, duplicates: 1, conflicts: [1, 2, 4] });
    expect(folding.picture.units.get('u1')?.live?.lat).toBe(1.5);
  });

  it('does not let a clock that runs ahead freeze the marker', () => {
    const folding = new Folding();
    folding.fixes([fix('u1', at + 50_000, { lon: 29 })], { atMs: at });
    folding.fixes([fix('u1', at + 10_000, { lon: 30, device: 'd2' })], { atMs: at + 10_000 });
    expect(folding.picture.units.get('u1')?.live?.lon).toBe(30);
  });

  it('refuses unknown units where the author may not register them', () => {
    const folding = new Folding();
    const folded = folding.fixes([fix('u1', at)], { mayRegister: false });
    expect(folded?.verdict).toMatchObject({ accepted: 0, unknownUnits: [0] });
    expect(folding.picture.units.size).toBe(0);
  });

  it('keeps the heartbeat apart from the units of the mission', () => {
    const folding = new Folding();
    const folded = folding.fixes([fix('heartbeat', at)]);
    expect(folded?.changes).toEqual([{ kind: 'heartbeat', id: 'heartbeat' }]);
    expect(folding.picture.units.size).toBe(0);
    expect(folding.picture.heartbeat?.timeMs).toBe(at);
  });

  it('passes over entries that cannot be read, counts them and goes on', () => {
    const folding = new Folding();
    expect(folding.raw('positions', new Uint8Array([1, 2, 3]))).toBeUndefined();
    expect(folding.raw('positions', new Uint8Array([99, 2, 3]))).toBeUndefined();
    expect(folding.raw('events', new TextEncoder().encode('{"v":1'))).toBeUndefined();
    expect(folding.raw('events', new TextEncoder().encode('{"v":2,"body":{}}'))).toBeUndefined();
    expect(
      folding.raw('events', new TextEncoder().encode('{"v":1,"body":{"kind":"alert.step"}}')),
    ).toBeUndefined();
    folding.fixes([fix('u1', at)]);
    expect(folding.picture.passedOver).toBe(5);
    expect(folding.picture.units.has('u1')).toBe(true);
  });
});
