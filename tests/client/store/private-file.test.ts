import { describe, expect, it } from 'vitest';
import { FileRefused, kindOfFile, readGeoJson } from '../../../client/store/private-file.ts';
import { PrivateLayers } from '../../../client/store/private-layers.svelte.ts';

function refusal(run: () => unknown): readonly [string, number] {
  try {
    run();
  } catch (cause) {
    if (cause instanceof FileRefused) return [cause.problem, cause.at];
    throw cause;
  }
  throw new Error('nothing was refused');
}

const feature = (geometry: unknown, name?: string) => ({ type: 'Feature', properties: { name }, geometry });
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });

describe('a file of the operator’s own', () => {
  it('shows every geometry of GeoJSON, whole, with its box', () => {
    const ring = [
      [29, 0],
      [30, 0],
      [30, 1],
      [29, 0],
    ];
    const geometries = [
      { type: 'Point', coordinates: [28.5, -2, 1_462] },
      { type: 'MultiLineString', coordinates: [ring, ring] },
      { type: 'MultiPolygon', coordinates: [[ring], [ring, ring]] },
    ];
    const text = collection(
      feature({ type: 'GeometryCollection', geometries }, 'Beni'),
      feature(null, 'stands nowhere'),
    );
    const { shapes, bbox } = readGeoJson(`\uFEFF${text}`);
    expect(shapes).toHaveLength(1);
    expect(shapes[0]).toMatchObject({ name: 'Beni', points: [[28.5, -2]] });
    expect(shapes[0]?.lines).toHaveLength(2);
    expect(shapes[0]?.areas.map((area) => area.length)).toEqual([1, 2]);
    expect(bbox).toEqual([28.5, -2, 30, 1]);
  });

  it.each([
    ['{\n "type": "Feature",\n oops }', 'not-json', 3],
    ['[]', 'not-geojson', 0],
    [collection(), 'empty', 0],
    [collection(feature(null)), 'empty', 0],
    [
      collection(
        feature({ type: 'Point', coordinates: [1, 1] }),
        feature({ type: 'Point', coordinates: ['1', 1] }),
      ),
      'feature-number',
      2,
    ],
    [collection(feature({ type: 'Point', coordinates: [712_345, 192_345] })), 'feature-degrees', 1],
    [collection(feature({ type: 'LineString', coordinates: 7 })), 'feature-geometry', 1],
    [collection(feature({ type: 'Circle', coordinates: [1, 1] })), 'feature-geometry', 1],
  ] as const)('says what is wrong and where: %s', (text, problem, at) => {
    expect(refusal(() => readGeoJson(text))).toEqual([problem, at]);
  });

  it('is known by its ending and bounded in size', () => {
    expect(kindOfFile({ name: 'Patrol.GPX', size: 1 })).toBe('gpx');
    expect(refusal(() => kindOfFile({ name: 'a.kmz', size: 1 }))).toEqual(['kmz', 0]);
    expect(refusal(() => kindOfFile({ name: 'a.shp', size: 1 }))).toEqual(['not-known', 0]);
    expect(refusal(() => kindOfFile({ name: 'a.kml', size: 20 * 1_048_576 + 1 }))).toEqual(['too-large', 0]);
  });
});

describe('the files on the map', () => {
  const file = (name: string, text: string) => ({
    name,
    size: text.length,
    text: () => Promise.resolve(text),
  });
  const good = JSON.stringify({ type: 'Point', coordinates: [29.47, 0.49] });

  it('come, hide, go; one that is refused leaves the others and says why', async () => {
    const files = new PrivateLayers();
    const first = await files.open(file('a.geojson', good));
    await files.open(file('b.json', good));
    expect(await files.open(file('c.geojson', '{'))).toBeUndefined();
    expect(files.fault).toEqual({ name: 'c.geojson', problem: 'not-json', at: 1 });
    expect(files.all.map(({ name, colour }) => [name, colour])).toEqual([
      ['a.geojson', 0],
      ['b.json', 1],
    ]);
    files.toggle(first?.id ?? -1);
    expect(files.shown.map(({ name }) => name)).toEqual(['b.json']);
    files.remove(first?.id ?? -1);
    expect(files.all.map(({ name }) => name)).toEqual(['b.json']);
    await files.open(file('d.geojson', good));
    expect(files.fault).toBeUndefined();
    expect(new Set(files.all.map(({ id }) => id)).size).toBe(2);
  });
});
