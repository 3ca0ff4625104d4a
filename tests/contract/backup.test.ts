import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { backUp, restoreInto } from '../../server/record/backup.ts';
import type { CopyableRecord } from '../../server/record/copying.ts';
import { openRecord } from '../../server/record/open-record.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { embeddedPlaces, redisPlace } from './places.ts';
import {
  appendMany,
  Collector,
  expectUnavailable,
  lineOf,
  plain,
  readAll,
  type RecordPlace,
} from './record-helpers.ts';

const places = embeddedPlaces();
let redis: TestRedis | undefined;
let folder = '';
beforeAll(async () => {
  redis = await startRedis();
  folder = await mkdtemp(join(tmpdir(), 'nightflash-backup-'));
});
afterAll(async () => {
  await redis?.remove();
  await places.cleanUp();
  await rm(folder, { recursive: true, force: true });
});

type Kind = 'embedded' | 'redis';

async function makePlace(kind: Kind): Promise<RecordPlace> {
  return kind === 'embedded' ? places.makePlace() : redisPlace(redis?.url ?? '', 'none');
}

async function openAt(place: RecordPlace, mode: 'live' | 'exercise' = 'live'): Promise<CopyableRecord> {
  const record = await openRecord({ ...place.settings, mode });
  onTestFinished(() => record.close());
  return record;
}

async function openNew(kind: Kind): Promise<CopyableRecord> {
  return openAt(await makePlace(kind));
}

async function fill(record: CopyableRecord): Promise<void> {
  await appendMany(record, 1200);
  await record.append('events', Buffer.alloc(2_000_000, 'large'));
  await record.append('positions', new Uint8Array(0));
  await record.shelf.put('token/a', Uint8Array.from([0, 1, 255]));
  await record.shelf.put('secret', Buffer.from('é'));
  await record.shelf.put('snapshot/1', Buffer.alloc(1000));
}

let files = 0;

function newFile(): string {
  return join(folder, `backup-${(files += 1)}.nfb`);
}

async function backedUp(kind: Kind = 'embedded'): Promise<string> {
  const record = await openNew(kind);
  await fill(record);
  const file = newFile();
  await backUp(record, file);
  return file;
}

const directions = [
  ['embedded', 'embedded'],
  ['embedded', 'redis'],
  ['redis', 'embedded'],
  ['redis', 'redis'],
] as const;

describe('backup and restore', () => {
  it.each(directions)('copies %s to %s while it is being appended to', async (from, to) => {
    const source = await openNew(from);
    await fill(source);
    const expected = plain(await readAll(source));
    const file = newFile();
    const [summary] = await Promise.all([backUp(source, file), appendMany(source, 300, 'meanwhile')]);
    expect(summary.entries).toBeGreaterThanOrEqual(expected.length);
    expect(summary.entries).toBe(summary.lastSeq);
    expect(summary.shelfKeys).toBe(2);

    const place = await makePlace(to);
    const target = await openAt(place);
    expect(await restoreInto(target, file)).toEqual(summary);
    const restored = plain(await readAll(target));
    expect(restored).toEqual(plain(await readAll(source)).slice(0, summary.entries));
    expect(await target.shelf.list('')).toEqual([
      ['secret', Buffer.from('é')],
      ['token/a', Buffer.from([0, 1, 255])],
    ]);
    expect(target.epoch).not.toBe(source.epoch);
    const next = await target.append('events', Buffer.from('next'));
    expect(next.seq).toBe(summary.lastSeq + 1);
    const { epoch } = target;
    await target.close();
    const again = await openAt(place);
    expect(again.epoch).toBe(epoch);
    expect(plain(await readAll(again)).slice(0, -1)).toEqual(restored);
  });

  it('writes a file for this user alone, whole or not at all, and replaces an older one', async () => {
    const file = await backedUp();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const record = await openNew('embedded');
    await backUp(record, file);
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(await restoreInto(await openNew('embedded'), file)).toEqual({
      entries: 0,
      shelfKeys: 0,
      lastSeq: 0,
    });
    await lineOf(backUp(record, join(folder, 'no', 'such', 'folder')));
  });

  it.each(['embedded', 'redis'] as const)('refuses a record that is not empty: %s', async (kind) => {
    const file = await backedUp();
    const withEntry = await openNew(kind);
    await withEntry.append('events', Buffer.from('x'));
    const withShelf = await openNew(kind);
    await withShelf.shelf.put('k', Buffer.from('v'));
    for (const record of [withEntry, withShelf])
      expect(await lineOf(restoreInto(record, file))).toContain('only into an empty record');
    expect(await readAll(withEntry)).toHaveLength(1);
  });

  it('refuses another mode', async () => {
    const file = await backedUp();
    const target = await openAt(await makePlace('embedded'), 'exercise');
    expect(await lineOf(restoreInto(target, file))).toContain('cannot go into one of exercise mode');
  });

  it('tells a tail of the target, and other servers on it, to start over', async () => {
    const file = await backedUp();
    const place = await makePlace('redis');
    const [target, other] = [await openAt(place), await openAt(place)];
    const tail = new Collector();
    await other.tail(0, tail);
    await restoreInto(target, file);
    await tail.untilSeq(1202);
    expect(other.epoch).toBe(target.epoch);
    expect(plain(tail.entries)).toEqual(plain(await readAll(target)));
  });
});

