import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { savedLiveFix } from '../../../server/picture/live-fix.ts';
import type { Picture } from '../../../server/picture/picture.ts';
import { loadSnapshot, saveSnapshot, snapshotSeq } from '../../../server/picture/snapshot.ts';
import { atStartMs, fix, Folding } from '../../support/entries.ts';
import { memoryShelf } from '../../support/memory-shelf.ts';
import { foldRandom, randomPicture } from '../../support/random-picture.ts';

const writing = { writer: 'w' };

/** Everything that is in a picture, as plain values; slots are each picture's own affair. */
function contentOf(picture: Picture): unknown {
  const { seq, heartbeat, passedOver, tracks } = picture;
  const [alerts, threats, places] = [picture.alerts, picture.threats, picture.places].map(
    (things) => new Map<string, unknown>(things),
  );
  const alertSerials = new Map(picture.alertSerials);
  const villages = new Map<string, unknown>(picture.villages);
  const units = [...picture.units].map(([id, { slot: _slot, live, ...unit }]) => [
    id,
    { ...unit, live: live && savedLiveFix(live), track: tracks.between(id, 0, Infinity) },
  ]);
  return {
    ...{ seq, alerts, threats, places, villages, heartbeat, alertSerials, passedOver },
    units: new Map(units as Array<[string, unknown]>),
    fixes: tracks.fixes,
    fixCounts: picture.fixCounts.save(),
  };
}

/** Enough units that a snapshot takes many slices and pieces; 150 fixes each. */
function manyUnits(units: number): Folding {
  const folding = new Folding();
  for (let minute = 0; minute < 150; minute++) {
    const at = atStartMs + minute * 60_000;
    folding.fixes(Array.from({ length: units }, (_, unit) => fix(`u${unit}`, at, { lon: unit / 1e3 })));
  }
  return folding;
}

/** A village with a rhythm that was heard of, by a person and by a focal point. */
function heardOf(folding: Folding): void {
  const place = { id: 'v1', kind: 'village' as const, name: 'Mabiri', lon: 1, lat: 1, contactEveryH: 24 };
  folding.event({ kind: 'places.imported', places: [place] });
  const [villageId, atMs] = ['v1', folding.atMs];
  const said = { how: 'call' as const, by: 'liaison' as const, result: 'all-well' as const };
  folding.event({ kind: 'village.contacted', villageId, contactId: 'c1', atMs, ...said });
  folding.event({
    kind: 'alert.received',
    alertId: 'heard',
    alert: { category: 'other', text: '', channel: 'sms' },
    facts: { contactOf: 'v1' },
  });
}

/** Writes over units in every way there is: newer, late, described anew, removed, removed and back. */
function disturb(folding: Folding, round: number): void {
  const at = atStartMs + (300 + round) * 60_000;
  const [moving, late, removed, renamed] = [1, 2, 3, 4].map((which) => `u${(round * 97 + which) % 700}`);
  folding.fixes([fix(moving ?? '', at, { lon: 9 }), fix(late ?? '', atStartMs - round - 1)]);
  folding.event({ kind: 'unit.removed', unitId: removed ?? '' });
  if (round % 2) folding.fixes([fix(removed ?? '', at), fix(`new${round}`, at)]);
  const unit = { callsign: `round ${round}`, kind: 'patrol' };
  folding.event({ kind: 'unit.registered', unitId: renamed ?? '', unit });
  folding.event({
    kind: 'threat.raised',
    threatId: `threat${round}`,
    threat: { kind: 'other', geometry: { type: 'Point', coordinates: [1, 1] }, likelihood: 1, impact: 1 },
  });
}

