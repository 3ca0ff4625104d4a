import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteReader, ByteWriter, WireFault } from '../../../shared/wire/bytes.ts';

describe('bytes of the wire', () => {
  it('reads back every number and text it wrote', () => {
    const item = fc.oneof(
      fc.record({ kind: fc.constant('varint' as const), value: fc.maxSafeNat() }),
      fc.record({
        kind: fc.constant('zigzag' as const),
        value: fc.integer({ min: -(2 ** 51), max: 2 ** 51 }),
      }),
      fc.record({ kind: fc.constant('u8' as const), value: fc.nat(255) }),
      fc.record({ kind: fc.constant('u16' as const), value: fc.nat(0xffff) }),
      fc.record({ kind: fc.constant('text' as const), value: fc.string({ unit: 'binary' }) }),
    );
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const out = new ByteWriter(1);
        for (const { kind, value } of items) (out[kind] as (value: unknown) => void).call(out, value);
        const input = new ByteReader(out.done());
        expect(items.map(({ kind }) => ({ kind, value: input[kind]() }))).toEqual(items);
        expect(input.isAtEnd).toBe(true);
      }),
    );
  });

  it('writes small numbers in one byte', () => {
    const out = new ByteWriter();
    out.varint(127);
    out.zigzag(-64);
    expect([...out.done()]).toEqual([127, 127]);
  });

  it('refuses what ends too early, what is too long and counts beyond the end', () => {
    expect(() => new ByteReader(new Uint8Array([0x80])).varint()).toThrow(WireFault);
    expect(() => new ByteReader(new Uint8Array(12).fill(0xff)).varint()).toThrow(WireFault);
    expect(() => new ByteReader(new Uint8Array([200, 1, 0])).count()).toThrow(WireFault);
    expect(() => new ByteReader(new Uint8Array([9, 65])).text()).toThrow(WireFault);
  });
});
