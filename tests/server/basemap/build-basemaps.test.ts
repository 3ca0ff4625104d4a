import { VectorTile } from '@mapbox/vector-tile';
import { mkdtempSync, openSync, readSync, rmSync, statSync, closeSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PbfReader } from 'pbf';
import { PMTiles } from 'pmtiles';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBasemaps } from '../../../server/basemap/build-basemaps.ts';
import type { BuiltBasemaps } from '../../../server/basemap/build-basemaps.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightflash-basemap-'));
const opened: number[] = [];
let built: BuiltBasemaps;

beforeAll(async () => {
  built = await buildBasemaps(folder);
});
afterAll(() => {
  for (const file of opened) closeSync(file);
  rmSync(folder, { recursive: true });
});

function open(path: string): PMTiles {
  const file = openSync(path, 'r');
  opened.push(file);
  return new PMTiles({
    getKey: () => path,
    getBytes: (offset, length) => {
      const data = new Uint8Array(length);
      const read = readSync(file, data, 0, length, offset);
      return Promise.resolve({ data: data.buffer.slice(0, read) });
    },
  });
}

async function layersAt(pack: PMTiles, z: number, x: number, y: number): Promise<VectorTile['layers']> {
  const tile = await pack.getZxy(z, x, y);
  return tile === undefined ? {} : new VectorTile(new PbfReader(new Uint8Array(tile.data))).layers;
}

function valuesOf(layers: VectorTile['layers'], layer: string, property: string): unknown[] {
  const found = layers[layer];
  return Array.from({ length: found?.length ?? 0 }, (_, index) => found?.feature(index).properties[property]);
}

describe('buildBasemaps', () => {
  it('writes both packs, small enough to ship', () => {
    expect(built.written).toEqual([built.world, built.exercise]);
    expect(statSync(built.world).size).toBeLessThan(12_000_000);
    expect(statSync(built.exercise).size).toBeLessThan(1_000_000);
  });

  it('leaves fresh packs alone and writes a pack again that is older than its sources', async () => {
    expect((await buildBasemaps(folder)).written).toEqual([]);
    utimesSync(built.exercise, new Date(0), new Date(0));
    expect((await buildBasemaps(folder)).written).toEqual([built.exercise]);
  });

  it('has every tile of the world readable from zoom 0 to 6', async () => {
    const pack = open(built.world);
    const header = await pack.getHeader();
    let tiles = 0;
    for (let z = 0; z <= 6; z += 1) {
      for (let index = 0; index < 4 ** z; index += 1) {
        const layers = await layersAt(pack, z, index % 2 ** z, Math.floor(index / 2 ** z));
        if (Object.keys(layers).length > 0) tiles += 1;
      }
    }
    expect([header.minZoom, header.maxZoom, header.numAddressedTiles]).toEqual([0, 6, tiles]);
    expect(tiles).toBeGreaterThan(2_000);
  });

  it('names countries in three languages and marks the border of the two Sudans as unsettled', async () => {
    const layers = await layersAt(open(built.world), 3, 4, 3);
    expect(valuesOf(layers, 'label', 'name')).toContain('South Sudan');
    expect(valuesOf(layers, 'label', 'name:fr')).toContain('Soudan du Sud');
    expect(valuesOf(layers, 'label', 'name:ar')).toContain('جنوب السودان');
    expect(valuesOf(layers, 'boundary', 'disputed')).toEqual(expect.arrayContaining([0, 1]));
  });

  it('draws the exercise island with roads, lake, sectors and villages', async () => {
    const pack = open(built.exercise);
    expect(await pack.getHeader()).toMatchObject({ minZoom: 2, maxZoom: 10 });
    const layers = await layersAt(pack, 7, 57, 63);
    expect(Object.keys(layers)).toEqual(
      expect.arrayContaining(['land', 'water', 'river', 'road', 'boundary', 'place']),
    );
    expect(valuesOf(layers, 'place', 'name')).toContain('Mabiri');
  });
});
