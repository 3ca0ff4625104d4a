import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { RecordRoom, RecordStatus } from '../../server/record/record.ts';
import { openRedisRecord, type RedisRecord } from '../../server/record/redis-record.ts';
import { startRedis, startSentinel, type RedisDirectives, type TestRedis } from '../support/redis.ts';
import { until } from '../support/wait.ts';
import { redisPlace } from './places.ts';
import {
  appendMany,
  appendUntilKilled,
  Collector,
  describeRecordContract,
  expectUnavailable,
  lineOf,
  plain,
  readAll,
  type RecordPlace,
} from './record-contract.ts';

const alwaysDurable: RedisDirectives = { appendonly: 'yes', appendfsync: 'always' };

let shared: TestRedis | undefined;
beforeAll(async () => {
  shared = await startRedis(alwaysDurable);
});
afterAll(() => shared?.remove());

function sharedUrl(): string {
  return shared?.url ?? '';
}

describeRecordContract('redis', async (): Promise<RecordPlace> => redisPlace(sharedUrl(), 'always'));

async function ownRedis(directives: RedisDirectives = {}): Promise<TestRedis> {
  const redis = await startRedis(directives);
  onTestFinished(() => redis.remove());
  return redis;
}

async function openOn(url: string, redisPrefix = 'nf'): Promise<RedisRecord> {
  const record = await openRedisRecord({ mode: 'live', redisUrl: url, redisPrefix });
  onTestFinished(() => record.close());
  return record;
}

async function tailOf(record: RecordRoom, from = 0): Promise<Collector> {
  const tail = new Collector();
  await record.tail(from, tail);
  return tail;
}

function untilStatus(
  record: RecordRoom,
  wanted: Partial<RecordStatus>,
  timeoutMs = 10_000,
): Promise<unknown> {
  const matches = (): boolean =>
    Object.entries(wanted).every(([name, value]) => Reflect.get(record.status(), name) === value);
  return until(matches, { what: `the status ${JSON.stringify(wanted)}`, timeoutMs });
}

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
});

describe('redis: when it fails', () => {
  it('says so when it stops, fails appends at once, and goes on with its tail when it is back', async () => {
    const redis = await ownRedis(alwaysDurable);
    const record = await openOn(redis.url);
    const tail = await tailOf(record);
    await appendMany(record, 10);
    await tail.untilSeq(10);
    await redis.stop();
    await untilStatus(record, { writable: false }, 3000);
    const before = performance.now();
    const failure = await expectUnavailable(record.append('events', Buffer.from('x')));
    expect(performance.now() - before).toBeLessThan(3000);
    expect(failure.message).toMatch(/^Redis at 127\.0\.0\.1:\d+ cannot be reached/);
    await expectUnavailable(record.shelf.put('k', Buffer.from('v')));
    await expectUnavailable(record.lastSeq());
    await expectUnavailable(readAll(record));
    await redis.restart();
    await untilStatus(record, { writable: true });
    await appendMany(record, 10, 'later');
    await tail.untilSeq(20);
    expect(tail.seqs).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(tail.epochs).toEqual([]);
  });

  it('notices within seconds that it hangs, and recovers', async () => {
    const redis = await ownRedis(alwaysDurable);
    const record = await openOn(redis.url);
    const tail = await tailOf(record);
    await appendMany(record, 3);
    redis.freeze();
    await untilStatus(record, { writable: false }, 4000);
    expect(record.status().reason).toContain('does not answer');
    const before = performance.now();
    await expectUnavailable(record.append('events', Buffer.from('x')));
    expect(performance.now() - before).toBeLessThan(4000);
    redis.thaw();
    await untilStatus(record, { writable: true });
    const { seq } = await record.append('events', Buffer.from('y'));
    await tail.untilSeq(seq);
    expect(plain(tail.entries)).toEqual(plain(await readAll(record)));
  });

  it('is not writable while Redis is out of memory', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    await redis.cli('CONFIG', 'SET', 'maxmemory', '1mb');
    await untilStatus(record, { writable: false });
    expect(record.status().reason).toContain('is out of memory');
    const failure = await expectUnavailable(record.append('events', Buffer.from('x')));
    expect(failure.message).toContain('is out of memory');
    await redis.cli('CONFIG', 'SET', 'maxmemory', '0');
    await untilStatus(record, { writable: true });
    await record.append('events', Buffer.from('x'));
  });

  it('is not writable on a read-only replica, reads there, and writes when it is promoted', async () => {
    const master = await ownRedis();
    const written = await appendMany(await openOn(master.url), 5);
    const replica = await ownRedis({ replicaof: `127.0.0.1 ${master.port}` });
    await until(async () => (await replica.cli('EXISTS', '{nf}:meta')).includes(':1'), {
      what: 'the replica to have the record',
    });
    const record = await openOn(replica.url);
    const tail = await tailOf(record);
    await tail.untilSeq(5);
    expect(plain(tail.entries)).toEqual(plain(written));
    expect(record.status().reason).toContain('is a read-only replica');
    await expectUnavailable(record.append('events', Buffer.from('x')));
    await replica.cli('REPLICAOF', 'NO', 'ONE');
    await untilStatus(record, { writable: true });
    expect((await record.append('events', Buffer.from('x'))).seq).toBe(6);
  });

  it('tells each change of its status once', async () => {
    const redis = await ownRedis(alwaysDurable);
    const record = await openOn(redis.url);
    const told: RecordStatus[] = [];
    record.onStatus((status) => told.push(status));
    await redis.cli('CONFIG', 'SET', 'maxmemory', '1mb');
    await untilStatus(record, { writable: false });
    await redis.cli('CONFIG', 'SET', 'maxmemory', '0');
    await untilStatus(record, { writable: true });
    expect(told.map((status) => status.writable)).toEqual([false, true]);
  });

  it('reads the durability anew when Redis comes back', async () => {
    const redis = await ownRedis(alwaysDurable);
    const record = await openOn(redis.url);
    await redis.cli('CONFIG', 'SET', 'appendfsync', 'everysec');
    await redis.cli('CLIENT', 'KILL', 'TYPE', 'normal');
    await untilStatus(record, { durability: 'everysec', writable: true });
  });
});

