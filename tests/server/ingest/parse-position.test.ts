import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { positionSchema } from '../../../shared/model/position.ts';
import { parsePosition } from '../../../server/ingest/parse-position.ts';

const nowMs = Date.parse('2026-11-22T16:40:00Z');
const time = '2026-11-22T16:39:00Z';

const loose = fc.oneof(
  fc.double(),
  fc.integer({ min: -400, max: 400 }),
  fc.constantFrom(null, undefined, '5', true, {}, [], NaN, Infinity),
);
const item = fc.record(
  {
    unit: fc.oneof(fc.string({ maxLength: 70 }), loose),
    time: fc.oneof(
      fc.constantFrom(time, '2026-11-22T18:39:00+02:00', 'x', '2026-13-01T00:00:00Z', '2026-11-22'),
      loose,
    ),
    lon: loose,
    lat: loose,
    courseDeg: loose,
    speedMps: loose,
    altitudeM: loose,
    accuracyM: loose,
    batteryPct: loose,
    id: fc.oneof(fc.string({ maxLength: 110 }), loose),
  },
  { requiredKeys: [] },
);

describe('the hand-written position validator', () => {
  it('judges every position as the schema does', () => {
    fc.assert(
      fc.property(item, (given) => {
        const byHand = !('code' in parsePosition(given, 'd', nowMs));
        expect(byHand).toBe(positionSchema.safeParse(given).success);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes anything at all without throwing', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (given) => void parsePosition(given, 'd', nowMs)),
    );
  });

  it('refuses more than a minute of future, and takes exactly a minute', () => {
    const at = (aheadMs: number) => ({
      unit: 'u',
      lon: 1,
      lat: 1,
      time: new Date(nowMs + aheadMs).toISOString(),
    });
    expect(parsePosition(at(60_000), 'd', nowMs)).toMatchObject({ unit: 'u' });
    expect(parsePosition(at(60_001), 'd', nowMs)).toMatchObject({ code: 'time-future', field: 'time' });
  });
});
