import { gzipSync } from 'node:zlib';

/**
 * One line of a directory: `runLength` tiles from `tileId` on share these bytes; 0 means they are a leaf
 * directory.
 */
export interface DirectoryEntry {
  readonly tileId: number;
  readonly offset: number;
  readonly length: number;
  readonly runLength: number;
}

/**
 * Header and root directory must lie in the first 16,384 bytes, so that a reader needs one request for both.
 */
const maxRootBytes = 16_384 - 127;

export interface Directories {
  readonly root: Buffer;
  readonly leaves: Buffer;
}

/**
 * Entries in id order to a root directory that fits, moving them into leaf directories, ever larger ones,
 * where it would not.
 */
export function encodeDirectories(entries: readonly DirectoryEntry[]): Directories {
  const root = encodeDirectory(entries);
  if (root.length <= maxRootBytes) return { root, leaves: Buffer.alloc(0) };
  for (let leafSize = 4096; ; leafSize *= 2) {
    const split = splitIntoLeaves(entries, leafSize);
    if (split.root.length <= maxRootBytes) return split;
  }
}

function splitIntoLeaves(entries: readonly DirectoryEntry[], leafSize: number): Directories {
  const leaves: Buffer[] = [];
  const rootEntries: DirectoryEntry[] = [];
  let offset = 0;
  for (let start = 0; start < entries.length; start += leafSize) {
    const leaf = encodeDirectory(entries.slice(start, start + leafSize));
    rootEntries.push({ tileId: entries[start]?.tileId ?? 0, offset, length: leaf.length, runLength: 0 });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: encodeDirectory(rootEntries), leaves: Buffer.concat(leaves) };
}

/**
 * One directory, gzipped. Columns, not rows, as they compress better; all numbers are varints:
 *
 *     count │ id deltas … │ run lengths … │ lengths … │ offsets …
 *
 * An offset is 0 where the bytes follow those of the entry before, else the offset plus 1.
 */
function encodeDirectory(entries: readonly DirectoryEntry[]): Buffer {
  const bytes: number[] = [];
  pushVarint(bytes, entries.length);
  let lastId = 0;
  for (const { tileId } of entries) {
    pushVarint(bytes, tileId - lastId);
    lastId = tileId;
  }
  for (const { runLength } of entries) pushVarint(bytes, runLength);
  for (const { length } of entries) pushVarint(bytes, length);
  let nextOffset = -1;
  for (const { offset, length } of entries) {
    pushVarint(bytes, offset === nextOffset ? 0 : offset + 1);
    nextOffset = offset + length;
  }
  return gzipSync(Buffer.from(bytes));
}

/** Seven bits a byte, lowest first, the top bit set where more follow. Division, as ids outgrow 32 bits. */
function pushVarint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
}
