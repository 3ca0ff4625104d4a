import { parse } from 'csv-parse/sync';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trackCsv, trackGeoJson, trackGpx } from '../../../server/web/track-formats.ts';

const timeMs = Date.parse('2026-11-22T16:40:00.000Z');
const points = [
  { timeMs, lon: 29.25, lat: -1.5, speedMps: 0, courseDeg: 270.5 },
  { timeMs: timeMs + 1500, lon: -29.5, lat: 1 },
];

it('writes a GeoJSON line whose lists go together', () => {
  expect(trackGeoJson('u', 'LRP 4', points)).toEqual({
    type: 'Feature',
    geometry: {
      type: 'LineString',
      coordinates: [
        [29.25, -1.5],
        [-29.5, 1],
      ],
    },
    properties: {
      unit: 'u',
      callsign: 'LRP 4',
      times: ['2026-11-22T16:40:00.000Z', '2026-11-22T16:40:01.500Z'],
      speedsMps: [0, null],
      coursesDeg: [270.5, null],
    },
  });
  expect(trackGeoJson('u', 'u', [])).toMatchObject({ geometry: { coordinates: [] } });
});

describe('GPX', () => {
  it('has time, place, and speed and course where known', () => {
    const text = trackGpx('u', 'LRP 4', points);
    expect(text.startsWith('<?xml')).toBe(true);
    const { gpx } = new XMLParser({ ignoreAttributes: false }).parse(text) as {
      gpx: { trk: Record<string, unknown> };
    };
    expect(gpx.trk).toMatchObject({
      name: 'LRP 4',
      desc: 'u',
      trkseg: {
        trkpt: [
          {
            '@_lat': '-1.5',
            '@_lon': '29.25',
            time: '2026-11-22T16:40:00.000Z',
            extensions: { 'tpx:TrackPointExtension': { 'tpx:speed': 0, 'tpx:course': 270.5 } },
          },
          { '@_lat': '1', '@_lon': '-29.5', time: '2026-11-22T16:40:01.500Z' },
        ],
      },
    });
  });

  it('is XML whatever the unit is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const text = trackGpx(name, `]]> & <b> "${name}" \u0000\uD800\uFFFE`, points);
        expect(XMLValidator.validate(text)).toBe(true);
        expect(text).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
      }),
      { numRuns: 30 },
    );
  });
});

describe('CSV', () => {
  it('leaves unknown fields empty', () => {
    expect(trackCsv('u', 'LRP 4', points)).toBe(
      'unit,time,lon,lat,speedMps,courseDeg\r\n' +
        'u,2026-11-22T16:40:00.000Z,29.25,-1.5,0,270.5\r\n' +
        'u,2026-11-22T16:40:01.500Z,-29.5,1,,\r\n',
    );
  });

  it.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'disarms the formula %j',
    (unit) => {
      expect(parse(trackCsv(unit, '', points), { from_line: 2 })[0]?.[0]).toBe(`'${unit}`);
    },
  );

  it('is one field per value whatever the unit is called', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (unit) => {
        const [, row] = parse(trackCsv(unit, '', points), { record_delimiter: '\r\n' });
        expect(row).toHaveLength(6);
        expect([unit, `'${unit}`]).toContain(row?.[0]);
      }),
    );
  });
});
