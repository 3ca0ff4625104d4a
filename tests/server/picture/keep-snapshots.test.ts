import { describe, expect, it } from 'vitest';
import { keepSnapshots } from '../../../server/picture/keep-snapshots.ts';
import type { Writing } from '../../../server/picture/snapshot.ts';
import { Folding } from '../../support/entries.ts';

/** A picture that says how far it is and how far its last snapshot; `writes` is what was asked of it. */
function setUp() {
  const { picture } = new Folding();
  const state = { snapshotSeq: 0, foldedBytes: 0, leads: true, succeeds: true };
  const writes: Writing[] = [];
  const keeper = keepSnapshots({
    livePicture: {
      picture,
      get foldedBytes() {
        return state.foldedBytes;
      },
      snapshotSeq: () => Promise.resolve(state.snapshotSeq),
      saveSnapshot(writing) {
        writes.push(writing);
        if (!state.succeeds) return Promise.reject(new Error('no room'));
        state.snapshotSeq = picture.seq;
        return Promise.resolve({ seq: picture.seq, bytes: 1 });
      },
    },
    writer: 'w',
    leads: () => state.leads,
    log: { info: () => undefined, warn: () => undefined },
  });
  const run = (): Promise<void> => keeper.run(new AbortController().signal);
  return { picture, state, writes, keeper, run };
}

describe('keeping snapshots', () => {
  it('writes one when a start would have 20,000 entries to fold, or 16 MiB, and not before', async () => {
    const { picture, state, writes, run } = setUp();
    picture.seq = 19_999;
    await run();
    expect(writes).toHaveLength(0);
    picture.seq = 20_000;
    await run();
    expect(writes).toHaveLength(1);
    state.foldedBytes = 16 * 1024 * 1024 - 1;
    await run();
    expect(writes).toHaveLength(1);
    state.foldedBytes++;
    await run();
    expect(writes).toHaveLength(2);
  });

  it('lets one stand only while this server leads', async () => {
    const { picture, state, writes, run } = setUp();
    picture.seq = 20_000;
    await run();
    expect(writes[0]?.mayStand?.()).toBe(true);
    state.leads = false;
    expect(writes[0]?.mayStand?.()).toBe(false);
  });

  it('writes a last one at a stop that is worth it, only where this server leads, and never fails the stop', async () => {
    const { picture, state, writes, keeper } = setUp();
    picture.seq = 999;
    await keeper.atStop();
    picture.seq = 1_000;
    state.leads = false;
    await keeper.atStop();
    expect(writes).toHaveLength(0);
    state.leads = true;
    state.succeeds = false;
    await keeper.atStop();
    expect(writes).toHaveLength(1);
  });
});
