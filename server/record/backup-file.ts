import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Mode, RecordEntry, StreamName } from './record.ts';

/**
 * A backup file: gzip around frames, each `length(4, big-endian) kind(1) payload(length - 1)`:
 *
 *   H  header, JSON                                once, first
 *   E  stream(1: p or e) seq(8) atMs(8) body       every entry, in order of seq
 *   S  key length(2) key value                     every key of the shelf
 *   T  trailer, JSON: counts and the SHA-256 of all bytes before this frame; once, last
 */
export const backupVersion = 1;

export interface BackupHeader {
  readonly nightflashBackup: number;
  readonly format: number;
  readonly mode: Mode;
  readonly epoch: string;
  readonly lastSeq: number;
}

interface BackupTrailer {
  readonly entries: number;
  readonly shelfKeys: number;
  readonly sha256: string;
}

export type BackupItem =
  | { readonly kind: 'header'; readonly header: BackupHeader }
  | { readonly kind: 'entry'; readonly entry: RecordEntry }
  | { readonly kind: 'shelf'; readonly key: string; readonly value: Uint8Array };

const largestFrameBytes = 1024 * 1024 * 1024;
const chunkBytes = 256 * 1024;

/** The bytes of a backup, before gzip, in chunks; ends with the trailer. */
export async function* encodeBackup(items: AsyncIterable<BackupItem>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let frames: Buffer[] = [];
  let bytes = 0;
  let entries = 0;
  let shelfKeys = 0;
  for await (const item of items) {
    const frame = encodeItem(item);
    hash.update(frame);
    frames.push(frame);
    bytes += frame.length;
    if (item.kind === 'entry') entries += 1;
    if (item.kind === 'shelf') shelfKeys += 1;
    if (bytes < chunkBytes) continue;
    yield Buffer.concat(frames);
    frames = [];
    bytes = 0;
  }
  const trailer: BackupTrailer = { entries, shelfKeys, sha256: hash.digest('hex') };
  yield Buffer.concat([...frames, encodeFrame('T', Buffer.from(JSON.stringify(trailer)))]);
}

/**
 * Reads a backup item by item. Fails with one line when the file is no backup, of a newer version, cut short or
 * altered; counts and checksum are compared at the end, so only a reading to the end vouches for it.
 */
export async function* readBackup(filePath: string): AsyncGenerator<BackupItem> {
  const broken = new Error(`${filePath} is no whole backup: it was cut short or altered`);
  const hash = createHash('sha256');
  const counts = { entries: 0, shelfKeys: 0 };
  let trailer: BackupTrailer | undefined;
  let first = true;
  for await (const frame of readFrames(filePath, broken)) {
    if (trailer !== undefined) throw broken;
    if (frame[4] === kindByte('T')) {
      trailer = parseJson<BackupTrailer>(frame.subarray(5), broken);
      continue;
    }
    hash.update(frame);
    const item = decodeItem(frame, broken);
    if (first !== (item.kind === 'header')) throw broken;
    first = false;
    if (item.kind === 'header') checkHeader(item.header, filePath, broken);
    if (item.kind === 'entry') counts.entries += 1;
    if (item.kind === 'shelf') counts.shelfKeys += 1;
    yield item;
  }
  if (trailer === undefined || !matches(trailer, counts, hash)) throw broken;
}

function matches(
  trailer: BackupTrailer,
  counts: { entries: number; shelfKeys: number },
  hash: Hash,
): boolean {
  return (
    trailer.entries === counts.entries &&
    trailer.shelfKeys === counts.shelfKeys &&
    trailer.sha256 === hash.digest('hex')
  );
}

function checkHeader(header: BackupHeader, filePath: string, broken: Error): void {
  if (!Number.isInteger(header.nightflashBackup) || !Number.isSafeInteger(header.lastSeq)) throw broken;
  if (header.nightflashBackup > backupVersion)
    throw new Error(
      `${filePath} is a backup of version ${header.nightflashBackup}, made by a newer Nightflash; this one knows up to ${backupVersion}`,
    );
}

/** Whole frames, with their length in front. */
async function* readFrames(filePath: string, broken: Error): AsyncGenerator<Buffer> {
  const source = createReadStream(filePath);
  const plain = source.pipe(createGunzip({ chunkSize: chunkBytes }));
  source.on('error', (cause) => plain.destroy(cause));
  let chunks: Buffer[] = [];
  let bytes = 0;
  let needed = 4;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      // A frame of many chunks is joined once, when it is all there.
      if (bytes < needed) continue;
      const joined = Buffer.concat(chunks);
      let at = 0;
      for (let end = frameEnd(joined, at, broken); end <= bytes; end = frameEnd(joined, at, broken)) {
        yield joined.subarray(at, end);
        at = end;
      }
      needed = frameEnd(joined, at, broken) - at;
      chunks = [joined.subarray(at)];
      bytes -= at;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (code.startsWith('Z_')) throw broken;
    if (/^E[A-Z]+$/.test(code)) throw new Error(`${filePath} cannot be read (${code})`, { cause });
    throw cause;
  } finally {
    source.destroy();
    plain.destroy();
  }
  if (bytes > 0) throw broken;
}

/** Where the frame at `at` ends, beyond the buffer when it is not all there yet; at least its length field. */
function frameEnd(bytes: Buffer, at: number, broken: Error): number {
  if (bytes.length - at < 4) return at + 4;
  const length = bytes.readUInt32BE(at);
  if (length < 1 || length > largestFrameBytes) throw broken;
  return at + 4 + length;
}

function encodeItem(item: BackupItem): Buffer {
  if (item.kind === 'header') return encodeFrame('H', Buffer.from(JSON.stringify(item.header)));
  if (item.kind === 'shelf') {
    const key = Buffer.from(item.key);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(key.length);
    return encodeFrame('S', length, key, item.value);
  }
  const { seq, atMs, stream, body } = item.entry;
  const head = Buffer.alloc(17);
  head.write(stream === 'positions' ? 'p' : 'e', 'latin1');
  head.writeBigUInt64BE(BigInt(seq), 1);
  head.writeBigUInt64BE(BigInt(atMs), 9);
  return encodeFrame('E', head, body);
}

function encodeFrame(kind: 'H' | 'E' | 'S' | 'T', ...payload: Uint8Array[]): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(payload.reduce((sum, part) => sum + part.length, 1));
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, ...payload]);
}

function decodeItem(frame: Buffer, broken: Error): BackupItem {
  const payload = frame.subarray(5);
  if (frame[4] === kindByte('H')) return { kind: 'header', header: parseJson<BackupHeader>(payload, broken) };
  if (frame[4] === kindByte('E') && payload.length >= 17) {
    const stream: StreamName = payload[0] === kindByte('p') ? 'positions' : 'events';
    const seq = Number(payload.readBigUInt64BE(1));
    return {
      kind: 'entry',
      entry: { seq, atMs: Number(payload.readBigUInt64BE(9)), stream, body: payload.subarray(17) },
    };
  }
  if (frame[4] === kindByte('S') && payload.length >= 2) {
    const end = 2 + payload.readUInt16BE(0);
    if (end <= payload.length)
      return { kind: 'shelf', key: payload.toString('utf8', 2, end), value: payload.subarray(end) };
  }
  throw broken;
}

function kindByte(kind: string): number {
  return kind.charCodeAt(0);
}

/** The caller checks what matters of it; the checksum vouches for the rest. */
function parseJson<Shape>(bytes: Buffer, broken: Error): Shape {
  try {
    return JSON.parse(bytes.toString()) as Shape;
  } catch {
    throw broken;
  }
}
