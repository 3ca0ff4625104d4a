import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  backupVersion,
  encodeBackup,
  readBackup,
  type BackupHeader,
  type BackupItem,
} from './backup-file.ts';
import type { CopyableRecord, RecordImport } from './copying.ts';
import { recordFormat, type RecordEntry, type Stamp } from './record.ts';

export interface BackupSummary {
  readonly entries: number;
  readonly shelfKeys: number;
  readonly lastSeq: number;
}

/**
 * Not copied: what a picture can make anew; and the keys of callers' words, since an old copy of a key would bring
 * back what was erased. Words in a restored record can be read where the store still has their keys, and nowhere else.
 */
const notCopied = ['snapshot/', 'source/text/'];
const batchEntries = 512;
const batchBytes = 4 * 1024 * 1024;

/**
 * Copies a record, running or not, into one file: all entries up to the last one at the start, then the shelf, so
 * that a secret that an entry needs is there too. The file (mode 0600, it holds secrets) appears under its name
 * only when it is whole and on disk; one that was there before is replaced.
 */
export async function backUp(record: CopyableRecord, filePath: string): Promise<BackupSummary> {
  const summary = { entries: 0, shelfKeys: 0, lastSeq: await record.lastSeq() };
  const partial = `${filePath}.partial`;
  try {
    const file = createWriteStream(partial, { mode: 0o600, flush: true });
    await pipeline(encodeBackup(itemsOf(record, summary)), createGzip({ level: 4 }), file);
    await rename(partial, filePath);
    await syncFolder(dirname(filePath));
  } catch (cause) {
    await rm(partial, { force: true });
    throw cause;
  }
  return summary;
}

/**
 * Restores a backup into an empty record. First reads all of the file and compares its counts and checksum, so
 * that a file that was cut short or altered is refused before anything is written. Entries keep their seq and
 * time; the record gets a new epoch, since nobody's cursor into the old life may be trusted here.
 */
export async function restoreInto(record: CopyableRecord, filePath: string): Promise<BackupSummary> {
  const { header, last, ...counts } = await verify(filePath);
  if (header.format > recordFormat)
    throw new Error(`${filePath} holds a record of format ${header.format}, made by a newer Nightflash`);
  if (header.mode !== record.mode)
    throw new Error(
      `${filePath} holds a record of ${header.mode} mode; it cannot go into one of ${record.mode} mode`,
    );
  if (!(await record.isEmpty()))
    throw new Error('A backup can be restored only into an empty record; this one is not');
  const target = await record.beginImport();
  await copyInto(target, filePath);
  await target.finish(last);
  return { ...counts, lastSeq: last.seq };
}

async function* itemsOf(
  record: CopyableRecord,
  summary: { entries: number; shelfKeys: number; readonly lastSeq: number },
): AsyncGenerator<BackupItem> {
  const { epoch, mode } = record;
  const { lastSeq } = summary;
  yield {
    kind: 'header',
    header: { nightflashBackup: backupVersion, format: recordFormat, mode, epoch, lastSeq },
  };
  for await (const entry of record.read(0)) {
    if (entry.seq > lastSeq) break;
    summary.entries += 1;
    yield { kind: 'entry', entry };
  }
  for (const [key, value] of await record.shelf.list('')) {
    if (notCopied.some((prefix) => key.startsWith(prefix))) continue;
    summary.shelfKeys += 1;
    yield { kind: 'shelf', key, value };
  }
  if (record.epoch !== epoch)
    throw new Error('The record was replaced by another one during the backup; try again');
}

interface Verified {
  readonly header: BackupHeader;
  readonly last: Stamp;
  readonly entries: number;
  readonly shelfKeys: number;
}

async function verify(filePath: string): Promise<Verified> {
  let header: BackupHeader | undefined;
  let last: Stamp = { seq: 0, atMs: 0 };
  let entries = 0;
  let shelfKeys = 0;
  for await (const item of readBackup(filePath)) {
    if (item.kind === 'header') header = item.header;
    if (item.kind === 'shelf') shelfKeys += 1;
    if (item.kind !== 'entry') continue;
    entries += 1;
    last = { seq: item.entry.seq, atMs: item.entry.atMs };
  }
  if (header === undefined) throw new Error(`${filePath} is no backup`);
  return { header, last: { seq: Math.max(last.seq, header.lastSeq), atMs: last.atMs }, entries, shelfKeys };
}

async function copyInto(target: RecordImport, filePath: string): Promise<void> {
  let batch: RecordEntry[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await target.addEntries(batch);
    batch = [];
    bytes = 0;
  };
  for await (const item of readBackup(filePath)) {
    if (item.kind === 'shelf') await target.addToShelf(item.key, item.value);
    if (item.kind !== 'entry') continue;
    batch.push(item.entry);
    bytes += item.entry.body.length;
    if (batch.length >= batchEntries || bytes >= batchBytes) await flush();
  }
  await flush();
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
