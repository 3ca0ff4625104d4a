import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mode, Stamp } from '../record.ts';
import { recordFormat } from '../record.ts';
import { newEpoch } from '../epoch.ts';
import { messageOf } from '../unavailable.ts';
import { decodeEntry, decodeStamp, entryKey, metaKey, seqOfKey, type MetaName } from './level-layout.ts';
import { LevelStore } from './level-store.ts';

export interface OpenedFolder {
  readonly store: LevelStore;
  readonly epoch: string;
  readonly last: Stamp;
}

/** Opens the level store in `<dataDir>/record` and finds, or makes, the record in it. */
export async function openFolder(dataDir: string, mode: Mode): Promise<OpenedFolder> {
  const store = await openStore(dataDir);
  try {
    if ((await store.page({ limit: 1 })).length === 0) await create(store, mode);
    await checkFitness(store, dataDir, mode);
    const epoch = await metaText(store, 'epoch');
    if (epoch === undefined)
      throw new Error(`DATA_DIR ${dataDir} holds no whole record: its epoch is missing`);
    return { store, epoch, last: await lastStamp(store) };
  } catch (cause) {
    await store.close();
    throw cause;
  }
}

async function openStore(dataDir: string): Promise<LevelStore> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await LevelStore.open(join(dataDir, 'record'));
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
    if (inner instanceof Error && 'code' in inner && inner.code === 'LEVEL_LOCKED')
      throw new Error(
        `DATA_DIR ${dataDir} is in use by another Nightflash server (only one process may open it)`,
        { cause },
      );
    throw new Error(`DATA_DIR ${dataDir} cannot be opened (${oneLine(messageOf(inner))})`, { cause });
  }
}

async function create(store: LevelStore, mode: Mode): Promise<void> {
  const put = (name: MetaName, value: string) =>
    ({ type: 'put', key: metaKey(name), value: Buffer.from(value) }) as const;
  await store.write([put('format', String(recordFormat)), put('mode', mode), put('epoch', newEpoch())]);
}

async function checkFitness(store: LevelStore, dataDir: string, mode: Mode): Promise<void> {
  const format = Number(await metaText(store, 'format'));
  if (!Number.isInteger(format) || format < 1)
    throw new Error(`DATA_DIR ${dataDir} holds no Nightflash record: its folder "record" is something else`);
  if (format > recordFormat)
    throw new Error(
      `DATA_DIR ${dataDir} holds a record of format ${format}, made by a newer Nightflash; this one knows up to ${recordFormat}`,
    );
  const made = await metaText(store, 'mode');
  if (made !== mode)
    throw new Error(
      `DATA_DIR ${dataDir} holds a record made in ${made} mode; it cannot be opened in ${mode} mode`,
    );
  if ((await metaText(store, 'restoring')) !== undefined)
    throw new Error(`DATA_DIR ${dataDir} holds a restore that did not finish; empty it and restore again`);
}

/** The counter and the clock go on from here: the highest of what was noted and what is there. */
async function lastStamp(store: LevelStore): Promise<Stamp> {
  const noted = decodeStamp(await store.get(metaKey('last')));
  const range = { gt: entryKey(0), lte: entryKey(Number.MAX_SAFE_INTEGER), reverse: true, limit: 1 };
  const [pair] = await store.page(range);
  if (pair === undefined) return noted;
  // A damaged last entry still has its number.
  const seq = Math.max(noted.seq, seqOfKey(pair[0]) ?? 0);
  return { seq, atMs: Math.max(noted.atMs, decodeEntry(...pair)?.atMs ?? 0) };
}

async function metaText(store: LevelStore, name: MetaName): Promise<string | undefined> {
  return (await store.get(metaKey(name)))?.toString();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