describe('backup files that are not whole', () => {
  it('refuses a file cut short anywhere, before writing anything', async () => {
    const bytes = await readFile(await backedUp());
    const target = await openNew('embedded');
    const file = newFile();
    for (const part of [0, 0.1, 0.5, 0.9, 0.999]) {
      await writeFile(file, bytes.subarray(0, Math.floor(bytes.length * part)));
      expect(await lineOf(restoreInto(target, file)), `cut at ${part}`).toContain('cut short or altered');
      expect(await target.isEmpty()).toBe(true);
    }
  });

  it('refuses one with a changed byte anywhere, though it be packed again', async () => {
    const bytes = gunzipSync(await readFile(await backedUp()));
    const target = await openNew('embedded');
    const file = newFile();
    for (const part of [0, 0.0001, 0.01, 0.3, 0.7, 0.9999]) {
      const changed = Buffer.from(bytes);
      const at = Math.floor((bytes.length - 1) * part);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await writeFile(file, gzipSync(changed));
      expect(await lineOf(restoreInto(target, file)), `changed at ${at}`).not.toBe('it did not fail');
      expect(await target.isEmpty()).toBe(true);
    }
  });

  it('refuses one from which an entry was taken out, one of a newer version, and what is no backup', async () => {
    const bytes = gunzipSync(await readFile(await backedUp()));
    const target = await openNew('embedded');
    const header = 4 + bytes.readUInt32BE(0);
    const firstEntry = 4 + bytes.readUInt32BE(header);
    const file = newFile();
    const without = Buffer.concat([bytes.subarray(0, header), bytes.subarray(header + firstEntry)]);
    await writeFile(file, gzipSync(without));
    expect(await lineOf(restoreInto(target, file))).toContain('cut short or altered');
    const newer = bytes.toString('latin1').replace('"nightflashBackup":1', '"nightflashBackup":9');
    await writeFile(file, gzipSync(Buffer.from(newer, 'latin1')));
    expect(await lineOf(restoreInto(target, file))).toContain('made by a newer Nightflash');
    await writeFile(file, 'no gzip at all');
    expect(await lineOf(restoreInto(target, file))).toContain('is no whole backup');
    expect(await lineOf(restoreInto(target, `${file}.missing`))).toContain('cannot be read (ENOENT)');
    expect(await target.isEmpty()).toBe(true);
  });

  it.each(['embedded', 'redis'] as const)('never takes half a restore for a record: %s', async (kind) => {
    const place = await makePlace(kind);
    const target = await openAt(place);
    const half = await target.beginImport();
    await half.addEntries([{ seq: 1, atMs: 1, stream: 'events', body: Buffer.from('x') }]);
    await expectUnavailable(target.append('events', Buffer.from('y')));
    await target.close();
    expect(await lineOf(openAt(place))).toMatch(/restore .*did not finish/);
  });
});
