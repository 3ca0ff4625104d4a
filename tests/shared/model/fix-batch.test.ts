import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFixBatch, encodeFixBatch, quantise } from '../../../shared/model/fix-batch.ts';
import type { Fix } from '../../../shared/model/position.ts';
import { WireFault } from '../../../shared/wire/bytes.ts';
import { anyFix, plain } from '../../support/any-fix.ts';
import { encodeFormat1 } from '../../support/entry-format-1.ts';

const batchOf = (fixes: readonly Fix[]) => ({
  ref: 'boot:1',
  author: { id: 't-1', role: 'feed' as const, name: 'Poste “Ndélé”' },
  mayRegister: true,
  fixes,
});

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

  it('reads entries of format 1 as the same fixes', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 30 }), (fixes) => {
        const batch = batchOf(fixes);
        const [old, now] = [encodeFormat1(batch), encodeFixBatch(batch)].map(decodeFixBatch);
        expect({ ...old, fixes: old?.fixes.map(plain) }).toEqual({ ...now, fixes: now?.fixes.map(plain) });
      }),
    );
  });

  it('reads an entry that the first version wrote', () => {
    const bytes = Buffer.from(
      '010106626f6f743a3103742d310466656564044665656403044c52503403742d31026432' +
        '02000180ec87c2c06880dfaa9902ff86a70e03c146a0060002d00f02021cf901288906',
      'hex',
    );
    const first = { timeMs: 1_795_365_600_000, lon: 29.5, lat: -1.5, courseDeg: 90.25, speedMps: 8 };
    const second = { timeMs: 1_795_365_601_000, lon: 29.5000001, lat: -1.4999999 };
    expect(decodeFixBatch(bytes)).toEqual({
      ref: 'boot:1',
      author: { id: 't-1', role: 'feed', name: 'Feed' },
      mayRegister: true,
      fixes: [
        { unit: 'LRP4', device: 't-1', ...first },
        { unit: 'LRP4', device: 'd2', ...second, altitudeM: -12.5, accuracyM: 4, batteryPct: 77.7 },
      ],
    });
  });

  it('keeps 1e-7 degrees exactly', () => {
    const given = { unit: 'u', device: 'd', timeMs: 1, lon: 29.1234567, lat: -0.0000001 };
    expect(decodeFixBatch(encodeFixBatch(batchOf([given]))).fixes[0]).toEqual(given);
  });

  it('refuses any cut or foreign bytes with a WireFault and nothing else', () => {
    const fixes = [{ unit: 'u', device: 'd', timeMs: 1e12, lon: 1, lat: 1 }];
    for (const whole of [encodeFixBatch(batchOf(fixes)), encodeFormat1(batchOf(fixes))]) {
      for (let length = 0; length < whole.length; length++)
        expect(() => decodeFixBatch(whole.subarray(0, length))).toThrow(WireFault);
    }
    const start = fc.constantFrom([], [1, 0, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 1]);
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
        try {
          decodeFixBatch(Uint8Array.from([...head, ...rest]));
        } catch (reason) {
          expect(reason).toBeInstanceOf(WireFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
