import { describe, expect, it, onTestFinished } from 'vitest';
import { startSentinel } from '../support/redis.ts';
import { until } from '../support/wait.ts';
import { appendMany, lineOf, plain, readAll } from './record-helpers.ts';
import { alwaysDurable, openOn, ownRedis, tailOf, untilStatus } from './redis-helpers.ts';

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
    expect(await lineOf(openOn('redis://127.0.0.1', 'a}b'))).toContain('REDIS_PREFIX must not');
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
});
