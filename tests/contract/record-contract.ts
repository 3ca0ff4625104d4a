import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CopyableRecord } from '../../server/record/copying.ts';
import { openRecord, type RecordSettings } from '../../server/record/open-record.ts';
import type { RecordEntry, RecordRoom } from '../../server/record/record.ts';
import { until } from '../support/wait.ts';
import {
  appendMany,
  appendUntilKilled,
  Collector,
  expectUnavailable,
  lineOf,
  plain,
  readAll,
  type RecordPlace,
} from './record-helpers.ts';

/** Every promise of `record.ts`, held against one implementation. `makePlace` gives a fresh place for each test. */
export function describeRecordContract(name: string, makePlace: () => Promise<RecordPlace>): void {
  describe(`${name}: the record's promises`, () => {
    let place: RecordPlace;
    const opened: RecordRoom[] = [];
    const open = async (overrides: Partial<RecordSettings> = {}): Promise<CopyableRecord> => {
      const record = await openRecord({ ...place.settings, ...overrides });
      opened.push(record);
      return record;
    };
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((record) => record.close()));
    });
    const context = { open, place: () => place };
    describeOrder(context);
    describeTail(context);
    describeLife(context);
    describeShelf(context);
    describeLeases(context);
    describeDurability(context);
  });
}

interface Context {
  open(overrides?: Partial<RecordSettings>): Promise<CopyableRecord>;
  place(): RecordPlace;
}

