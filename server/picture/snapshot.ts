import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { decode, encode } from '@msgpack/msgpack';
import type { Shelf } from '../record/record.ts';
import { foldVersion, newPicture } from './fold.ts';
import { Freeze } from './freeze.ts';
import type { Picture } from './picture.ts';
import { decodeThings, encodeThing } from './snapshot-format.ts';
import { deletePieces, PieceWriter, readPieces } from './snapshot-pieces.ts';
import { noWords, type WordOpener } from './words.ts';

/**
 * Snapshots of the picture on the record's shelf, so that a start folds only the tail behind them. A snapshot is a
 * convenience: one that is missing, damaged, of another fold version or another epoch is passed over and the whole
 * record is folded instead.
 *
 *     snapshot/head    msgpack {version, epoch, seq, pieces, id}: the snapshot to be used
 *     snapshot/begun   id of the one that is being written, so that what a killed server left is found
 *     snapshot/<id>/…  its pieces
 */
const headKey = 'snapshot/head';
const begunKey = 'snapshot/begun';

/** How long the writing of a snapshot may hold up everything else in one go; then it rests as long. */
const sliceMs = 4;

interface Head {
  readonly version: number;
  readonly epoch: string;
  readonly seq: number;
  readonly pieces: number;
  readonly id: string;
}

export interface Writing {
  /** Random, so that two servers that write at once write beside each other. */
  readonly writer: string;
  readonly signal?: AbortSignal | undefined;
  /** Called before the snapshot becomes the one to be used: whether it still may. */
  readonly mayStand?: () => boolean;
}

/** How far a snapshot that was written reaches, and what it takes on the shelf. */
export interface Written {
  readonly seq: number;
  readonly bytes: number;
}

/**
 * Writes the picture as it is at the call, in small slices while the fold goes on. Undefined where it was told to
 * stop, or may not stand; then nothing of it stays. One at a time per picture.
 */
export async function saveSnapshot(
  shelf: Shelf,
  epoch: string,
  picture: Picture,
  { writer, signal, mayStand = () => true }: Writing,
): Promise<Written | undefined> {
  const id = `${epoch}-${picture.seq}-${writer}`;
  const pieces = new PieceWriter(shelf, id);
  const freeze = new Freeze(picture, (thing) => pieces.add(encodeThing(thing)));
  const { seq } = freeze;
  try {
    await clearAbandoned(shelf);
    await shelf.put(begunKey, encode(id));
    await giveAway(freeze, pieces, signal);
  } finally {
    freeze.end();
  }
  if (signal?.aborted || !mayStand()) {
    await deletePieces(shelf, id);
    await shelf.delete(begunKey);
    return undefined;
  }
  const old = await readHead(shelf);
  const head: Head = { version: foldVersion, epoch, seq, pieces: pieces.written, id };
  await shelf.put(headKey, encode(head));
  await shelf.delete(begunKey);
  if (old) await deletePieces(shelf, old.id);
  return { seq, bytes: pieces.storedBytes };
}

async function giveAway(freeze: Freeze, pieces: PieceWriter, signal: AbortSignal | undefined): Promise<void> {
  for (let more = true; more && !signal?.aborted;) {
    const begun = performance.now();
    more = freeze.giveWhile(() => performance.now() - begun < sliceMs && !pieces.hasFull);
    if (pieces.hasFull) await pieces.writeFull();
    else await pause(sliceMs);
  }
  if (!signal?.aborted) await pieces.finish();
}

/** The picture of the last snapshot of this epoch, or undefined where there is none to be used. */
export async function loadSnapshot(
  shelf: Shelf,
  epoch: string,
  words: WordOpener = noWords,
): Promise<Picture | undefined> {
  const head = await readHead(shelf);
  if (!head || head.version !== foldVersion || head.epoch !== epoch) return undefined;
  const picture = newPicture();
  try {
    for await (const piece of readPieces(shelf, head.id, head.pieces)) decodeThings(piece, picture, words);
  } catch {
    return undefined;
  }
  picture.seq = head.seq;
  return picture;
}

/** How far the snapshot reaches that a start would use now; 0 where there is none. */
export async function snapshotSeq(shelf: Shelf, epoch: string): Promise<number> {
  const head = await readHead(shelf);
  return head && head.version === foldVersion && head.epoch === epoch ? head.seq : 0;
}

/** What a server that was killed while it wrote has left behind. */
async function clearAbandoned(shelf: Shelf): Promise<void> {
  const bytes = await shelf.get(begunKey);
  if (!bytes) return;
  const id = readOrUndefined(() => decode(bytes));
  if (typeof id === 'string' && id !== (await readHead(shelf))?.id) await deletePieces(shelf, id);
  await shelf.delete(begunKey);
}

async function readHead(shelf: Shelf): Promise<Head | undefined> {
  const bytes = await shelf.get(headKey);
  // Written by saveSnapshot; a stranger's bytes fail the version check.
  return bytes && readOrUndefined(() => decode(bytes) as Head);
}

function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
