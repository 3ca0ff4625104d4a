import { describe, expect, it } from 'vitest';
import type { Shelf } from '../../../server/record/record.ts';
import { loadSnapshot, saveSnapshot } from '../../../server/picture/snapshot.ts';
import { foldRandom, randomPicture } from '../../support/random-picture.ts';
import { atStartMs, fix, Folding } from '../../support/entries.ts';
import fc from 'fast-check';

/** A shelf in memory; the contract suite holds the real ones to the same behaviour. */
function memoryShelf(): Shelf & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    get: (key) => Promise.resolve(kept.get(key)),
    put: (key, value) => Promise.resolve(void kept.set(key, value.slice())),
    putNew: (key, value) => Promise.resolve(kept.has(key) ? false : !!kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
    list: (prefix) => Promise.resolve([...kept].filter(([key]) => key.startsWith(prefix))),
  };
}

describe('snapshots', () => {
  it('bring back the same picture, and the same verdicts after it', async () => {
    await fc.assert(
      fc.asyncProperty(randomPicture, async (random) => {
        const folding = foldRandom(random);
        const shelf = memoryShelf();
        await saveSnapshot(shelf, 'e1', folding.picture);
        const loaded = await loadSnapshot(shelf, 'e1');
        expect(loaded).toBeDefined();
        const { tracks: _one, ...rest } = folding.picture;
        const { tracks: _other, ...back } = loaded ?? folding.picture;
        expect(back).toEqual(rest);
        expect(loaded?.tracks.fixes).toBe(folding.picture.tracks.fixes);
      }),
      { numRuns: 30 },
    );
  });

  it('are stored in pieces, and the pieces of the one before go', async () => {
    const folding = new Folding();
    for (let minute = 0; minute < 400; minute++) {
      folding.fixes(Array.from({ length: 100 }, (_, unit) => fix(`u${unit}`, atStartMs + minute * 60_000)));
    }
    const shelf = memoryShelf();
    await saveSnapshot(shelf, 'e1', folding.picture);
    expect(shelf.kept.size).toBeGreaterThan(2);
    const before = shelf.kept.size;
    folding.fixes([fix('u1', atStartMs - 5)]);
    await saveSnapshot(shelf, 'e1', folding.picture);
    expect(shelf.kept.size).toBeLessThanOrEqual(before + 1);
    expect((await loadSnapshot(shelf, 'e1'))?.tracks.fixes).toBe(40_001);
  });

  it('are passed over when they are of another epoch, damaged, or not whole', async () => {
    const folding = new Folding();
    folding.fixes([fix('u', atStartMs)]);
    const shelf = memoryShelf();
    await saveSnapshot(shelf, 'e1', folding.picture);
    expect(await loadSnapshot(shelf, 'e2')).toBeUndefined();
    const piece = [...shelf.kept.keys()].find((key) => key.endsWith('/0')) ?? '';
    const bytes = shelf.kept.get(piece) ?? new Uint8Array();
    shelf.kept.set(piece, bytes.subarray(0, bytes.length / 2));
    expect(await loadSnapshot(shelf, 'e1')).toBeUndefined();
    shelf.kept.delete(piece);
    expect(await loadSnapshot(shelf, 'e1')).toBeUndefined();
    shelf.kept.set('snapshot/head', new Uint8Array([1, 2, 3]));
    expect(await loadSnapshot(shelf, 'e1')).toBeUndefined();
  });
});
