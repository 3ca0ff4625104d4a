import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantise } from '../../../shared/model/fix-batch.ts';
import { fillColumns, FixColumns } from '../../../shared/model/fix-columns.ts';
import {
  exact,
  forPhones,
  packedCount,
  packFixes,
  readPackedFixes,
  writePackedFixes,
  type FixPrecision,
} from '../../../shared/model/packed-fixes.ts';
import type { Fix } from '../../../shared/model/position.ts';
import { ByteWriter, WireFault } from '../../../shared/wire/bytes.ts';
import { anyFix, plain } from '../../support/any-fix.ts';

const author = 't-1';

function pack(fixes: readonly Fix[], precision: FixPrecision): Uint8Array {
  const columns = new FixColumns();
  fillColumns(columns, fixes, author);
  const out = new ByteWriter();
  writePackedFixes(out, columns, precision);
  return out.done();
}

function unpack(bytes: Uint8Array, columns = new FixColumns()): Fix[] {
  readPackedFixes(bytes, 0, columns);
  return Array.from({ length: columns.length }, (_, row) => columns.fixAt(row, author));
}

/** A patrol that reports every ten seconds or so, as a phone sees itself. */
function patrol(count: number): Fix[] {
  const fixes: Fix[] = [];
  for (let n = 0; n < count; n++) {
    const timeMs = Date.UTC(2026, 10, 22, 16) + n * 10_000 + ((n * 37) % 40);
    const courseDeg = 80 + 15 * Math.sin(n / 3);
    fixes.push({
      unit: 'LRP4',
      device: author,
      timeMs,
      lon: 29.5 + n * 7e-4 + 1e-5 * Math.sin(n),
      lat: 1.5 + n * 2e-4,
      courseDeg,
      speedMps: 8 + Math.sin(n),
      altitudeM: 1_200 + 3 * Math.cos(n / 2),
      accuracyM: 4 + (n % 3),
      batteryPct: 80 - n / 10,
    });
  }
  return fixes;
}

describe('packed fixes', () => {
  it('come back to the precision of the record', () => {
    const reused = new FixColumns();
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 40 }), (fixes) => {
        expect(unpack(pack(fixes, exact), reused).map(plain)).toEqual(fixes.map(quantise).map(plain));
      }),
    );
  });

  it('come back to half a step of what phones are told to a step of', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 40 }), (fixes) => {
        unpack(pack(fixes, forPhones)).forEach((fix, index) => {
          const given = quantise(fixes[index] ?? fix);
          expect(fix.timeMs).toBe(given.timeMs);
          expect(Math.abs(fix.lon - given.lon)).toBeLessThan(0.51e-6);
          expect(Math.abs(fix.lat - given.lat)).toBeLessThan(0.51e-6);
          expect(Math.abs((fix.courseDeg ?? 0) - (given.courseDeg ?? 0))).toBeLessThan(0.51);
          expect(Math.abs((fix.speedMps ?? 0) - (given.speedMps ?? 0))).toBeLessThan(0.051);
          expect(fix.batteryPct === undefined).toBe(given.batteryPct === undefined);
        });
      }),
    );
  });

  it('cost a phone at most 12 bytes a fix in a batch of 30, all fields told', () => {
    const bytes = packFixes(patrol(30));
    expect(bytes.length / 30).toBeLessThanOrEqual(12);
    expect(bytes).toEqual(pack(patrol(30), forPhones));
  });

  it('hold no id that no fix names', () => {
    const columns = new FixColumns();
    const fixes = ['one', 'two', 'three', 'four'].map((unit) => ({ ...patrol(1)[0], unit }) as Fix);
    fillColumns(columns, fixes, author);
    columns.move(2, 0);
    columns.length = 1;
    const out = new ByteWriter();
    writePackedFixes(out, columns, exact);
    expect(unpack(out.done(), columns).map(({ unit }) => unit)).toEqual(['three']);
    expect(columns.ids.count).toBe(1);
  });

  it('say how many they are before they are read', () => {
    expect(packedCount(pack(patrol(30), forPhones))).toBe(30);
  });

  it('are refused where anything is cut off, added, or out of range, with a WireFault and nothing else', () => {
    const whole = pack(patrol(3), exact);
    for (let length = 0; length < whole.length; length++)
      expect(() => unpack(whole.subarray(0, length)), String(length)).toThrow(WireFault);
    expect(() => unpack(Uint8Array.from([...whole, 0]))).toThrow(WireFault);
    const anyStart = fc.constantFrom([], [1, 0], [1, 5, 3], [1, 0, 2, 1, 0, 1, 97]);
    fc.assert(
      fc.property(anyStart, fc.uint8Array({ maxLength: 120 }), (start, rest) => {
        try {
          unpack(Uint8Array.from([...start, ...rest]));
        } catch (reason) {
          expect(reason).toBeInstanceOf(WireFault);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it('take no more memory than their bytes stand for, whatever they claim', () => {
    const columns = new FixColumns();
    const millions = [0xff, 0xff, 0xff, 0x7f];
    expect(() => readPackedFixes(Uint8Array.from([1, 0, ...millions, 0]), 0, columns)).toThrow(WireFault);
    const ids = [1, 0, 1, ...millions, ...Array.from({ length: 40 }, () => 0)];
    expect(() => readPackedFixes(Uint8Array.from(ids), 0, columns)).toThrow(WireFault);
    expect(columns.unit.length).toBeLessThan(1_000);
    expect(columns.ids.bytes.length).toBeLessThan(10_000);
  });
});
