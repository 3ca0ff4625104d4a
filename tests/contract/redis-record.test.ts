import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisRecord } from '../../server/record/redis-record.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { until } from '../support/wait.ts';
import { redisPlace } from './places.ts';
import { describeRecordContract } from './record-contract.ts';
import { appendMany, appendUntilKilled, plain, readAll, type RecordPlace } from './record-helpers.ts';
import { alwaysDurable, openOn, ownRedis, tailOf, untilStatus } from './redis-helpers.ts';

let shared: TestRedis | undefined;
beforeAll(async () => {
  shared = await startRedis(alwaysDurable);
});
afterAll(() => shared?.remove());

function sharedUrl(): string {
  return shared?.url ?? '';
}

describeRecordContract('redis', async (): Promise<RecordPlace> => redisPlace(sharedUrl(), 'always'));

describe('redis: many servers on one record', () => {
  it('gives all servers one order, while all of them append', async () => {
    const servers = await Promise.all([1, 2, 3].map(() => openOn(sharedUrl(), 'many')));
    expect(new Set(servers.map((server) => server.epoch)).size).toBe(1);
    const tails = await Promise.all(servers.map((server) => tailOf(server)));
    await Promise.all(servers.map((server, index) => appendMany(server, 700, `server ${index} `)));
    for (const tail of tails) await tail.untilSeq(2100);
    const read = plain(await readAll(servers[0] as RedisRecord)); // there are three
    expect(read).toHaveLength(2100);
    for (const tail of tails) expect(plain(tail.entries)).toEqual(read);
  });

  it('lets one server of many have a free key', async () => {
    const servers = await Promise.all([1, 2, 3].map(() => openOn(sharedUrl(), 'races')));
    const tries = await Promise.all(servers.map(({ shelf }, i) => shelf.putNew('k', Buffer.from([i]))));
    expect(tries.filter(Boolean)).toHaveLength(1);
  });

  it('has every acknowledged entry after kill -9 of Redis with appendfsync always', async () => {
    const redis = await ownRedis(alwaysDurable);
    const record = await openOn(redis.url);
    const acknowledged: number[] = [];
    const appending = Array.from({ length: 16 }, async () => {
      for (;;) acknowledged.push((await record.append('events', Buffer.from('x'))).seq);
    });
    const ended = Promise.allSettled(appending);
    await until(() => acknowledged.length > 500, { what: '500 acknowledgments' });
    await redis.kill9();
    await ended;
    await redis.restart();
    await untilStatus(record, { writable: true });
    const found = new Set((await readAll(record)).map((entry) => entry.seq));
    expect(acknowledged.filter((seq) => !found.has(seq))).toEqual([]);
  });

  it('moves its counter past entries that stand beyond it', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    await redis.cli('XADD', '{nf}:positions', '50-0', 't', '5', 'b', 'beyond');
    await redis.cli('XADD', '{nf}:events', '1-0', 't', '5', 'b', 'one');
    expect((await record.append('events', Buffer.from('next'))).seq).toBe(51);
  });

  it('has what a killed server had acknowledged, seen by another server', async () => {
    const watching = await openOn(sharedUrl(), 'watched');
    const tail = await tailOf(watching);
    const portable = {
      mode: 'live',
      dataDir: '/nowhere',
      redisUrl: sharedUrl(),
      redisPrefix: 'watched',
    } as const;
    const acknowledged = await appendUntilKilled(portable, 200);
    await tail.untilSeq(Math.max(...acknowledged.keys()));
    const seen = new Set(tail.seqs);
    expect([...acknowledged.keys()].filter((seq) => !seen.has(seq))).toEqual([]);
  });
});
