import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../server/record/embedded/group-commit.ts';

/** A writer whose batches end when the test says so. */
function heldWriter() {
  const batches: string[][] = [];
  const ends: { resolve(): void; reject(cause: Error): void }[] = [];
  const write = (items: readonly string[]): Promise<void> => {
    batches.push([...items]);
    return new Promise((resolve, reject) => ends.push({ resolve, reject }));
  };
  return { batches, ends, write };
}

async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('GroupCommit', () => {
  it('makes one batch of what arrives while another is being written', async () => {
    const { batches, ends, write } = heldWriter();
    const group = new GroupCommit(write);
    const first = group.add('a', 1);
    await settle();
    const later = [group.add('b', 1), group.add('c', 1)];
    await settle();
    expect(batches).toEqual([['a']]);
    ends[0]?.resolve();
    await first;
    await settle();
    expect(batches).toEqual([['a'], ['b', 'c']]);
    ends[1]?.resolve();
    await Promise.all(later);
    await group.idle();
  });

  it('rejects a failed batch whole and goes on with the next', async () => {
    const { ends, write } = heldWriter();
    const group = new GroupCommit(write);
    const failing = Promise.allSettled([group.add('a', 1), group.add('b', 1)]);
    await settle();
    const next = group.add('c', 1);
    ends[0]?.reject(new Error('full'));
    expect((await failing).map((result) => result.status)).toEqual(['rejected', 'rejected']);
    await settle();
    ends[1]?.resolve();
    await next;
  });

  it('bounds a batch, but writes an item larger than the bound alone', async () => {
    const { batches, ends, write } = heldWriter();
    const group = new GroupCommit(write, 10);
    const all = [group.add('large', 50), group.add('b', 6), group.add('c', 6)];
    for (let index = 0; index < 3; index += 1) {
      await settle();
      ends[index]?.resolve();
    }
    await Promise.all(all);
    expect(batches).toEqual([['large'], ['b'], ['c']]);
  });
});
