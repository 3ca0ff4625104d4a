import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillColumns, FixColumns } from '../../../shared/model/fix-columns.ts';
import { exact, packedFixesType, writePackedFixes } from '../../../shared/model/packed-fixes.ts';
import type { Fix, PositionsAnswer } from '../../../shared/model/position.ts';
import { ByteWriter } from '../../../shared/wire/bytes.ts';
import { Failure } from '../../../shared/failure.ts';
import { readUplink } from '../../../server/ingest/packed-positions.ts';
import { testServer, type TestServer } from '../../support/test-server.ts';

const author = 'the phone';

function pack(fixes: ReadonlyArray<Omit<Fix, 'device'> & { device?: string }>): Uint8Array {
  const columns = new FixColumns();
  fillColumns(
    columns,
    fixes.map((fix) => ({ device: author, ...fix })),
    author,
  );
  const out = new ByteWriter();
  writePackedFixes(out, columns, exact);
  return out.done();
}

async function post(
  server: TestServer,
  token: string,
  body: Uint8Array,
): Promise<{ status: number; body: unknown }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': packedFixesType };
  const response = await fetch(`${server.url}/api/positions`, {
    method: 'POST',
    headers,
    body: body as BodyInit,
  });
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  return { status: response.status, body: await response.json() };
}

describe('packed positions', () => {
  it('get the same answer as the same positions in JSON, good and bad ones mixed', async () => {
    const server = await testServer();
    const admin = await server.token('admin');
    await server.call('PUT', '/api/units/u1', { token: admin, body: { callsign: 'U1', kind: 'patrol' } });
    await server.call('PUT', '/api/units/u2', { token: admin, body: { callsign: 'U2', kind: 'patrol' } });
    const nowMs = Date.now();
    const batch = [
      { unit: 'u1', timeMs: nowMs - 1_000, lon: 10, lat: 1, courseDeg: 360, speedMps: 3 },
      { unit: 'u1', timeMs: nowMs - 1_000, lon: 10, lat: 1, courseDeg: 0, speedMps: 3 },
      { unit: 'u1', timeMs: nowMs - 1_000, lon: 11, lat: 1 },
      { unit: 'u2', timeMs: nowMs - 1_000, lon: 10, lat: 1 },
      { unit: 'nobody', timeMs: nowMs, lon: 10, lat: 1 },
      { unit: 'u1', timeMs: nowMs + 3_600_000, lon: 10, lat: 1 },
      { unit: 'u1', timeMs: nowMs, lon: 190, lat: 1 },
      { unit: 'u1', timeMs: nowMs, lon: 10, lat: -90.1 },
      { unit: 'u1', timeMs: nowMs, lon: 10, lat: 1, courseDeg: 360.01 },
      { unit: 'u1', timeMs: nowMs, lon: 10, lat: 1, speedMps: 1_000.01 },
      { unit: 'u1', timeMs: nowMs, lon: 10, lat: 1, altitudeM: -1_001 },
      { unit: 'u1', timeMs: nowMs, lon: 10, lat: 1, accuracyM: -1 },
      { unit: 'u1', timeMs: nowMs, lon: 10, lat: 1, batteryPct: 101 },
      { unit: 'heartbeat', timeMs: nowMs, lon: 10, lat: 1 },
      { unit: 'u1', timeMs: nowMs, lon: 12, lat: 1, altitudeM: 5, accuracyM: 6, batteryPct: 70 },
    ];
    const bound = await server.token('feed', { units: ['u1'] });
    const packed = await post(server, bound, pack(batch));
    const inJson = batch.map(({ timeMs, ...item }) => ({ ...item, time: new Date(timeMs).toISOString() }));
    const other = await server.token('feed', { units: ['u1'] });
    const { body } = await server.call('POST', '/api/positions', { token: other, body: inJson });
    expect(packed).toEqual({ status: 200, body });
    expect(body).toMatchObject({ accepted: 2, duplicates: 1 });
    expect((body as PositionsAnswer).rejected.map(({ index }) => index)).toEqual([
      2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
    const live = server.livePicture.picture.units.get('u1')?.live;
    expect(live).toMatchObject({ lon: 12, altitudeM: 5, accuracyM: 6, batteryPct: 70 });
    const track = server.livePicture.picture.tracks.between('u1', 0, Infinity);
    expect(track.filter(({ courseDeg }) => courseDeg === 0)).toHaveLength(2);
  });

  it('change nothing when they are sent again, and bring unknown units into being for a free feed', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const timeMs = Date.now() - 5_000;
    const batch = pack(
      Array.from({ length: 500 }, (_, n) => ({
        unit: `n${n % 100}`,
        timeMs: timeMs + n,
        lon: n / 10,
        lat: 1,
      })),
    );
    expect(await post(server, token, batch)).toEqual({
      status: 200,
      body: { accepted: 500, duplicates: 0, rejected: [] },
    });
    const { seq } = server.livePicture.picture;
    expect((await post(server, token, batch)).body).toEqual({ accepted: 0, duplicates: 500, rejected: [] });
    expect(server.livePicture.picture.units.get('n99')).toMatchObject({ registered: false });
    expect(server.livePicture.picture.units.size).toBe(100);
    expect(seq).toBeGreaterThan(0);
  });

  it('are refused as a whole where the body is not sound, too long, or names devices', async () => {
    const server = await testServer();
    const token = await server.token('feed');
    const timeMs = Date.now();
    const good = pack([{ unit: 'u1', timeMs, lon: 1, lat: 1 }]);
    const refusal = async (body: Uint8Array): Promise<unknown> => {
      const answer = await post(server, token, body);
      return [answer.status, (answer.body as { error: { code: string; field: string } }).error];
    };
    const badBody = [400, expect.objectContaining({ code: 'bad-body', field: 'positions' })];
    expect(await refusal(good.subarray(0, -1))).toEqual(badBody);
    expect(await refusal(new Uint8Array())).toEqual(badBody);
    expect(await refusal(pack([{ unit: 'u1', device: 'd', timeMs, lon: 1, lat: 1 }]))).toEqual(badBody);
    const many = Array.from({ length: 10_001 }, (_, n) => ({ unit: 'u', timeMs: n, lon: 1, lat: 1 }));
    expect(await refusal(pack(many))).toEqual([413, expect.objectContaining({ code: 'too-many-items' })]);
    const watcher = await server.token('wall');
    expect(await post(server, watcher, good)).toMatchObject({
      status: 403,
      body: { error: { code: 'role-not-allowed' } },
    });
    expect(server.livePicture.picture.units.size).toBe(0);
  });

  it('are never anything but read or refused with a failure, whatever the bytes', () => {
    const columns = new FixColumns();
    const start = fc.constantFrom([], [1, 0], [1, 5, 2, 1, 0, 1, 97]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 100 }), (head, rest) => {
        try {
          const uplink = readUplink(Uint8Array.from([...head, ...rest]), columns, Date.now());
          for (let row = 0; row < columns.length; row++) {
            uplink.refusalOf(row);
            uplink.unitAt(row);
          }
        } catch (reason) {
          expect(reason).toBeInstanceOf(Failure);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
