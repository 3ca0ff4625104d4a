import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { owntracksRoutes, parseOwntracks } from '../../../server/feeds/owntracks.ts';
import { Failure } from '../../../shared/failure.ts';
import { fakeDoor, fakeIdentity, judge, nowMs, serve, type FakeDoor } from './fakes.ts';

const tst = nowMs / 1000 - 60;
const message = { _type: 'location', lat: -1.5, lon: 29.25, tst, tid: 'AB', topic: 'owntracks/jane/phone' };

function only(body: unknown, sender = {}): ReturnType<typeof judge> {
  const candidate = parseOwntracks(body, sender, nowMs).candidates[0];
  if (!candidate) throw new Error('no candidate');
  return judge(candidate);
}

describe('a location message', () => {
  it('is read whole, speed from km/h', () => {
    expect(only({ ...message, vel: 36, cog: 90, alt: 1450, vac: 3, acc: 12, batt: 80, conn: 'm' })).toEqual({
      unit: 'jane',
      device: 'owntracks:phone',
      timeMs: tst * 1000,
      lon: 29.25,
      lat: -1.5,
      speedMps: expect.closeTo(10, 9) as number,
      courseDeg: 90,
      altitudeM: 1450,
      accuracyM: 12,
      batteryPct: 80,
    });
  });

  it('drops what the phone does not know', () => {
    const fix = only({ ...message, vel: -1, cog: -1, batt: -1, alt: 0, vac: -1 });
    expect(Object.keys(fix).sort()).toEqual(['device', 'lat', 'lon', 'timeMs', 'unit']);
  });

  it('refuses 0,0 as no fix and a bad place by its field', () => {
    expect(only({ ...message, lat: 0, lon: 0 })).toMatchObject({ code: 'no-fix' });
    expect(only({ ...message, lat: 'x' })).toMatchObject({ code: 'field-invalid', field: 'lat' });
    expect(only({ ...message, lat: undefined })).toMatchObject({ code: 'field-missing', field: 'lat' });
  });

  it('belongs to the unit of the token, else the user, else X-Limit-U, else the topic', () => {
    const all = { unit: 'lrp-4', user: 'basic', limitUser: 'limit', limitDevice: 'tablet' };
    expect(only(message, all)).toMatchObject({ unit: 'lrp-4', device: 'owntracks:tablet' });
    expect(only(message, { ...all, unit: undefined })).toMatchObject({ unit: 'basic' });
    expect(only(message, { limitUser: 'limit' })).toMatchObject({ unit: 'limit', device: 'owntracks:phone' });
    expect(only({ ...message, topic: undefined }, { user: 'u' })).toMatchObject({
      unit: 'u',
      device: 'owntracks:AB',
    });
    expect(only({ ...message, topic: undefined })).toMatchObject({ code: 'field-missing', field: 'unit' });
  });
});

it('reads arrays, and says what is no location', () => {
  const report = parseOwntracks(
    [message, { _type: 'lwt' }, { _type: 'encrypted', data: '…' }, null, {}],
    {},
    nowMs,
  );
  expect(report.candidates).toHaveLength(1);
  expect(report.passedOver).toEqual(['not-a-location', 'encrypted', 'bad-body', 'not-a-location']);
});

it('reads or refuses anything at all, and never throws', () => {
  const location = fc.dictionary(
    fc.constantFrom('lat', 'lon', 'tst', 'vel', 'cog', 'alt', 'vac', 'acc', 'batt', 'tid', 'topic'),
    fc.anything(),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        location.map((given) => ({ ...given, _type: 'location' })),
      ),
      (body) => {
        for (const candidate of parseOwntracks(body, {}, nowMs).candidates) {
          const verdict = judge(candidate);
          expect('code' in verdict || Number.isFinite(verdict.lon + verdict.lat + verdict.timeMs)).toBe(true);
        }
      },
    ),
  );
});

describe('POST /owntracks', () => {
  interface Served {
    readonly door: FakeDoor;
    readonly counted: string[];
    readonly post: (body: BodyInit, token?: string, headers?: Record<string, string>) => Promise<Response>;
  }

  async function served(): Promise<Served> {
    const door = fakeDoor();
    const counted: string[] = [];
    const count = (verdict: string): void => void counted.push(verdict);
    const url = await serve(
      owntracksRoutes({ identity: fakeIdentity(), positions: door, nowMs: () => nowMs, count }),
    );
    const post: Served['post'] = (body, token = 'feed', headers = {}) => {
      const authorization = `Basic ${Buffer.from(`jane:${token}`).toString('base64')}`;
      return fetch(`${url}/owntracks`, { method: 'POST', body, headers: { authorization, ...headers } });
    };
    return { door, counted, post };
  }

  it('takes a location with the token as password and answers an empty list', async () => {
    const { door, post } = await served();
    const answer = await post(JSON.stringify({ ...message, topic: undefined }), 'bound', {
      'X-Limit-D': 'tablet',
    });
    expect([answer.status, await answer.json()]).toEqual([200, []]);
    await post(JSON.stringify([message, message]), 'feed');
    await post(JSON.stringify(message), '', { authorization: 'Bearer bound' });
    expect(door.fixes.map(({ unit, device }) => `${unit} ${device}`)).toEqual([
      'lrp-4 owntracks:tablet',
      'jane owntracks:phone',
      'jane owntracks:phone',
      'lrp-4 owntracks:phone',
    ]);
  });

  it('answers 200 and counts what can never become right', async () => {
    const { door, counted, post } = await served();
    door.failure = new Failure('too-many-items', 'too many');
    for (const body of [
      '{"_type":',
      '"text"',
      JSON.stringify({ _type: 'transition' }),
      JSON.stringify({ _type: 'encrypted', data: 'x' }),
      new Uint8Array([0xff, 0xfe]),
      ' '.repeat(1_100_000),
      JSON.stringify(message),
      '',
    ]) {
      const answer = await post(body);
      expect([answer.status, await answer.json()]).toEqual([200, []]);
    }
    const told = [
      'bad-json',
      'bad-body',
      'not-a-location',
      'encrypted',
      'bad-encoding',
      'too-large',
      'too-many-items',
    ];
    expect(counted).toEqual(told);
  });

  it('answers 401 to wrong credentials and 503 while nothing can be recorded', async () => {
    const { door, counted, post } = await served();
    expect((await post(JSON.stringify(message), 'wrong')).status).toBe(401);
    expect((await post(JSON.stringify(message), 'feed', { authorization: '' })).status).toBe(401);
    door.failure = new Failure('record-unavailable', 'no record');
    const answer = await post(JSON.stringify(message));
    expect([answer.status, answer.headers.get('retry-after'), counted]).toEqual([503, '2', []]);
  });
});
