import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../../server/ingest/places-body.ts';
import { Failure } from '../../../shared/failure.ts';
import { placeSchema } from '../../../shared/model/place.ts';

const csv = 'text/csv';
const head = 'id,kind,name,lon,lat,population,languages\n';

function feature(id: unknown, properties: object = {}, coordinates: unknown = [29.1, -1.5]): object {
  const own = { kind: 'village', name: 'Mabiri', ...properties };
  return { type: 'Feature', id, properties: own, geometry: { type: 'Point', coordinates } };
}

const mabiri = { id: 'v1', kind: 'village', name: 'Mabiri', lon: 29.1, lat: -1.5 };

describe('GeoJSON', () => {
  it('is a FeatureCollection, a Feature or an array of them', () => {
    for (const body of [
      { type: 'FeatureCollection', features: [feature('v1')] },
      feature('v1'),
      [feature('v1')],
    ]) {
      expect(placesOf(JSON.stringify(body), 'application/geo+json')).toEqual({
        places: [mabiri],
        rejected: [],
      });
      expect(placesOf(`\uFEFF ${JSON.stringify(body)}`, '').places).toEqual([mabiri]);
    }
  });

  it('takes ids from the properties and numbers as ids, languages as list or text, numbers in text', () => {
    const body = [
      feature(undefined, { id: 7, population: '2300', languages: 'sw;fr' }, [29.1, -1.5, 1450]),
      feature(8, { population: null, languages: ['sw'] }),
    ];
    expect(placesOf(JSON.stringify(body), '').places).toEqual([
      { ...mabiri, id: '7', population: 2300, languages: ['sw', 'fr'] },
      { ...mabiri, id: '8', population: null, languages: ['sw'] },
    ]);
  });

  it('keeps the good ones and lists the bad ones with index, code and field', () => {
    const line = {
      ...feature('l'),
      geometry: {
        type: 'LineString',
        coordinates: [
          [1, 1],
          [2, 2],
        ],
      },
    };
    const body = [
      feature('v1'),
      null,
      line,
      feature('v2', { kind: 'castle' }),
      feature('v3', {}, [29, 91]),
      feature(''),
      feature('v1'),
    ];
    const { places, rejected } = placesOf(JSON.stringify(body), '');
    expect(places).toEqual([mabiri]);
    expect(rejected.map(({ index, code, field }) => [index, code, field])).toEqual([
      [1, 'bad-body', ''],
      [2, 'field-invalid', 'geometry'],
      [3, 'field-invalid', 'kind'],
      [4, 'field-out-of-range', 'lat'],
      [5, 'field-out-of-range', 'id'],
      [6, 'conflict', 'id'],
    ]);
  });
});

describe('CSV', () => {
  it('is read with BOM, CRLF, quotes, blank lines, any order of columns and absent optional ones', () => {
    const rows = ['"Camp ""Alpha"", north",base,b1,-1.5,29.1', '', 'Mabiri,village,v1,-1.5,29.1', ''];
    const text = `\uFEFFName,KIND,id,lat,lon\r\n${rows.join('\r\n')}`;
    expect(placesOf(text, csv)).toEqual({
      places: [{ ...mabiri, id: 'b1', kind: 'base', name: 'Camp "Alpha", north' }, mabiri],
      rejected: [],
    });
  });

  it.each(['sw;fr', 'sw|fr', 'sw fr', '"sw, fr"'])('separates languages: %s', (languages) => {
    expect(placesOf(`${head}v1,village,Mabiri,29.1,-1.5,2300,${languages}\n`, csv).places).toEqual([
      { ...mabiri, population: 2300, languages: ['sw', 'fr'] },
    ]);
  });

  it.each([
    ['names', 'Mabirri|Mont Mabiri, nord'],
    ['alt', ' Mabirri ; Mont Mabiri, nord |'],
  ])('reads other names from the column %s', (column, names) => {
    const text = `id,kind,name,lon,lat,${column}\nv1,village,Mabiri,29.1,-1.5,"${names}"\n`;
    const other = ['Mabirri', 'Mont Mabiri, nord'];
    expect(placesOf(text, csv).places).toEqual([{ ...mabiri, names: other }]);
    expect(placesOf(JSON.stringify(feature('v1', { names: other })), '').places).toEqual([
      { ...mabiri, names: other },
    ]);
  });

  it('is read as a French spreadsheet writes it', () => {
    const text = 'id;kind;name;lon;lat;languages\nv1;village;Mabiri;29,1;-1,5;sw|fr\n';
    expect(placesOf(text, csv).places).toEqual([{ ...mabiri, languages: ['sw', 'fr'] }]);
  });

  it('lists bad rows by their place among the data rows', () => {
    const rows = [
      'v1,village,Mabiri,29.1,-1.5',
      'v2,village,,29,1',
      'v3,village,K,east,1',
      'v4',
      'v5,village,K "the" X,1,1,many',
    ];
    const { places, rejected } = placesOf(head + rows.join('\n'), csv);
    expect(places).toEqual([mabiri]);
    expect(rejected.map(({ index, code, field }) => [index, code, field])).toEqual([
      [1, 'field-missing', 'name'],
      [2, 'field-invalid', 'lon'],
      [3, 'field-missing', 'kind'],
      [4, 'field-invalid', 'population'],
    ]);
  });

  it('handles the villages of a whole country in under a second', () => {
    const rows = Array.from(
      { length: 30_601 },
      (_, at) => `v${at},village,"Village ${at}, east",29.${at},-1.5,${at},sw;fr`,
    );
    const text = head + rows.join('\r\n');
    // Processor time, and the better of two: other tests may have the machine at the same time.
    const tookMs = [1, 2].map(() => {
      const begun = process.cpuUsage();
      expect(placesOf(text, csv).places).toHaveLength(30_601);
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    });
    expect(Math.min(...tookMs)).toBeLessThan(1_000);
  });
});

describe('a body that is none of these', () => {
  it.each([
    ['{"type":"Feature"', 'application/json', 'bad-json'],
    ['[', '', 'bad-json'],
    ['{}', '', 'bad-body'],
    ['5', 'application/json', 'bad-body'],
    ['', '', 'bad-body'],
    ['name,place\nx,y', csv, 'bad-body'],
    [`${head}v1,village,"Mabiri,1,1`, csv, 'bad-body'],
  ])('%j (%s) fails as %s', (text, type, code) => {
    expect(() => placesOf(text, type)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('never throws anything but a failure, and every place it keeps is one', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('1', 'village', '-1.5', '"', '"a""b"', ''));
    const table = fc
      .array(fc.array(cell).map((cells) => cells.join(',')))
      .map((rows) => head + rows.join('\n'));
    const geo = fc.array(
      fc.oneof(
        fc.anything(),
        fc.tuple(fc.anything(), fc.anything()).map(([id, at]) => feature(id, {}, at)),
      ),
    );
    const json = geo.map((features) => {
      try {
        return JSON.stringify(features);
      } catch {
        return '[]'; // a bigint or a cycle cannot come over a wire
      }
    });
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), table, json),
        fc.constantFrom('', csv, 'application/json'),
        (text, type) => {
          try {
            for (const place of placesOf(text, type).places) placeSchema.parse(place);
          } catch (reason) {
            expect(reason).toBeInstanceOf(Failure);
          }
        },
      ),
    );
  });
});
