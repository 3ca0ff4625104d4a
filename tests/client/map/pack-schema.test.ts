import { featureFilter, validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { PMTiles } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { basemapStyle } from '../../../client/map/basemap-style.ts';
import { factsOf, plainCredit, schemaOf, type PackSchema } from '../../../client/map/pack-schema.ts';
import { packLayers } from '../../../server/basemap/pack-layers.ts';
import { encodePmtiles } from '../../../server/basemap/pmtiles-writer.ts';

/** Layers as each schema's documentation lists them. */
const layersOf: Readonly<Record<PackSchema, readonly string[]>> = {
  nightflash: Object.keys(packLayers),
  protomaps: ['boundaries', 'buildings', 'earth', 'landcover', 'landuse', 'places', 'pois', 'roads', 'water'],
  openmaptiles: ['aerodrome_label', 'aeroway', 'boundary', 'building', 'landcover', 'landuse', 'mountain_peak', 'park', 'place', 'transportation', 'transportation_name', 'water', 'water_name', 'waterway'],
}; // prettier-ignore
const schemas = ['nightflash', 'protomaps', 'openmaptiles'] as const;
const packs = ['pmtiles:///a', 'pmtiles:///b', 'pmtiles:///c'];
const bounds = [24, -6, 36, 8] as const;

/** A pack with one empty tile, as its maker would describe it. */
function packOf(layers: readonly string[], attribution = ''): PMTiles {
  const file = encodePmtiles([{ z: 5, x: 18, y: 15, mvt: new Uint8Array() }], {
    name: 'a pack',
    description: '',
    attribution,
    bounds,
    centre: [30, 1, 5],
    layers: Object.fromEntries(layers.map((layer) => [layer, {}])),
  });
  return new PMTiles({
    getKey: () => 'a pack',
    getBytes: (offset, length) =>
      Promise.resolve({ data: new Uint8Array(file.subarray(offset, offset + length)).buffer }),
  });
}

async function styleOf(schema: PackSchema) {
  const facts = [await factsOf(packOf(layersOf[schema]))];
  return basemapStyle({ packs: packs.slice(0, 1), facts, theme: 'dark', labelField: 'name:fr' });
}

type Shape = 1 | 2 | 3;
const [point, way, area]: Shape[] = [1, 2, 3];

/** Ids of the layers that draw a thing at a zoom, without the name of the pack. */
async function drawnBy(
  schema: PackSchema,
  [layer, type, properties]: readonly [string, Shape | undefined, Record<string, string | number | boolean>],
  zoom: number,
): Promise<string[]> {
  const { layers } = await styleOf(schema);
  return layers.flatMap((one) => {
    if (!('source-layer' in one) || one['source-layer'] !== layer) return [];
    if (zoom < (one.minzoom ?? 0) || zoom >= (one.maxzoom ?? 24)) return [];
    const passes = featureFilter(one.filter, 'layers[0].filter').filter(
      { zoom },
      { type: type ?? 0, properties },
    );
    return passes ? [one.id.replace('pack-0-', '')] : [];
  });
}

describe('the schema of a pack', () => {
  it.each(schemas)('%s is read from the pack, with its extent and its source', async (schema) => {
    const pack = packOf(layersOf[schema], '<a href="https://x.org">&copy; OpenStreetMap</a> contributors');
    expect(await factsOf(pack)).toEqual({
      schema,
      layers: layersOf[schema],
      bounds: [...bounds],
      minZoom: 5,
      attribution: '© OpenStreetMap contributors',
    });
  });

  it('is ours where nothing is known', () => expect(schemaOf([])).toBe('nightflash'));

  it('names sources as words, whatever markup they come in', () => {
    expect(plainCredit('Made with <b>Natural Earth</b>\n | WOF &amp; GeoNames')).toBe(
      'Made with Natural Earth | WOF & GeoNames',
    );
    expect(plainCredit({ html: 1 })).toBe('');
  });
});

describe('the style of a pack', () => {
  it.each(schemas)('%s: asks for no layer that the schema lacks', (schema) => {
    const facts = [{ schema, attribution: '' }];
    const style = basemapStyle({ packs: packs.slice(0, 1), facts, theme: 'bright', labelField: 'name:ar' });
    expect(validateStyleMin(style)).toEqual([]);
    const asked = style.layers.flatMap((layer) => ('source-layer' in layer ? [layer['source-layer']] : []));
    expect(new Set(asked).size).toBeGreaterThan(5);
    expect(asked.filter((layer) => !layersOf[schema].includes(layer ?? ''))).toEqual([]);
  });

  it('leaves out what a slim pack of a known schema does not declare', async () => {
    const facts = [await factsOf(packOf(['earth', 'water']))];
    const style = basemapStyle({ packs: packs.slice(0, 1), facts, theme: 'dark' });
    const asked = style.layers.flatMap((layer) => ('source-layer' in layer ? [layer['source-layer']] : []));
    expect(new Set(asked)).toEqual(new Set(['earth', 'water']));
  });

  const borders = {
    nightflash: ['boundary', { level: 2, disputed: 0 }, { level: 2, disputed: 1 }, { level: 4, disputed: 0 }],
    protomaps: ['boundaries', { kind: 'country' }, { kind: 'country', disputed: true }, { kind: 'region' }],
    openmaptiles: ['boundary', { admin_level: 2 }, { admin_level: 2, disputed: 1 }, { admin_level: 4 }],
  } as const;
  it.each(schemas)('%s: a border is solid, an unsettled one and an inner one are dashed', async (schema) => {
    const [layer, settled, unsettled, inner] = borders[schema];
    expect(await drawnBy(schema, [layer, way, settled], 8)).toEqual(['border']);
    expect(await drawnBy(schema, [layer, way, unsettled], 8)).toEqual(['unsettled']);
    expect(await drawnBy(schema, [layer, way, inner], 8)).toEqual(['province']);
    const dashes = (await styleOf(schema)).layers.flatMap(({ id, paint = {} }) =>
      'line-dasharray' in paint ? [id.replace('pack-0-', '')] : [],
    );
    expect(dashes).toEqual(expect.arrayContaining(['unsettled', 'province']));
    expect(dashes).not.toContain('border');
  });

  const things = [
    ['protomaps', ['water', area, { kind: 'ocean' }], ['ocean']],
    ['protomaps', ['water', area, { kind: 'lake' }], ['water']],
    ['protomaps', ['water', way, { kind: 'river' }], ['river']],
    ['protomaps', ['roads', way, { kind: 'highway' }], ['trunk']],
    ['protomaps', ['roads', way, { kind: 'minor_road' }], ['road']],
    ['protomaps', ['places', point, { kind: 'locality', kind_detail: 'city' }], ['city-name']],
    ['protomaps', ['pois', point, { kind: 'aerodrome' }], ['airport-ring', 'airport-name']],
    ['protomaps', ['pois', point, { kind: 'cafe' }], []],
    ['openmaptiles', ['water', area, { class: 'ocean' }], ['ocean']],
    ['openmaptiles', ['waterway', way, { class: 'river' }], ['river']],
    ['openmaptiles', ['transportation', way, { class: 'primary' }], ['main']],
    ['openmaptiles', ['transportation', way, { class: 'track' }], ['track']],
    ['openmaptiles', ['place', point, { class: 'village' }], ['village-name']],
    ['openmaptiles', ['aeroway', way, { class: 'runway' }], ['runway']],
    ['openmaptiles', ['boundary', way, { admin_level: 2, maritime: 1 }], []],
    ['nightflash', ['airport', point, { name: 'Bunia' }], ['airport-ring', 'airport-name']],
    ['nightflash', ['place', point, { kind: 'capital', rank: 1 }], ['town-dot', 'town-name']],
    ['nightflash', ['road', way, { rank: 2 }], ['road']],
  ] as const;
  it.each(things)('%s: %j is drawn as %j', async (schema, thing, ids) => {
    expect(await drawnBy(schema, thing, 12)).toEqual(ids);
  });
});

describe('several packs', () => {
  const facts = schemas.map((schema) => ({ schema, attribution: '', bounds, minZoom: 7 }));
  const style = basemapStyle({ packs, facts, theme: 'dark' });
  const ids = style.layers.map(({ id }) => id);

  it('lie over one another in their order, names above all ground', () => {
    expect(validateStyleMin(style)).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.indexOf('pack-1-land')).toBeGreaterThan(ids.indexOf('pack-0-unsettled'));
    expect(ids.indexOf('pack-2-extent')).toBeGreaterThan(ids.indexOf('pack-1-unsettled'));
    const types = style.layers.map(({ type }) => type);
    expect(types.lastIndexOf('line')).toBeLessThan(types.indexOf('symbol'));
  });

  it('write the names of countries once', () => {
    expect(ids.filter((id) => id.endsWith('country-name'))).toEqual(['pack-0-country-name']);
  });

  it('make land of the extent of a pack that has water only, from its own zoom on', () => {
    expect(style.sources['pack-2-extent']).toMatchObject({
      type: 'geojson',
      data: { coordinates: [[[24, -6], [36, -6], [36, 8], [24, 8], [24, -6]]] }, // prettier-ignore
    });
    expect(style.layers.find(({ id }) => id === 'pack-2-extent')).toMatchObject({ minzoom: 7 });
  });

  it('that have not answered yet are left out, and the others keep their places', () => {
    const some = basemapStyle({ packs, facts: [facts[0], undefined, facts[2]], theme: 'dark' });
    expect(Object.keys(some.sources)).toEqual(['pack-0', 'pack-2', 'pack-2-extent']);
  });
});
