import { describe, expect, it } from 'vitest';
import type { Stamp, StreamName } from '../../../server/record/record.ts';
import { RedisAppends } from '../../../server/record/redis/redis-appends.ts';

/** Counts up as Redis does, and keeps what it was called with. */
function counting() {
  const calls: Array<readonly [StreamName, number]> = [];
  let seq = 0;
  const appendAll = (stream: StreamName, bodies: readonly Uint8Array[]): Promise<readonly Stamp[]> => {
    calls.push([stream, bodies.length]);
    if (bodies.some((body) => body[0] === 0xff)) return Promise.reject(new Error('refused'));
    return Promise.resolve(bodies.map(() => ({ seq: ++seq, atMs: 1 })));
  };
  return { calls, appends: new RedisAppends(appendAll) };
}

const body = (first: number, length = 1): Uint8Array => new Uint8Array(length).fill(first);

describe('appends of one turn', () => {
  it('go in one call a stream, and each gets the stamp of its own place', async () => {
    const { calls, appends } = counting();
    const stamps = await Promise.all([
      appends.add('positions', body(1)),
      appends.add('events', body(2)),
      appends.add('positions', body(3)),
    ]);
    expect(calls).toEqual([
      ['events', 1],
      ['positions', 2],
    ]);
    expect(stamps.map(({ seq }) => seq)).toEqual([2, 1, 3]);
    await appends.add('positions', body(4));
    expect(calls).toHaveLength(3);
  });

  it('are parted where they are many or large', async () => {
    const { calls, appends } = counting();
    const many = Array.from({ length: 300 }, () => appends.add('positions', body(1)));
    const large = Array.from({ length: 3 }, () => appends.add('events', body(1, 700_000)));
    await Promise.all([...many, ...large]);
    expect(calls.filter(([stream]) => stream === 'positions').map(([, count]) => count)).toEqual([
      128, 128, 44,
    ]);
    expect(calls.filter(([stream]) => stream === 'events')).toHaveLength(3);
  });

  it('fail together, and nobody else with them', async () => {
    const { appends } = counting();
    const refused = [appends.add('positions', body(0xff)), appends.add('positions', body(1))];
    const other = appends.add('events', body(1));
    const settled = await Promise.allSettled([...refused, other]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await expect(appends.add('positions', body(1))).resolves.toBeDefined();
  });
});