describe('redis: another life of the record', () => {
  it('gets a new epoch when Redis was emptied, and all servers agree on it', async () => {
    const redis = await ownRedis();
    const [one, two] = [await openOn(redis.url), await openOn(redis.url)];
    const { epoch } = one;
    const tails = [await tailOf(one), await tailOf(two)];
    await appendMany(one, 50);
    for (const tail of tails) await tail.untilSeq(50);
    await redis.cli('FLUSHALL');
    for (const tail of tails) await until(() => tail.epochs.length > 0, { what: 'the new epoch' });
    expect(one.epoch).not.toBe(epoch);
    expect(two.epoch).toBe(one.epoch);
    await untilStatus(two, { writable: true });
    expect((await two.append('events', Buffer.from('first'))).seq).toBe(1);
    for (const tail of tails) await tail.untilSeq(1);
    expect(tails.map((tail) => tail.epochs)).toEqual([[one.epoch], [one.epoch]]);
    expect(tails.map((tail) => tail.seqs)).toEqual([[1], [1]]);
  });

  it('gets a new epoch when Redis comes back with older data, and its tail starts over', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    const tail = await tailOf(record);
    await appendMany(record, 20);
    await redis.cli('SAVE');
    await appendMany(record, 20, 'lost');
    await tail.untilSeq(40);
    await redis.restart();
    await until(() => tail.epochs.length > 0, { what: 'the new epoch' });
    await untilStatus(record, { writable: true });
    const { seq } = await record.append('events', Buffer.from('after'));
    await tail.untilSeq(seq);
    expect(seq).toBe(21);
    expect(tail.epochs).toEqual([record.epoch]);
    expect(plain(tail.entries)).toEqual(plain(await readAll(record)));
  });

  it('notices a loss of entries that only its own appends had seen', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    const { epoch } = record;
    await redis.cli('SAVE');
    await appendMany(record, 5);
    await redis.restart();
    await until(() => record.epoch !== epoch, { what: 'the new epoch' });
    await untilStatus(record, { writable: true });
    await record.append('events', Buffer.from('x'));
    const tail = new Collector();
    await record.tail(5, tail);
    await tail.untilSeq(1);
    expect(tail.epochs).toEqual([record.epoch]);
  });

  it('notices that entries were lost though others have filled their numbers since', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    const tail = await tailOf(record);
    await appendMany(record, 10);
    await redis.cli('SAVE');
    const later = await ownRedis();
    await copyFile(join(redis.folder, 'dump.rdb'), join(later.folder, 'dump.rdb'));
    await later.restart();
    await appendMany(record, 10, 'lost');
    await tail.untilSeq(20);
    const other = await openOn(later.url);
    expect(other.epoch).toBe(record.epoch);
    await appendMany(other, 30, 'other');
    await later.cli('SAVE');
    await copyFile(join(later.folder, 'dump.rdb'), join(redis.folder, 'dump.rdb'));
    await redis.restart();
    await until(() => tail.epochs.length > 0, { what: 'the new epoch' });
    await tail.untilSeq(40);
    expect(plain(tail.entries)).toEqual(plain(await readAll(other)));
  });

  it('takes no append of a server that does not know the new epoch yet', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    await tailOf(record);
    await redis.cli('HSET', '{nf}:meta', 'epoch', 'another');
    const failure = await expectUnavailable(record.append('events', Buffer.from('x')));
    expect(failure.message).toContain('another state of the record');
    await until(() => record.epoch === 'another', { what: 'the new epoch to be taken over' });
    await until(() => record.append('events', Buffer.from('y')), { what: 'an append to be taken' });
  });

  it('keeps its hands off when a record of another mode stands there after a restart', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    const tail = await tailOf(record);
    await redis.cli('HSET', '{nf}:meta', 'mode', 'exercise', 'epoch', 'theirs');
    await untilStatus(record, { writable: false });
    expect(record.status().reason).toContain('made in exercise mode');
    await expectUnavailable(record.append('events', Buffer.from('x')));
    expect(tail.epochs).toEqual([]);
  });
});