describe('snapshots', () => {
  it('bring back the same picture, and the same verdicts after it', async () => {
    await fc.assert(
      fc.asyncProperty(randomPicture, async (random) => {
        const folding = foldRandom(random);
        heardOf(folding);
        const shelf = memoryShelf();
        await saveSnapshot(shelf, 'e1', folding.picture, writing);
        const loaded = await loadSnapshot(shelf, 'e1');
        expect(loaded && contentOf(loaded)).toEqual(contentOf(folding.picture));
      }),
      { numRuns: 30 },
    );
  });

  it('hold the picture as it was when their writing began, whatever is folded meanwhile', async () => {
    const folding = manyUnits(700);
    const before = contentOf(folding.picture);
    const shelf = memoryShelf();
    let rounds = 0;
    shelf.onPut = () => {
      for (let more = 0; more < 20; more++) disturb(folding, rounds++);
    };
    const interleaved = setInterval(() => disturb(folding, rounds++), 0);
    const written = await saveSnapshot(shelf, 'e1', folding.picture, writing);
    clearInterval(interleaved);
    shelf.onPut = () => undefined;
    expect(rounds).toBeGreaterThan(60);
    expect(folding.picture.threats.size).toBe(rounds);
    const loaded = await loadSnapshot(shelf, 'e1');
    expect(loaded && contentOf(loaded)).toEqual(before);
    expect(written?.seq).toBe(loaded?.seq);
    expect(folding.picture.freeze).toBeUndefined();
  });

  it('are stored in pieces, and the pieces of the one before go', async () => {
    const folding = manyUnits(700);
    const shelf = memoryShelf();
    const written = await saveSnapshot(shelf, 'e1', folding.picture, writing);
    expect(shelf.kept.size).toBeGreaterThan(2);
    const bytes = [...shelf.kept].filter(([key]) => key !== 'snapshot/head').map(([, value]) => value.length);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBe(written?.bytes);
    const before = shelf.kept.size;
    folding.fixes([fix('u1', atStartMs - 5)]);
    await saveSnapshot(shelf, 'e1', folding.picture, writing);
    expect(shelf.kept.size).toBeLessThanOrEqual(before + 1);
    expect((await loadSnapshot(shelf, 'e1'))?.tracks.fixes).toBe(700 * 150 + 1);
    expect(await snapshotSeq(shelf, 'e1')).toBe(folding.picture.seq);
  });

  it('are passed over when they are of another epoch, damaged, or not whole', async () => {
    const folding = new Folding();
    folding.fixes([fix('u', atStartMs)]);
    const shelf = memoryShelf();
    await saveSnapshot(shelf, 'e1', folding.picture, writing);
    expect(await loadSnapshot(shelf, 'e2')).toBeUndefined();
    expect(await snapshotSeq(shelf, 'e2')).toBe(0);
    const piece = [...shelf.kept.keys()].find((key) => key.endsWith('/0')) ?? '';
    const bytes = shelf.kept.get(piece) ?? new Uint8Array();
    shelf.kept.set(piece, bytes.subarray(0, bytes.length / 2));
    expect(await loadSnapshot(shelf, 'e1')).toBeUndefined();
    shelf.kept.delete(piece);
    expect(await loadSnapshot(shelf, 'e1')).toBeUndefined();
    shelf.kept.set('snapshot/head', new Uint8Array([1, 2, 3]));
    expect(await loadSnapshot(shelf, 'e1')).toBeUndefined();
  });

  it('leave nothing when they are told to stop, or may no longer stand, and the one before stays', async () => {
    const folding = manyUnits(700);
    const shelf = memoryShelf();
    await saveSnapshot(shelf, 'e1', folding.picture, writing);
    const keys = new Set(shelf.kept.keys());
    folding.fixes([fix('u1', atStartMs - 5)]);
    const stopping = new AbortController();
    shelf.onPut = () => stopping.abort();
    const stopped = { writer: 'w', signal: stopping.signal };
    expect(await saveSnapshot(shelf, 'e1', folding.picture, stopped)).toBeUndefined();
    const refused = { writer: 'w', mayStand: () => false };
    expect(await saveSnapshot(shelf, 'e1', folding.picture, refused)).toBeUndefined();
    expect(new Set(shelf.kept.keys())).toEqual(keys);
    expect((await loadSnapshot(shelf, 'e1'))?.tracks.fixes).toBe(700 * 150);
  });

  it('clear away what a server has left that was killed while it wrote', async () => {
    const folding = manyUnits(700);
    const shelf = memoryShelf();
    let puts = 0;
    shelf.onPut = () => {
      if (++puts > 3) throw new Error('killed');
    };
    await expect(saveSnapshot(shelf, 'e1', folding.picture, { writer: 'killed' })).rejects.toThrow('killed');
    shelf.onPut = () => undefined;
    expect([...shelf.kept.keys()].filter((key) => key.includes('killed'))).toHaveLength(2);
    await saveSnapshot(shelf, 'e1', folding.picture, writing);
    expect([...shelf.kept.keys()].filter((key) => key.includes('killed'))).toEqual([]);
    expect(shelf.kept.has('snapshot/begun')).toBe(false);
  });
});
