import { describe, expect, it, onTestFinished } from 'vitest';
import type { RecordStatus } from '../../server/record/record.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/wait.ts';
import { appendMany, expectUnavailable, plain, readAll } from './record-helpers.ts';
import { alwaysDurable, openOn, ownRedis, tailOf, untilStatus } from './redis-helpers.ts';

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

  it('gives no lease while it does not answer, and the same one afterwards if nobody took it', async () => {
    const redis = await ownRedis(alwaysDurable);
    const [one, two] = [await openOn(redis.url), await openOn(redis.url)];
    await one.leases.hold('work', 'one', 60_000);
    redis.freeze();
    await expectUnavailable(one.leases.hold('work', 'one', 60_000));
    redis.thaw();
    await Promise.all([one, two].map((record) => untilStatus(record, { writable: true })));
    expect(await two.leases.hold('work', 'two', 60_000)).toMatchObject({ held: false });
    expect(await one.leases.hold('work', 'one', 60_000)).toEqual({ held: true, fence: 1 });
  });

  it('gives no lease of another life of the record', async () => {
    const redis = await ownRedis(alwaysDurable);
    const record = await openOn(redis.url);
    await tailOf(record);
    await redis.cli('HSET', '{nf}:meta', 'epoch', 'another');
    await expectUnavailable(record.leases.hold('work', 'one', 60_000));
    await until(() => record.epoch === 'another', { what: 'the new epoch to be taken over' });
    expect(await record.leases.hold('work', 'one', 60_000)).toEqual({ held: true, fence: 1 });
  });

  it('gives up a connection that was taken and never answers, and comes back by another', async () => {
    const redis = await ownRedis(alwaysDurable);
    const proxy = await tcpProxy(redis.port);
    onTestFinished(() => proxy.close());
    const record = await openOn(`redis://127.0.0.1:${proxy.port}`);
    const tail = await tailOf(record);
    await appendMany(record, 3);
    const before = proxy.taken;
    proxy.halfOpen();
    await untilStatus(record, { writable: false }, 4000);
    // Connections made meanwhile are taken and swallowed too.
    await until(() => proxy.taken > before + 2, { what: 'new connections' });
    proxy.resume();
    await untilStatus(record, { writable: true });
    const { seq } = await record.append('events', Buffer.from('y'));
    await tail.untilSeq(seq);
  });
});