function describeOrder({ open, place }: Context): void {
  it('numbers entries of both streams by one counter and reads them back in that order', async () => {
    const record = await open();
    expect(await record.lastSeq()).toBe(0);
    expect(await readAll(record)).toEqual([]);
    const written = await appendMany(record, 2500);
    expect(new Set(written.map((entry) => entry.seq)).size).toBe(2500);
    expect(plain(await readAll(record))).toEqual(plain(written));
    expect(await record.lastSeq()).toBe(written.at(-1)?.seq);
    const middle = written[1200]?.seq ?? 0;
    expect(plain(await readAll(record, middle))).toEqual(plain(written.slice(1201)));
    expect(await readAll(record, await record.lastSeq())).toEqual([]);
  });

  it('reads every entry when one stream is far longer than the other', async () => {
    const record = await open();
    await appendMany(record, 3);
    for (let round = 0; round < 5; round += 1)
      await Promise.all(Array.from({ length: 700 }, () => record.append('positions', Buffer.from('p'))));
    await record.append('events', Buffer.from('e'));
    const entries = await readAll(record);
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 3504 }, (_, index) => index + 1));
    expect(entries.at(-1)?.stream).toBe('events');
  });

  it('keeps bodies as they were when append was called, empty, binary and large ones too', async () => {
    const record = await open();
    const reused = Buffer.from('first');
    const acknowledged = record.append('events', reused);
    await acknowledged;
    reused.fill(0);
    const binary = Uint8Array.from({ length: 256 }, (_, index) => index);
    const large = Buffer.alloc(5_000_000, 'large');
    for (const body of [new Uint8Array(0), binary, large]) await record.append('positions', body);
    const bodies = (await readAll(record)).map((entry) => Buffer.from(entry.body));
    expect(bodies.map((body) => body.length)).toEqual([5, 0, 256, 5_000_000]);
    expect(bodies[0]?.toString()).toBe('first');
    expect(bodies[2]?.equals(binary)).toBe(true);
    expect(bodies[3]?.equals(large)).toBe(true);
  });

  it('reads up to the last entry at the time of the call', async () => {
    const record = await open();
    await appendMany(record, 10);
    const reading = record.read(0)[Symbol.asyncIterator]();
    const first = await reading.next();
    await appendMany(record, 10, 'later');
    const rest: number[] = [];
    for (let next = await reading.next(); next.done !== true; next = await reading.next())
      rest.push(next.value.seq);
    expect([first.value?.seq, ...rest]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('never lets time go back, whatever the clock does', async () => {
    const record = await open();
    await appendMany(record, 5);
    await place().turnClockBack();
    await appendMany(record, 5, 'later');
    const times = (await readAll(record)).map((entry) => entry.atMs);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times.every(Number.isSafeInteger)).toBe(true);
  });
}

function describeTail({ open, place }: Context): void {
  it('tells a tail from the start exactly what reading tells', async () => {
    const record = await open();
    const tail = new Collector();
    await record.tail(0, tail);
    const written = await appendMany(record, 1500);
    await tail.untilSeq(written.at(-1)?.seq ?? 0);
    expect(plain(tail.entries)).toEqual(plain(written));
    expect(plain(tail.entries)).toEqual(plain(await readAll(record)));
    expect(tail.epochs).toEqual([]);
  });

  it('leaves no gap and nothing twice when the tail begins amid appends', async () => {
    const record = await open();
    const before = await appendMany(record, 3000);
    const appending = (async () => {
      for (let round = 0; round < 40; round += 1) await appendMany(record, 50, `round ${round} `);
    })();
    const tail = new Collector();
    const from = before[999]?.seq ?? 0;
    await record.tail(from, tail);
    await appending;
    await tail.untilSeq(await record.lastSeq());
    expect(plain(tail.entries)).toEqual(plain(await readAll(record, from)));
    expect(tail.entries).toHaveLength(4000);
  });

  it('does not call the listener after stop, and lets another tail begin then', async () => {
    const record = await open();
    const first = new Collector();
    const handle = await record.tail(0, first);
    await expect(record.tail(0, new Collector())).rejects.toThrow('has a tail already');
    await appendMany(record, 5);
    await first.untilSeq(5);
    await handle.stop();
    await appendMany(record, 5, 'later');
    const second = new Collector();
    await record.tail(5, second);
    await second.untilSeq(10);
    expect(first.seqs).toEqual([1, 2, 3, 4, 5]);
    expect(second.seqs).toEqual([6, 7, 8, 9, 10]);
  });

  it('passes over what is no entry, counts it, and goes on', async () => {
    const record = await open();
    await appendMany(record, 3);
    await record.close();
    await place().writeDamaged(4);
    const again = await open();
    await appendMany(again, 3, 'later');
    const tail = new Collector();
    await again.tail(0, tail);
    await tail.untilSeq(await again.lastSeq());
    expect(await readAll(again)).toHaveLength(6);
    expect(tail.entries).toHaveLength(6);
    expect(again).toHaveProperty('damaged', 2);
  });
}

function describeLife({ open, place }: Context): void {
  it('is the same record with the same epoch when it is opened again', async () => {
    const record = await open();
    const { epoch } = record;
    const written = await appendMany(record, 20);
    await record.close();
    const again = await open();
    expect(again.epoch).toBe(epoch);
    expect(plain(await readAll(again))).toEqual(plain(written));
    expect((await again.append('events', Buffer.from('next'))).seq).toBeGreaterThan(20);
  });

  it('says how durable it is', async () => {
    const record = await open();
    expect(record.status()).toEqual({ writable: true, durability: place().durability });
  });

  it('refuses to be opened in another mode', async () => {
    await (await open({ mode: 'live' })).close();
    const line = await lineOf(open({ mode: 'exercise' }));
    expect(line).toContain('made in live mode; it cannot be opened in exercise mode');
  });

  it('stores its format, and refuses one that is newer', async () => {
    await (await open()).close();
    expect(await place().getFormat()).toBe('1');
    await place().setFormat(2);
    expect(await lineOf(open())).toContain('format 2, made by a newer Nightflash; this one knows up to 1');
  });

  it('opens a record of format 1', async () => {
    const entries: RecordEntry[] = [
      { seq: 1, atMs: 1_700_000_000_000, stream: 'positions', body: Buffer.from([1, 2, 3]) },
      { seq: 4, atMs: 1_700_000_000_500, stream: 'events', body: Buffer.from('report') },
      { seq: 2 ** 33, atMs: 4_102_444_800_000, stream: 'positions', body: Buffer.alloc(0) },
    ];
    await place().writeFormat1('live', 'fixture-epoch', entries);
    const record = await open();
    expect(record.epoch).toBe('fixture-epoch');
    expect(plain(await readAll(record))).toEqual(plain(entries));
    expect(await record.append('events', Buffer.from('new'))).toEqual({
      seq: 2 ** 33 + 1,
      atMs: 4_102_444_800_000,
    });
  });

  it('rejects appends once it is closed', async () => {
    const record = await open();
    await record.close();
    await expectUnavailable(record.append('events', Buffer.from('late')));
  });
}

function describeShelf({ open }: Context): void {
  it('gets what was put, lists by prefix, deletes, and keeps it all over a restart', async () => {
    const record = await open();
    const value = Uint8Array.from([0, 255, 10, 13]);
    await record.shelf.put('token/a', value);
    await record.shelf.put('token/é*[', Buffer.from('odd'));
    await record.shelf.put('tokens', Buffer.from('not below token/'));
    await record.shelf.put('token/gone', Buffer.from('x'));
    await record.shelf.delete('token/gone');
    await record.shelf.delete('token/never');
    await record.close();
    const { shelf } = await open();
    const list = async (prefix: string): Promise<unknown> =>
      (await shelf.list(prefix)).map(([key, bytes]) => [key, Buffer.from(bytes).toString('latin1')]);
    expect(Buffer.from((await shelf.get('token/a')) ?? []).equals(value)).toBe(true);
    expect(await shelf.get('token/gone')).toBeUndefined();
    expect(await list('token/')).toEqual([
      ['token/a', '\x00\xff\n\r'],
      ['token/é*[', 'odd'],
    ]);
    expect(await list('token/é*[')).toEqual([['token/é*[', 'odd']]);
    expect(await list('')).toHaveLength(3);
  });

  it('lets exactly one of many putNew calls have a key', async () => {
    const { shelf } = await open();
    const tries = await Promise.all(
      Array.from({ length: 40 }, (_, index) => shelf.putNew('leader', Buffer.from(String(index)))),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    const winner = String(tries.indexOf(true));
    expect(Buffer.from((await shelf.get('leader')) ?? []).toString()).toBe(winner);
    await shelf.delete('leader');
    expect(await shelf.putNew('leader', Buffer.from('again'))).toBe(true);
  });

  it('lists many and large values', async () => {
    const { shelf } = await open();
    const names = Array.from({ length: 1200 }, (_, index) => `k/${String(index).padStart(5, '0')}`);
    await Promise.all(names.map((key) => shelf.put(key, Buffer.from(key))));
    await shelf.put('k/large', Buffer.alloc(3_000_000, 1));
    const found = await shelf.list('k/');
    expect(found.map(([key]) => key)).toEqual([...names, 'k/large']);
    expect(found.at(-1)?.[1].length).toBe(3_000_000);
  });
}

function describeLeases({ open, place }: Context): void {
  it('lets exactly one of many have a lease, renews it for that one, and tells the others how long it lasts', async () => {
    const { leases } = await open();
    const holders = Array.from({ length: 20 }, (_, index) => `server-${index}`);
    const answers = await Promise.all(holders.map((holder) => leases.hold('work', holder, 60_000)));
    expect(answers.filter(({ held }) => held)).toEqual([{ held: true, fence: 1 }]);
    const winner = holders[answers.findIndex(({ held }) => held)] ?? '';
    const refused = answers.find(({ held }) => !held);
    expect(refused).toEqual({ held: false, leftMs: expect.any(Number) as unknown });
    expect(refused && 'leftMs' in refused && refused.leftMs > 0 && refused.leftMs <= 60_000).toBe(true);
    expect(await leases.hold('work', winner, 60_000)).toEqual({ held: true, fence: 1 });
    expect(await leases.hold('other work', 'server-x', 60_000)).toEqual({ held: true, fence: 1 });
  });

  it('gives a lease to the next, with a larger fence, once it is released by its holder and by nobody else', async () => {
    const { leases } = await open();
    await leases.hold('work', 'one', 60_000);
    await leases.release('work', 'two');
    expect(await leases.hold('work', 'two', 60_000)).toMatchObject({ held: false });
    await leases.release('work', 'one');
    expect(await leases.hold('work', 'two', 60_000)).toEqual({ held: true, fence: 2 });
  });

  it('ends a lease whose holder has vanished, also for itself', async () => {
    const { leases } = await open();
    await leases.hold('work', 'vanished', 100);
    await until(async () => (await leases.hold('work', 'next', 100)).held, { what: 'the lease to be free' });
    await until(async () => (await leases.hold('work', 'vanished', 60_000)).held, {
      what: 'it to end again',
    });
    expect(await leases.hold('work', 'vanished', 60_000)).toEqual({ held: true, fence: 3 });
  });

  it('keeps a lease whatever the clock of the server does', async () => {
    const record = await open();
    await record.leases.hold('work', 'one', 60_000);
    await place().turnClockBack();
    await record.append('events', Buffer.from('x'));
    expect(await record.leases.hold('work', 'two', 60_000)).toMatchObject({ held: false });
    expect(await record.leases.hold('work', 'one', 60_000)).toEqual({ held: true, fence: 1 });
  });

  it('goes on with larger fences when it is opened again', async () => {
    const record = await open();
    await record.leases.hold('work', 'one', 60_000);
    await record.leases.release('work', 'one');
    await record.close();
    const again = await open();
    expect(await again.leases.hold('work', 'two', 60_000)).toEqual({ held: true, fence: 2 });
  });

  it('gives no lease once it is closed', async () => {
    const record = await open();
    await record.close();
    await expectUnavailable(record.leases.hold('work', 'late', 1_000));
  });
}

function describeDurability({ open, place }: Context): void {
  it('has every acknowledged entry after kill -9 of the server', async () => {
    const acknowledged = await appendUntilKilled(place().portable, 400);
    const entries = new Map((await readAll(await open())).map((entry) => [entry.seq, entry]));
    for (const [seq, body] of acknowledged)
      expect(Buffer.from(entries.get(seq)?.body ?? []).toString(), `entry ${seq}`).toBe(body);
    const times = [...entries.values()].map((entry) => entry.atMs);
    expect(times).toEqual([...times].sort((one, other) => one - other));
  });
}
