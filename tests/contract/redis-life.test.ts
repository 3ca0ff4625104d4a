import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../support/wait.ts';
import { appendMany, Collector, expectUnavailable, plain, readAll } from './record-helpers.ts';
import { openOn, ownRedis, tailOf, untilStatus } from './redis-helpers.ts';

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

  it('tells the new epoch before the first entry of the new life', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    await appendMany(record, 3);
    const told: string[] = [];
    await record.tail(0, {
      onEntries: (entries) => told.push(...entries.map((entry) => `entry ${entry.seq}`)),
      onEpoch: (epoch) => told.push(`epoch ${epoch}`),
    });
    await until(() => told.length === 3, { what: 'the entries so far' });
    const atOnce = `redis.call('HSET', KEYS[1], 'epoch', 'another', 'seq', '9')
      redis.call('XTRIM', KEYS[2], 'MAXLEN', 0)
      redis.call('XTRIM', KEYS[3], 'MAXLEN', 0)
      redis.call('XADD', KEYS[2], '9-0', 't', '5', 'b', 'new')`;
    await redis.cli('EVAL', atOnce, '3', '{nf}:meta', '{nf}:events', '{nf}:positions');
    await until(() => told.includes('entry 9'), { what: 'the entry of the new life' });
    expect(told).toEqual(['entry 1', 'entry 2', 'entry 3', 'epoch another', 'entry 9']);
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

  it('takes a new epoch over under load, while appends fail without end', async () => {
    const redis = await ownRedis();
    const record = await openOn(redis.url);
    const tail = await tailOf(record);
    await appendMany(record, 20);
    await redis.cli('SAVE');
    await appendMany(record, 20, 'lost');
    await tail.untilSeq(40);
    let loading = true;
    const load = Array.from({ length: 8 }, async () => {
      while (loading) await record.append('positions', Buffer.from('load')).catch(() => delay(5));
    });
    await redis.restart();
    await until(() => tail.epochs.length > 0, { what: 'the new epoch', timeoutMs: 8_000 });
    await untilStatus(record, { writable: true });
    loading = false;
    await Promise.all(load);
    expect(tail.epochs).toEqual([record.epoch]);
  });

  it('goes on behind an element that Redis numbered itself, in both streams and in one life', async () => {
    const redis = await ownRedis();
    const [one, two] = [await openOn(redis.url), await openOn(redis.url)];
    const tails = [await tailOf(one), await tailOf(two)];
    await appendMany(one, 5);
    await redis.cli('XADD', '{nf}:events', '*', 'someone', 'else');
    const written = [];
    for (const stream of ['positions', 'events', 'positions'] as const) {
      written.push((await two.append(stream, Buffer.from(stream))).seq);
      written.push((await one.append(stream, Buffer.from(stream))).seq);
    }
    for (const tail of tails) await tail.untilSeq(written.at(-1) ?? 0);
    expect(tails.map((tail) => tail.seqs.slice(-6))).toEqual([written, written]);
    expect(tails.map((tail) => tail.epochs)).toEqual([[], []]);
  });
});
