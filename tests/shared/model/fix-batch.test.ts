import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFixBatch, encodeFixBatch, quantise } from '../../../shared/model/fix-batch.ts';
import type { Fix } from '../../../shared/model/position.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const maybe = (min: number, max: number) => fc.option(number(min, max), { nil: undefined });
const anyFix: fc.Arbitrary<Fix> = fc
  .record({
    unit: fc.string({ minLength: 1, maxLength: 8 }),
    device: fc.string({ maxLength: 8 }),
    timeMs: fc.integer({ min: 0, max: 4e12 }),
    lon: number(-180, 180),
    lat: number(-90, 90),
    courseDeg: maybe(0, 360),
    speedMps: maybe(0, 1000),
    altitudeM: maybe(-1000, 30_000),
    accuracyM: maybe(0, 1e6),
    batteryPct: maybe(0, 100),
  })
  .map(
    (fix) =>
      Object.fromEntries(Object.entries(fix).filter(([, value]) => value !== undefined)) as unknown as Fix,
  );

const batchOf = (fixes: readonly Fix[]) => ({
  ref: 'boot:1',
  author: { id: 't-1', role: 'feed' as const, name: 'Poste “Ndélé”' },
  mayRegister: true,
  fixes,
});

/** -0 and 0 are one place. */
const plain = (fix: Fix) =>
  Object.fromEntries(Object.entries(fix).map(([key, value]) => [key, value === 0 ? 0 : value]));

describe('position entry', () => {
  it('reads back what was written, to its precision', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 30 }), (fixes) => {
        const decoded = decodeFixBatch(encodeFixBatch(batchOf(fixes)));
        expect(decoded.fixes.map(plain)).toEqual(fixes.map(quantise).map(plain));
        expect(decoded.author.name).toBe('Poste “Ndélé”');
      }),
    );
  });

  it('keeps 1e-7 degrees exactly', () => {
    const given = { unit: 'u', device: 'd', timeMs: 1, lon: 29.1234567, lat: -0.0000001 };
    expect(decodeFixBatch(encodeFixBatch(batchOf([given]))).fixes[0]).toEqual(given);
  });

  it('refuses any cut or foreign bytes with a RangeError and nothing else', () => {
    const whole = encodeFixBatch(batchOf([{ unit: 'u', device: 'd', timeMs: 1e12, lon: 1, lat: 1 }]));
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeFixBatch(whole.subarray(0, length))).toThrow(RangeError);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeFixBatch(bytes);
        } catch (reason) {
          expect(reason).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
