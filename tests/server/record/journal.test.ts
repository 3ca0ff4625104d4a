import { describe, expect, it } from 'vitest';
import { Journal } from '../../../server/record/embedded/journal.ts';
import type { LevelOp } from '../../../server/record/embedded/level-store.ts';
import type { RecordEntry } from '../../../server/record/record.ts';

function journalOn(write: (ops: readonly LevelOp[]) => Promise<void>) {
  const committed: RecordEntry[] = [];
  let interruptions = 0;
  const journal = new Journal({ write }, { seq: 7, atMs: 1000 }, () => 500, {
    committed: (entries) => committed.push(...entries),
    interrupted: () => (interruptions += 1),
  });
  return { journal, committed, interruptions: () => interruptions };
}

describe('Journal', () => {
  it('never gives a number of a failed batch out again', async () => {
    let failing = true;
    const { journal, committed, interruptions } = journalOn(async () => {
      if (failing) throw new Error('IO error: /d/000005.log: No space left on device');
    });
    const failed = await Promise.allSettled([1, 2].map(() => journal.append('events', Buffer.from('x'))));
    expect(failed.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    expect(journal.status).toEqual({
      writable: false,
      reason: 'The disk of the data folder is full',
      durability: 'always',
    });
    expect(journal.durable.seq).toBe(7);
    expect(interruptions()).toBe(1);
    failing = false;
    expect(await journal.append('events', Buffer.from('x'))).toEqual({ seq: 10, atMs: 1000 });
    expect(journal.status.writable).toBe(true);
    expect(committed.map((entry) => entry.seq)).toEqual([10]);
    await journal.close();
  });

  it('becomes writable by itself, without an append', async () => {
    let failing = true;
    const { journal } = journalOn(async () => {
      if (failing) throw new Error('IO error');
    });
    await journal.append('events', Buffer.from('x')).catch(() => undefined);
    failing = false;
    await new Promise<void>((resolve) => journal.onStatus((status) => status.writable && resolve()));
    await journal.close();
  });
});
