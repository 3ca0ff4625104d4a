import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
import { through } from './bytes.ts';
import { readCsv } from './read-csv.ts';
import { readGpx } from './read-gpx.ts';
import { readNdjson } from './read-ndjson.ts';
import type { TrackFix, TrackReader, Unreadable } from './track-fix.ts';

const readers = { csv: readCsv, gpx: readGpx, ndjson: readNdjson } as const satisfies Record<
  string,
  TrackReader
>;
export type TrackFormat = keyof typeof readers;

/** A recording on disk: its format, and its fixes as often as they are asked for. */
export interface TrackFile {
  readonly name: string;
  readonly format: TrackFormat;
  fixes(onUnreadable: (row: Unreadable) => void): AsyncIterable<TrackFix>;
}

const headBytes = 64 * 1024;

/** Opens a recording. What it is shows in its content first and in its name second; `.gz` needs no naming. */
export async function openTrackFile(path: string): Promise<TrackFile> {
  const head = await readHead(path);
  const isPacked = head[0] === 0x1f && head[1] === 0x8b;
  const name = basename(path).replace(/\.gz$/i, '');
  const format = formatOf(isPacked ? inflatedHead(head) : head.toString('utf8'), name);
  return {
    name: name.replace(/\.\w+$/, ''),
    format,
    fixes(onUnreadable) {
      const file = createReadStream(path);
      const bytes = isPacked ? inflated(file, path) : file;
      return readers[format](bytes, { name: name.replace(/\.\w+$/, ''), onUnreadable });
    },
  };
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Error(
      `${path} cannot be read (${cause.code === 'ENOENT' ? 'there is no such file' : cause.code})`,
      { cause },
    );
  });
  try {
    const { buffer, bytesRead } = await file
      .read(Buffer.alloc(headBytes), 0, headBytes, 0)
      .catch((cause: unknown) => {
        throw new Error(`${path} cannot be read (it is no file)`, { cause });
      });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function inflatedHead(head: Buffer): string {
  return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
}

async function* inflated(file: AsyncIterable<Uint8Array>, path: string): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of through(file, createGunzip())) yield chunk as Uint8Array; // bytes out of gunzip
  } catch (cause) {
    throw new Error(`${path}: its gzip packing is damaged (${(cause as Error).message})`, { cause });
  }
}

function formatOf(head: string, name: string): TrackFormat {
  const start = head.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('<')) return 'gpx';
  if (start.startsWith('{')) return 'ndjson';
  if (/^[^\n]*,/.test(start)) return 'csv';
  throw new Error(`${name}: it is neither CSV nor GPX nor NDJSON`);
}