describe('redis: what it refuses and what it reads of its server', () => {
  it('refuses an eviction policy that throws entries away, naming it', async () => {
    const redis = await ownRedis({ 'maxmemory-policy': 'allkeys-lru' });
    const line = await lineOf(openOn(redis.url));
    expect(line).toContain('(maxmemory-policy allkeys-lru): set "maxmemory-policy noeviction"');
  });

  it('says in one line, without the password, that it cannot be reached', async () => {
    const redis = await ownRedis();
    await redis.stop();
    const before = performance.now();
    const url = `redis://someone:s3cret@127.0.0.1:${redis.port}`;
    const line = await lineOf(openOn(url));
    expect(line).toBe(`Redis at 127.0.0.1:${redis.port} cannot be reached (ECONNREFUSED)`);
    expect(performance.now() - before).toBeLessThan(6000);
  });

  it('says in one line, without the password, that the password is wrong or missing', async () => {
    const redis = await ownRedis({ requirepass: 'right' });
    const address = `127.0.0.1:${redis.port}`;
    const expected = `Redis at ${address} refuses the user or password`;
    expect(await lineOf(openOn(`redis://:wr0ng@${address}`))).toBe(expected);
    expect(await lineOf(openOn(`redis://${address}`))).toBe(expected);
    await openOn(`redis://:right@${address}`);
  });

  it.each([
    [{ appendonly: 'yes', appendfsync: 'always' }, 'always'],
    [{ appendonly: 'yes', appendfsync: 'everysec' }, 'everysec'],
    [{ appendonly: 'yes', appendfsync: 'no' }, 'none'],
    [{}, 'none'],
  ] as const)('with %j says durability %s', async (directives, durability) => {
    const redis = await ownRedis(directives);
    expect((await openOn(redis.url)).status().durability).toBe(durability);
  });

  it('says everysec where CONFIG is forbidden and the append-only file is on', async () => {
    const redis = await ownRedis(alwaysDurable);
    await redis.cli('ACL', 'SETUSER', 'managed', 'on', '>pw', '~*', '&*', '+@all', '-config');
    const record = await openOn(`redis://managed:pw@127.0.0.1:${redis.port}`);
    expect(record.status().durability).toBe('everysec');
    await record.append('events', Buffer.from('x'));
  });

  it('refuses a prefix that would break the hash tag', async () => {
    expect(await lineOf(openOn(sharedUrl(), 'a}b'))).toContain('REDIS_PREFIX must not');
  });
});

describe('redis: cluster and sentinel', () => {
  it('works on a cluster, and asks for a list when given one of its nodes alone', async () => {
    const redis = await ownRedis({
      'cluster-enabled': 'yes',
      'cluster-announce-ip': '127.0.0.1',
      ...alwaysDurable,
    });
    await redis.cli('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
    await until(async () => (await redis.cli('CLUSTER', 'INFO')).includes('cluster_state:ok'), {
      what: 'the cluster to be ready',
    });
    expect(await lineOf(openOn(redis.url))).toContain('give REDIS_URL as a comma-separated list');
    const record = await openOn(`${redis.url},`);
    const tail = await tailOf(record);
    await appendMany(record, 300);
    await tail.untilSeq(300);
    expect(plain(tail.entries)).toEqual(plain(await readAll(record)));
    expect(record.status()).toEqual({ writable: true, durability: 'always' });
    await record.shelf.put('k', Buffer.from('v'));
    expect(await record.shelf.list('')).toHaveLength(1);
    await redis.restart();
    await until(() => record.append('events', Buffer.from('after')), { what: 'an append after the restart' });
    await tail.untilSeq(301);
  });

  it('finds the master behind sentinels, and the next one after a failover', async () => {
    const master = await ownRedis(alwaysDurable);
    const replica = await ownRedis({ ...alwaysDurable, replicaof: `127.0.0.1 ${master.port}` });
    const sentinel = await startSentinel(master.port);
    onTestFinished(() => sentinel.remove());
    await until(
      async () => (await sentinel.cli('SENTINEL', 'REPLICAS', 'mission')).includes(`${replica.port}`),
      {
        what: 'the sentinel to know the replica',
        timeoutMs: 30_000,
      },
    );
    const record = await openOn(`redis-sentinel://127.0.0.1:${sentinel.port}/mission`);
    const tail = await tailOf(record);
    await appendMany(record, 3);
    await tail.untilSeq(3);
    await until(async () => (await replica.cli('HGET', '{nf}:meta', 'seq')).includes('3'), {
      what: 'the replica to have the entries',
    });
    await master.kill9();
    await untilStatus(record, { writable: false });
    await untilStatus(record, { writable: true }, 30_000);
    await record.append('events', Buffer.from('after'));
    await tail.untilSeq(4);
    expect(tail.epochs).toEqual([]);
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
