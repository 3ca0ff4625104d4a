import { describe, expect, it } from 'vitest';
import { osmandRoutes, type LastFix } from '../../../server/feeds/osmand.ts';
import { Failure, type FailureCode } from '../../../shared/failure.ts';
import { fakeDoor, fakeIdentity, nowMs, serve, type FakeDoor } from './fakes.ts';

const place = 'lat=-1.5&lon=29.25';
const timeMs = nowMs - 60_000;
const bearer = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });

interface Served {
  readonly door: FakeDoor;
  readonly counted: string[];
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
}

async function served(lastFixes: Readonly<Record<string, LastFix>> = {}): Promise<Served> {
  const door = fakeDoor();
  const counted: string[] = [];
  const url = await serve(
    osmandRoutes({
      identity: fakeIdentity(),
      positions: door,
      nowMs: () => nowMs,
      lastFix: (unit) => lastFixes[unit],
      count: (verdict) => counted.push(verdict),
    }),
  );
  return { door, counted, ask: (path, init) => fetch(url + path, init) };
}

describe('who reports', () => {
  it('takes a bearer token, HTTP basic and a key in the address', async () => {
    const { door, ask } = await served();
    const basic = `Basic ${Buffer.from('anyone:feed').toString('base64')}`;
    expect((await ask(`/osmand?id=u1&${place}`, bearer('feed'))).status).toBe(200);
    expect((await ask(`/osmand?id=u2&${place}`, { headers: { authorization: basic } })).status).toBe(200);
    const answer = await ask(`/osmand/key?id=anything&${place}`);
    expect([answer.status, await answer.json()]).toEqual([200, { accepted: 1, duplicates: 0, rejected: [] }]);
    expect(door.fixes.map(({ unit, device }) => [unit, device])).toEqual([
      ['u1', 'osmand:u1'],
      ['u2', 'osmand:u2'],
      ['lrp-4', 'osmand:anything'],
    ]);
  });

  it('answers 401 to a wrong key or token and to none, so that the phone keeps its reports', async () => {
    const { door, ask } = await served();
    for (const [path, init] of [
      [`/osmand/wrong?id=u&${place}`, {}],
      [`/osmand?id=u&${place}`, bearer('wrong')],
      [`/osmand?id=u&${place}`, {}],
      [`/osmand?id=u&${place}`, { headers: { cookie: 'nightflash_session=feed' } }],
    ] as const) {
      const answer = await ask(path, init);
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: 'not-signed-in' } }]);
    }
    expect(door.fixes).toEqual([]);
  });

  it('uses the one unit of a token when the phone names none', async () => {
    const { door, ask } = await served();
    await ask(`/osmand/key?${place}`);
    await ask(`/osmand?${place}`, bearer('two'));
    expect(door.fixes).toMatchObject([{ unit: 'lrp-4', device: 't-door' }]);
    expect(door.rejected).toMatchObject([{ code: 'field-missing', field: 'unit' }]);
  });

  it('leaves the id of another unit as it is, for the door to refuse', async () => {
    const { door, ask } = await served({ other: { lon: 1, lat: 1 } });
    await ask(`/osmand/key?id=other&${place}`);
    expect(door.fixes).toMatchObject([{ unit: 'other' }]);
  });
});

describe('how it reports', () => {
  it('takes a form by POST and the newer JSON', async () => {
    const { door, ask } = await served();
    await ask('/osmand/key', { method: 'POST', body: new URLSearchParams(`id=x&${place}&speed=1`) });
    const location = {
      timestamp: new Date(timeMs).toISOString(),
      coords: { latitude: 2, longitude: 3, speed: 1 },
    };
    const body = JSON.stringify({ location, device_id: 'x' });
    await ask('/osmand/key', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await ask(`/osmand/key?id=x&${place}`, { method: 'POST' });
    expect(door.fixes).toMatchObject([
      { lat: -1.5, speedMps: expect.closeTo(0.514, 3) as number },
      { lat: 2, speedMps: 1, timeMs },
      { lat: -1.5 },
    ]);
  });

  it('answers 200 to what can never become right, and counts it', async () => {
    const { counted, door, ask } = await served();
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const cases: Array<[path: string, init: RequestInit, code: FailureCode]> = [
      [`/osmand/key?id=x&lat=0&lon=0`, {}, 'no-fix'],
      [`/osmand/key?id=x&lat=north&lon=0`, {}, 'field-invalid'],
      [`/osmand/key?id=x&${place}&timestamp=${nowMs + 600_000}`, {}, 'time-future'],
      [`/osmand/key`, { ...json, body: '{"location":' }, 'bad-json'],
      [`/osmand/key`, { ...json, body: '[]' }, 'bad-body'],
      [`/osmand/key`, { ...json, body: new Uint8Array([0xff, 0xfe, 0x7b]) }, 'bad-encoding'],
      [`/osmand/key`, { ...json, body: ' '.repeat(1_100_000) }, 'too-large'],
    ];
    for (const [path, init, code] of cases) {
      const answer = await ask(path, init);
      expect([answer.status, await answer.json()]).toMatchObject([
        200,
        { accepted: 0, rejected: [{ index: 0, code }] },
      ]);
    }
    expect(counted).toEqual(['bad-json', 'bad-encoding', 'too-large']);
    expect(door.fixes).toEqual([]);
  });

  it.each(['record-unavailable', 'shutting-down', 'role-not-allowed', 'too-many-requests'] as const)(
    'passes %s on, so that the phone comes again',
    async (code) => {
      const { counted, door, ask } = await served();
      door.failure = new Failure(code, 'not now');
      const answer = await ask(`/osmand/key?${place}`);
      expect([answer.status, counted]).toEqual([door.failure.status, []]);
    },
  );
});

describe('a report without a place', () => {
  it('keeps the unit where it was, at the time of the report', async () => {
    const { door, ask } = await served({ 'lrp-4': { lon: 29, lat: -1, timeMs: timeMs - 1 } });
    await ask(`/osmand/key?id=x&timestamp=${timeMs}&batt=12`);
    expect(door.fixes).toEqual([
      { unit: 'lrp-4', device: 'osmand:x', timeMs, lon: 29, lat: -1, batteryPct: 12 },
    ]);
  });

  it('writes nothing into the past, without a place known, or at a time that is none', async () => {
    const { door, counted, ask } = await served({ 'lrp-4': { lon: 29, lat: -1, timeMs } });
    for (const path of [
      `/osmand/key?timestamp=${timeMs}`,
      `/osmand/key?timestamp=${timeMs - 5000}`,
      `/osmand/key?timestamp=soon`,
      `/osmand/feed?id=nobody`,
      `/osmand/feed`,
    ]) {
      const answer = await ask(path);
      expect([answer.status, await answer.json()]).toEqual([
        200,
        { accepted: 0, duplicates: 0, rejected: [] },
      ]);
    }
    expect(door.fixes).toEqual([]);
    expect(counted).toEqual(Array.from({ length: 5 }, () => 'no-position'));
  });
});
