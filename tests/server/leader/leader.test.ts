import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { standForLeader, type Leader } from '../../../server/leader/leader.ts';
import type { RecordRoom } from '../../../server/record/record.ts';
import { openEmbeddedRecord } from '../../../server/record/embedded-record.ts';
import { embeddedPlaces } from '../../contract/places.ts';
import { alwaysDurable, openOn, ownRedis, untilStatus } from '../../contract/redis-helpers.ts';
import { until } from '../../support/wait.ts';

const places = embeddedPlaces();
afterAll(places.cleanUp);

/** A server that stands for leader, with a clock that a test can stop or push on. */
function candidate(record: Pick<RecordRoom, 'leases'>, holder: string): Leader & { push(ms: number): void } {
  let pushedMs = 0;
  const leader = standForLeader({
    leases: record.leases,
    holder,
    monotonicMs: () => performance.now() + pushedMs,
  });
  onTestFinished(() => leader.stepDown());
  return { ...leader, push: (ms) => void (pushedMs += ms) };
}

const leading = (...leaders: Leader[]): Leader[] => leaders.filter((leader) => leader.leads());

describe('leader', () => {
  it('is one of several servers, and another one as soon as it steps down', async () => {
    const redis = await ownRedis(alwaysDurable);
    const [one, two] = [candidate(await openOn(redis.url), 'one'), candidate(await openOn(redis.url), 'two')];
    const first = await until(() => leading(one, two)[0], { what: 'a leader' });
    expect(leading(one, two)).toEqual([first]);
    expect(first.fence()).toBe(1);
    await first.stepDown();
    expect(first.leads()).toBe(false);
    const second = await until(() => leading(one, two)[0], { what: 'the next leader' });
    expect(second).not.toBe(first);
    expect(second.fence()).toBe(2);
  });

  it('is never two at once when the record freezes, and one of them again when it answers', async () => {
    const redis = await ownRedis(alwaysDurable);
    const records = [await openOn(redis.url), await openOn(redis.url)] as const;
    const [one, two] = [candidate(records[0], 'one'), candidate(records[1], 'two')];
    await until(() => leading(one, two).length === 1, { what: 'a leader' });
    redis.freeze();
    await until(() => leading(one, two).length === 0, { what: 'the leader to give up its belief' });
    redis.thaw();
    let most = 0;
    await Promise.all(records.map((record) => untilStatus(record, { writable: true })));
    await until(
      () => {
        most = Math.max(most, leading(one, two).length);
        return leading(one, two).length > 0;
      },
      { what: 'a leader again' },
    );
    expect(most).toBe(1);
  });

  it('believes no longer than its lease lasts, by a clock that nobody sets, though its process hung', async () => {
    const redis = await ownRedis(alwaysDurable);
    const one = candidate(await openOn(redis.url), 'one');
    await until(() => one.leads(), { what: 'a leader' });
    redis.freeze();
    one.push(3_000);
    expect(one.leads()).toBe(false);
    expect(one.fence()).toBeUndefined();
    redis.thaw();
  });

  it('leads alone on an embedded record, again after a restart', async () => {
    const { settings } = await places.makePlace();
    for (const fence of [1, 2]) {
      const record = await openEmbeddedRecord(settings);
      const leader = candidate(record, `boot ${fence}`);
      await until(() => leader.leads(), { what: 'to lead' });
      expect(leader.fence()).toBe(fence);
      await leader.stepDown();
      await record.close();
    }
  });
});
