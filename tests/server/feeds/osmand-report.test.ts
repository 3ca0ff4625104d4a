import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseOsmand } from '../../../server/feeds/osmand.ts';
import { judge, nowMs } from './fakes.ts';

const time = '2026-11-22T16:39:00.000Z';
const timeMs = Date.parse(time);

function only(query: Record<string, unknown>, json?: unknown): ReturnType<typeof judge> {
  const report = parseOsmand(query, json, nowMs);
  const candidate = report.kind === 'positions' ? report.candidates[0] : undefined;
  if (!candidate) throw new Error(`${report.kind} without a candidate`);
  return judge(candidate);
}

describe('the query form', () => {
  const here = { id: '4711', lat: '-1.5', lon: '29.25' };

  it('reads every parameter, speed from knots', () => {
    const more = {
      timestamp: String(timeMs / 1000),
      speed: '10',
      bearing: '90',
      altitude: '1450.5',
      accuracy: '8',
      batt: '71',
    };
    const noise = { hdop: '0.8', charge: 'true', mock: 'false', activity: 'still' };
    expect(only({ ...here, ...more, ...noise })).toEqual({
      unit: '4711',
      device: 'osmand:4711',
      timeMs,
      lon: 29.25,
      lat: -1.5,
      speedMps: expect.closeTo(5.1444, 4) as number,
      courseDeg: 90,
      altitudeM: 1450.5,
      accuracyM: 8,
      batteryPct: 71,
    });
  });

  it.each([
    ['seconds', String(timeMs / 1000)],
    ['milliseconds', String(timeMs)],
    ['RFC 3339', '2026-11-22T16:39:00Z'],
    ['RFC 3339 with an offset', '2026-11-22T17:39:00+01:00'],
    ['Traccar’s own form, UTC', '2026-11-22 16:39:00'],
  ])('reads a timestamp in %s', (_form, timestamp) => {
    expect(only({ ...here, timestamp })).toMatchObject({ timeMs });
  });

  it('takes the server time where none is given', () => {
    expect(only(here)).toMatchObject({ timeMs: nowMs });
    expect(only({ ...here, timestamp: '' })).toMatchObject({ timeMs: nowMs });
  });

  it.each(['0', '-5', 'yesterday', '1e300', '99999999999999999'])('refuses the timestamp %s', (timestamp) => {
    expect(only({ ...here, timestamp })).toMatchObject({ code: 'time-invalid', field: 'time' });
  });

  it('reads location=lat,lon, deviceid and heading', () => {
    const fix = only({ deviceid: 'x', location: '-1.5,29.25', heading: '45' });
    expect(fix).toMatchObject({ unit: 'x', lon: 29.25, lat: -1.5, courseDeg: 45 });
  });

  it('takes the last of a parameter given twice', () => {
    expect(only({ ...here, lat: ['1', '2'] })).toMatchObject({ lat: 2 });
  });

  it('drops what the phone does not know, and nonsense beside the place', () => {
    const fix = only({ ...here, speed: '-1', bearing: '-1', accuracy: '-1', altitude: 'NaN', batt: '150' });
    expect(fix).toEqual({ unit: '4711', device: 'osmand:4711', timeMs: nowMs, lon: 29.25, lat: -1.5 });
  });

  it.each([
    { lat: '0', lon: '0' },
    { lat: '999', lon: '999' },
    { lat: '-1.5', lon: '181' },
    { lat: '-1.5', lon: '29', valid: 'false' },
    { lat: '-1.5', lon: '29', valid: '0' },
  ])('refuses %j as no fix', (query) => {
    expect(only({ id: 'x', ...query })).toMatchObject({ code: 'no-fix' });
  });

  it.each(['true', 'TRUE', '1', ''])('takes valid=%s as valid', (valid) => {
    expect(only({ ...here, valid })).toMatchObject({ lat: -1.5 });
  });

  it('refuses a place that is no number by its field', () => {
    expect(only({ ...here, lat: '1,5' })).toMatchObject({ code: 'field-invalid', field: 'lat' });
    expect(only({ id: 'x', lat: '1' })).toMatchObject({ code: 'field-missing', field: 'lon' });
  });

  it('calls a report without coordinates that', () => {
    const report = parseOsmand({ id: 'x', timestamp: String(timeMs), batt: '9' }, undefined, nowMs);
    expect(report).toMatchObject({
      kind: 'no-position',
      unit: 'x',
      timeMs,
      candidate: { device: 'osmand:x' },
    });
  });
});

describe('the JSON form', () => {
  const coords = { latitude: -1.5, longitude: 29.25, accuracy: 8, speed: 4.2, heading: 90, altitude: 1450 };
  const body = (location: object): object => ({
    location: { timestamp: time, coords, ...location },
    device_id: '48241179',
  });

  it('reads what Traccar Client 9 sends, speed in m/s', () => {
    const sent = body({
      is_moving: true,
      odometer: 5,
      event: 'motionchange',
      battery: { level: 0.5, is_charging: true },
      extras: {},
    });
    expect(only({}, sent)).toEqual({
      unit: '48241179',
      device: 'osmand:48241179',
      timeMs,
      lon: 29.25,
      lat: -1.5,
      speedMps: 4.2,
      courseDeg: 90,
      altitudeM: 1450,
      accuracyM: 8,
      batteryPct: 50,
    });
  });

  it('drops negative speed, heading, battery, and an altitude of negative accuracy', () => {
    const unknown = { ...coords, speed: -1, heading: -1, altitude_accuracy: -1, accuracy: 8 };
    const fix = only({}, body({ coords: unknown, battery: { level: -1 } }));
    expect(Object.keys(fix).sort()).toEqual(['accuracyM', 'device', 'lat', 'lon', 'timeMs', 'unit']);
  });

  it('refuses 0,0, takes no coords as a sign of life, and the id from the query', () => {
    expect(only({}, body({ coords: { latitude: 0, longitude: 0 } }))).toMatchObject({ code: 'no-fix' });
    expect(parseOsmand({}, body({ coords: undefined }), nowMs)).toMatchObject({
      kind: 'no-position',
      unit: '48241179',
      timeMs,
    });
    expect(only({ id: 'q' }, { location: { coords } })).toMatchObject({ unit: 'q', timeMs: nowMs });
  });

  it.each([null, [], 'text', 5, {}, { location: [] }])('refuses %j as another shape', (json) => {
    expect(only({}, json)).toMatchObject({ code: 'bad-body' });
  });
});

describe('anything at all', () => {
  const names = [
    'id',
    'deviceid',
    'lat',
    'lon',
    'location',
    'timestamp',
    'speed',
    'bearing',
    'altitude',
    'accuracy',
    'batt',
    'valid',
  ];
  const value = fc.oneof(fc.string(), fc.double().map(String), fc.array(fc.string()), fc.constant(undefined));

  it('is read or refused, never thrown', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (query) =>
        holds(parseOsmand(query, undefined, nowMs)),
      ),
    );
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (coords, rest) => {
        holds(
          parseOsmand({}, { location: { coords, timestamp: rest, battery: rest }, device_id: rest }, nowMs),
        );
        holds(parseOsmand({}, rest, nowMs));
      }),
    );
  });

  function holds(report: ReturnType<typeof parseOsmand>): void {
    if (report.kind === 'no-position') return;
    for (const candidate of report.candidates) {
      const verdict = judge(candidate);
      expect('code' in verdict || Number.isFinite(verdict.lon + verdict.lat + verdict.timeMs)).toBe(true);
    }
  }
});
