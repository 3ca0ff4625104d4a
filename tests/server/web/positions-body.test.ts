import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePosition } from '../../../server/ingest/parse-position.ts';
import { positionCandidates } from '../../../server/web/positions-body.ts';
import { Failure } from '../../../shared/failure.ts';

const ndjson = 'application/x-ndjson';

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (reason) {
    if (reason instanceof Failure) return reason;
    throw reason;
  }
  throw new Error('it did not fail');
}

describe('a JSON body', () => {
  it('is an array, an object with positions, or one position', () => {
    const items = [{ item: { unit: 'a' } }, { item: null }, { item: 5 }];
    expect(positionCandidates('[{"unit":"a"},null,5]', 'application/json')).toEqual(items);
    expect(positionCandidates('{"positions":[{"unit":"a"},null,5]}', '')).toEqual(items);
    expect(positionCandidates('{"unit":"a"}', '')).toEqual([{ item: { unit: 'a' } }]);
    expect(positionCandidates('{\n  "lon": 1,\n  "lat": 2\n}', '')).toEqual([{ item: { lon: 1, lat: 2 } }]);
    expect(positionCandidates('[]', '')).toEqual([]);
  });

  it.each(['"text"', '5', 'null', '{}', '{"positions":5}', '{"type":"FeatureCollection"}'])(
    'is not %s',
    (text) => {
      expect(failureOf(() => positionCandidates(text, ''))).toMatchObject({ code: 'bad-body' });
    },
  );

  it.each([
    '',
    ' \n',
    '{"positions":[',
    '[{"unit":"u","lon":NaN}]',
    '[\n{"unit":"a"},\n',
    'unit=a',
    '{\n"unit":',
  ])('is refused as no JSON: %j', (text) => {
    expect(failureOf(() => positionCandidates(text, ''))).toMatchObject({ code: 'bad-json', status: 400 });
  });
});

describe('NDJSON', () => {
  const text = '{"unit":"a"}\r\n\n{"unit":\n  \n{"unit":"b"}\nnull\n';
  const candidates = [
    { item: { unit: 'a' } },
    {
      item: undefined,
      refusal: { code: 'bad-json', field: '', message: expect.stringContaining('the line') as string },
    },
    { item: { unit: 'b' } },
    { item: null },
  ];

  it('is believed by its content type, bad lines refused in their place', () => {
    for (const type of [ndjson, 'application/jsonl', 'application/x-jsonlines; charset=utf-8']) {
      expect(positionCandidates(text, type)).toEqual(candidates);
    }
    expect(positionCandidates('{"unit":\n{"unit":"b"}', ndjson)).toHaveLength(2);
    expect(positionCandidates('', ndjson)).toEqual([]);
  });

  it('is recognised by its look', () => {
    expect(positionCandidates(text, 'application/json')).toEqual(candidates);
  });

  it('is not parsed beyond the number of items a call may hold', () => {
    const many = positionCandidates('{\n'.repeat(200_000), ndjson);
    expect([many.length, many.some(({ refusal }) => refusal)]).toEqual([200_000, false]);
  });
});

it('reads or refuses any text, and never throws anything but a failure', () => {
  const line = fc.oneof(
    fc.json(),
    fc.string(),
    fc.constant('{"unit":"a","time":"2026-11-22T16:40:00Z","lon":1,"lat":1}'),
  );
  const anyText = fc.oneof(
    fc.string(),
    fc.json(),
    fc.array(line).map((lines) => lines.join('\n')),
  );
  fc.assert(
    fc.property(anyText, fc.constantFrom('', 'application/json', ndjson), (text, type) => {
      try {
        for (const { item, refusal } of positionCandidates(text, type)) {
          expect(refusal ?? parsePosition(item, 'd', Date.now())).toBeTypeOf('object');
        }
      } catch (reason) {
        expect(reason).toBeInstanceOf(Failure);
      }
    }),
  );
});
