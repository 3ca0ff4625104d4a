import type { RecordEntry, Stamp, StreamName } from '../record.ts';

/**
 * How the embedded record lies in LevelDB (format 1). Numbers are big-endian, so the order of the keys is the
 * order of the entries; all entries lie between `entryKey(0)` and `entryKey(Number.MAX_SAFE_INTEGER)`.
 *
 *   key                     value
 *   'e' seq(8)              stream(1: 0 positions, 1 events) atMs(8) body(…)
 *   'm' name                format, mode, epoch as UTF-8; last = seq(8) atMs(8); restoring while a restore runs;
 *                           fence:NAME, the last fence of a lease, in digits
 *   's' key in UTF-8        a value of the shelf
 */
export type MetaName = 'format' | 'mode' | 'epoch' | 'last' | 'restoring';

const streams: readonly StreamName[] = ['positions', 'events'];
const entryTag = 0x65;
const entryKeyLength = 9;

/** Length of what stands before an entry's body. */
export const entryHeaderLength = 9;

export function entryKey(seq: number): Buffer {
  const key = Buffer.allocUnsafe(entryKeyLength);
  key[0] = entryTag;
  writeUint64(key, 1, seq);
  return key;
}

/** The seq in an entry's key, undefined when the key is none. */
export function seqOfKey(key: Uint8Array): number | undefined {
  return key.length === entryKeyLength && key[0] === entryTag ? readUint64(key, 1) : undefined;
}

export function metaKey(name: MetaName): Buffer {
  return Buffer.from(`m${name}`);
}

export function fenceKey(lease: string): Buffer {
  return Buffer.from(`mfence:${lease}`);
}

export function shelfKey(key: string): Buffer {
  return Buffer.from(`s${key}`);
}

/** An entry's value with room for the time, which is known only when its batch is written. Copies the body. */
export function newEntryValue(stream: StreamName, body: Uint8Array): Buffer {
  const value = Buffer.allocUnsafe(entryHeaderLength + body.length);
  value[0] = streams.indexOf(stream);
  value.set(body, entryHeaderLength);
  return value;
}

/** The whole value of an entry that has its time already. */
export function encodeEntry(entry: RecordEntry): Buffer {
  const value = newEntryValue(entry.stream, entry.body);
  stampEntryValue(value, entry.atMs);
  return value;
}

export function stampEntryValue(value: Buffer, atMs: number): void {
  writeUint64(value, 1, atMs);
}

/** The entry that lies under `key`, undefined when key or value cannot be one (torn, or another's writing). */
export function decodeEntry(key: Uint8Array, value: Uint8Array): RecordEntry | undefined {
  const seq = seqOfKey(key);
  if (seq === undefined || value.length < entryHeaderLength) return undefined;
  const stream = streams[value[0] ?? -1];
  if (stream === undefined) return undefined;
  return { seq, atMs: readUint64(value, 1), stream, body: value.subarray(entryHeaderLength) };
}

export function encodeStamp(stamp: Stamp): Buffer {
  const bytes = Buffer.allocUnsafe(16);
  writeUint64(bytes, 0, stamp.seq);
  writeUint64(bytes, 8, stamp.atMs);
  return bytes;
}

export function decodeStamp(bytes: Uint8Array | undefined): Stamp {
  if (bytes === undefined || bytes.length < 16) return { seq: 0, atMs: 0 };
  return { seq: readUint64(bytes, 0), atMs: readUint64(bytes, 8) };
}

function writeUint64(target: Buffer, offset: number, value: number): void {
  target.writeUInt32BE(Math.floor(value / 2 ** 32), offset);
  target.writeUInt32BE(value % 2 ** 32, offset + 4);
}

function readUint64(source: Uint8Array, offset: number): number {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  return view.getUint32(offset) * 2 ** 32 + view.getUint32(offset + 4);
}
