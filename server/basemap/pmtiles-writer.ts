import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { toTileId } from './hilbert.ts';
import { packLayers } from './pack-layers.ts';
import { encodeDirectories } from './pmtiles-directory.ts';
import type { Directories, DirectoryEntry } from './pmtiles-directory.ts';

/** One vector tile, not compressed. */
export interface PackTile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly mvt: Uint8Array;
}

/** What the pack says about itself. Bounds are degrees: west, south, east, north. */
export interface PackFacts {
  readonly name: string;
  readonly description: string;
  readonly attribution: string;
  readonly bounds: readonly [number, number, number, number];
  readonly centre: readonly [lon: number, lat: number, zoom: number];
  /** Layers with the types of their properties; those of this project where not given. */
  readonly layers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const headerBytes = 127;
const gzip = 2;
const mvtType = 1;

/**
 * Tiles to one PMTiles v3 archive. Tiles with the same content are kept once; neighbours with the same content take
 * one directory entry. Source: https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md
 *
 *     0        127        root end      metadata end    leaves end            end
 *     ├ header ┼ root dir ┼ metadata JSON ┼ leaf dirs … ┼ tiles in id order … ┤   all but header gzipped
 *
 *     header, numbers little-endian:
 *       0  "PMTiles"  7  version 3
 *       8  u64 × 8: offset and length of root, metadata, leaves, tiles
 *      72  u64 × 3: tiles addressed, directory entries, tiles stored
 *      96  u8 × 6: clustered 1, directory compression, tile compression, tile type, lowest and highest zoom
 *     102  i32 × 4: west, south, east, north in 1e-7 degrees
 *     118  u8 centre zoom, i32 × 2: centre lon, lat
 */
export function encodePmtiles(tiles: readonly PackTile[], facts: PackFacts): Buffer {
  const { entries, chunks, addressed, stored } = layOut(tiles);
  const zooms = tiles.map(({ z }) => z);
  const [minZoom, maxZoom] = [Math.min(...zooms), Math.max(...zooms)];
  const metadata = gzipSync(JSON.stringify(toMetadata(facts, minZoom, maxZoom)));
  const directories = encodeDirectories(entries);
  const data = Buffer.concat(chunks);
  const counts = [addressed, entries.length, stored];
  const header = encodeHeader(directories, metadata.length, data.length, counts, { facts, minZoom, maxZoom });
  return Buffer.concat([header, directories.root, metadata, directories.leaves, data]);
}

interface Layout {
  readonly entries: readonly DirectoryEntry[];
  readonly chunks: readonly Buffer[];
  readonly addressed: number;
  readonly stored: number;
}

/** Where each tile's bytes go. Equal tiles (open land, open water) are found by their digest. */
function layOut(tiles: readonly PackTile[]): Layout {
  const inOrder = tiles
    .map(({ z, x, y, mvt }) => ({ tileId: toTileId(z, x, y), mvt }))
    .sort((a, b) => a.tileId - b.tileId);
  const entries: DirectoryEntry[] = [];
  const chunks: Buffer[] = [];
  const known = new Map<string, { offset: number; length: number }>();
  let end = 0;
  for (const { tileId, mvt } of inOrder) {
    const digest = createHash('sha256').update(mvt).digest('base64');
    let spot = known.get(digest);
    if (spot === undefined) {
      const chunk = gzipSync(mvt, { level: 9 });
      spot = { offset: end, length: chunk.length };
      known.set(digest, spot);
      chunks.push(chunk);
      end += chunk.length;
    }
    addEntry(entries, { tileId, ...spot, runLength: 1 });
  }
  return { entries, chunks, addressed: inOrder.length, stored: chunks.length };
}

/** Adds an entry, or lengthens the last one where the tile follows it directly and is the same. */
function addEntry(entries: DirectoryEntry[], entry: DirectoryEntry): void {
  const last = entries.at(-1);
  const follows =
    last !== undefined && last.tileId + last.runLength === entry.tileId && last.offset === entry.offset;
  if (follows) entries[entries.length - 1] = { ...last, runLength: last.runLength + 1 };
  else entries.push(entry);
}

function toMetadata(
  { name, description, attribution, layers = packLayers }: PackFacts,
  minzoom: number,
  maxzoom: number,
): object {
  const vectorLayers = Object.entries(layers).map(([id, fields]) => ({ id, minzoom, maxzoom, fields }));
  return { name, description, attribution, version: '1', type: 'baselayer', vector_layers: vectorLayers };
}

interface HeaderFacts {
  readonly facts: PackFacts;
  readonly minZoom: number;
  readonly maxZoom: number;
}

function encodeHeader(
  { root, leaves }: Directories,
  metadataLength: number,
  dataLength: number,
  counts: readonly number[],
  { facts, minZoom, maxZoom }: HeaderFacts,
): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const lengths = [root.length, metadataLength, leaves.length, dataLength];
  let offset = headerBytes;
  lengths.forEach((length, index) => {
    header.writeBigUInt64LE(BigInt(offset), 8 + index * 16);
    header.writeBigUInt64LE(BigInt(length), 16 + index * 16);
    offset += length;
  });
  counts.forEach((count, index) => header.writeBigUInt64LE(BigInt(count), 72 + index * 8));
  header.set([1, gzip, gzip, mvtType, minZoom, maxZoom], 96);
  const [centreLon, centreLat, centreZoom] = facts.centre;
  facts.bounds.forEach((degrees, index) => header.writeInt32LE(Math.round(degrees * 1e7), 102 + index * 4));
  header.writeUInt8(centreZoom, 118);
  header.writeInt32LE(Math.round(centreLon * 1e7), 119);
  header.writeInt32LE(Math.round(centreLat * 1e7), 123);
  return header;
}
