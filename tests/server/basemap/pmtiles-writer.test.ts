import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { cutTiles } from '../../../server/basemap/cut-tiles.ts';
import type { LayerInput } from '../../../server/basemap/cut-tiles.ts';
import { toTileId } from '../../../server/basemap/hilbert.ts';
import { encodePmtiles } from '../../../server/basemap/pmtiles-writer.ts';
import type { PackFacts, PackTile } from '../../../server/basemap/pmtiles-writer.ts';
import { makeSeededRandom } from '../../../server/exercise/seeded-random.ts';

const facts: PackFacts = {
  name: 'test',
  description: 'a small pack',
  attribution: 'nobody',
  bounds: [-20, -10, 30.5, 40],
  centre: [5.25, 15, 3],
};

/** A reader over bytes in memory, as the reference implementation wants it. */
function open(pack: Buffer): PMTiles {
  return new PMTiles({
    getKey: () => 'memory',
    getBytes: (offset, length) => {
      const data = new Uint8Array(pack.subarray(offset, offset + length)).slice().buffer;
      return Promise.resolve({ data });
    },
  });
}

function manyTiles(zoom: number, content: (x: number, y: number) => string): PackTile[] {
  const side = 2 ** zoom;
  return Array.from({ length: side * side }, (_, index) => {
    const [x, y] = [index % side, Math.floor(index / side)];
    return { z: zoom, x, y, mvt: Buffer.from(content(x, y)) };
  });
}

async function textOf(pack: PMTiles, { z, x, y }: PackTile): Promise<string | undefined> {
  const tile = await pack.getZxy(z, x, y);
  return tile === undefined ? undefined : Buffer.from(tile.data).toString();
}

describe('toTileId', () => {
  it('gives the ids of the specification', () => {
    const ids = [
      toTileId(0, 0, 0),
      toTileId(1, 0, 0),
      toTileId(1, 0, 1),
      toTileId(1, 1, 1),
      toTileId(1, 1, 0),
    ];
    expect([...ids, toTileId(2, 0, 0), toTileId(12, 3423, 1763)]).toEqual([0, 1, 2, 3, 4, 5, 19078479]);
  });
});

describe('encodePmtiles', () => {
  it('is read back by the reference reader, tile for tile', async () => {
    const tiles = [...manyTiles(0, () => 'top'), ...manyTiles(4, (x, y) => `tile ${x} ${y}`)];
    const pack = open(encodePmtiles(tiles, facts));
    for (const tile of tiles) expect(await textOf(pack, tile)).toBe(Buffer.from(tile.mvt).toString());
    expect(await pack.getZxy(2, 1, 1)).toBeUndefined();
  });

  it('says what it holds in header and metadata', async () => {
    const pack = open(
      encodePmtiles(
        manyTiles(2, (x) => `column ${x}`),
        facts,
      ),
    );
    const header = await pack.getHeader();
    expect(header).toMatchObject({ specVersion: 3, minZoom: 2, maxZoom: 2, tileType: 1, clustered: true });
    expect(header).toMatchObject({
      minLon: -20,
      minLat: -10,
      maxLon: 30.5,
      maxLat: 40,
      centerZoom: 3,
      centerLon: 5.25,
    });
    const metadata = await pack.getMetadata();
    expect(metadata).toMatchObject({ name: 'test', attribution: 'nobody' });
    expect(JSON.stringify(metadata)).toContain('"id":"boundary"');
  });

  it('stores equal tiles once and neighbours among them in one entry', async () => {
    const tiles = manyTiles(5, (x, y) => (x === 9 && y === 9 ? 'island' : 'sea'));
    const archive = encodePmtiles(tiles, facts);
    expect(await open(archive).getHeader()).toMatchObject({
      numAddressedTiles: 1024,
      numTileEntries: 3,
      numTileContents: 2,
    });
    expect(archive.length).toBeLessThan(1_000);
  });

  it('moves entries into leaf directories where the root would outgrow its 16 kB', async () => {
    const random = makeSeededRandom(16);
    const word = (): string => Math.floor(random.next() * 2 ** 40).toString(36);
    const anyText = (): string => Array.from({ length: random.integer(1, 60) }, word).join('');
    const tiles = manyTiles(7, anyText).filter(() => random.next() < 0.7);
    const archive = encodePmtiles(tiles, facts);
    const pack = open(archive);
    const header = await pack.getHeader();
    expect(header.leafDirectoryLength).toBeGreaterThan(0);
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384);
    for (const tile of tiles) expect(await textOf(pack, tile)).toBe(Buffer.from(tile.mvt).toString());
  });
});

describe('cutTiles', () => {
  const square = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]; // prettier-ignore
  const layers: LayerInput[] = [
    {
      id: 'land',
      minZoom: 0,
      features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [square] } }],
    },
    {
      id: 'place',
      minZoom: 3,
      features: [
        {
          type: 'Feature',
          properties: { name: 'Tsera', rank: 9 },
          geometry: { type: 'Point', coordinates: [5, 5] },
        },
      ],
    },
  ];

  it('makes vector tiles that decode, each layer from its own zoom on', () => {
    const tiles = cutTiles(layers, { minZoom: 1, maxZoom: 5 });
    expect(Math.min(...tiles.map(({ z }) => z))).toBe(1);
    for (const { z, mvt } of tiles) {
      const { layers: decoded } = new VectorTile(new PbfReader(mvt));
      expect(Object.keys(decoded)).toContain('land');
      if (z < 3) expect(decoded['place']).toBeUndefined();
    }
    const places = tiles.map(({ mvt }) => new VectorTile(new PbfReader(mvt)).layers['place']);
    const names = places.map((place) => place?.feature(0).properties);
    expect(names).toContainEqual({ name: 'Tsera', rank: 9 });
  });
});
