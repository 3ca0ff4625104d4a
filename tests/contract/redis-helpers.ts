import { onTestFinished } from 'vitest';
import type { RecordRoom, RecordStatus } from '../../server/record/record.ts';
import { openRedisRecord, type RedisRecord } from '../../server/record/redis-record.ts';
import { startRedis, type RedisDirectives, type TestRedis } from '../support/redis.ts';
import { until } from '../support/wait.ts';
import { Collector } from './record-helpers.ts';

export const alwaysDurable: RedisDirectives = { appendonly: 'yes', appendfsync: 'always' };

/** A Redis of this test alone, gone with it. */
export async function ownRedis(directives: RedisDirectives = {}): Promise<TestRedis> {
  const redis = await startRedis(directives);
  onTestFinished(() => redis.remove());
  return redis;
}

/** A record that is closed at the end of this test. */
export async function openOn(url: string, redisPrefix = 'nf'): Promise<RedisRecord> {
  const record = await openRedisRecord({ mode: 'live', redisUrl: url, redisPrefix });
  onTestFinished(() => record.close());
  return record;
}

/** What a tail of `record` tells. */
export async function tailOf(record: RecordRoom, from = 0): Promise<Collector> {
  const tail = new Collector();
  await record.tail(from, tail);
  return tail;
}

/** Waits until the status has these values; of a record that is writable again, until both its connections are back. */
export function untilStatus(
  record: RecordRoom,
  wanted: Partial<RecordStatus>,
  timeoutMs = 10_000,
): Promise<unknown> {
  const matches = async (): Promise<boolean> => {
    // Reading has a connection of its own, which may come back up to a second after the one that writes; and right
    // after a loss the status may not have heard of it yet.
    if (wanted.writable === true)
      await Promise.all([record.lastSeq(), record.leases.release('none', 'nobody')]);
    return Object.entries(wanted).every(([name, value]) => Reflect.get(record.status(), name) === value);
  };
  return until(matches, { what: `the status ${JSON.stringify(wanted)}`, timeoutMs });
}
