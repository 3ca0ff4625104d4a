import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireFault } from '../../../shared/wire/bytes.ts';
import { readFrame, writeFrame } from '../../../shared/wire/frame.ts';
import { toDs } from '../../../shared/wire/motion.ts';

const atMs = Date.UTC(2026, 10, 22, 3);
const beat = { atMs: atMs + 37, seq: 123_456, heartbeatMs: atMs - 20, tickLengthMs: 200 };
const block = new Uint8Array([0, 0x10, 2, 9, 9]);

describe('a frame', () => {
  it('P1 P2 is read as it was written: beat, news and blocks', () => {
    const bytes = writeFrame({ tickDs: toDs(atMs), beat, news: '{"behindS":3}', blocks: [block] });
    const frame = readFrame(bytes, toDs(atMs));
    expect(frame).toMatchObject({ tickDs: toDs(atMs), beat, news: { behindS: 3 } });
    expect(frame.blocks).toEqual([{ key: 0, number: 1, flags: 0, from: bytes.length - 2, to: bytes.length }]);
  });

  it('P2 knows its tick from any time within 54 minutes', () => {
    const bytes = writeFrame({ tickDs: toDs(atMs), blocks: [] });
    for (const minutes of [-54, -1, 0, 30, 54]) {
      expect(readFrame(bytes, toDs(atMs + minutes * 60_000)).tickDs).toBe(toDs(atMs));
    }
    expect(bytes).toHaveLength(5);
  });

  it('P3 is refused when any of its bytes was changed, or when it was cut', () => {
    const bytes = writeFrame({ tickDs: toDs(atMs), beat, news: '{}', blocks: [block] });
    const spoil = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 254 }));
    fc.assert(
      fc.property(spoil, ([at, by]) => {
        const spoilt = new Uint8Array(bytes);
        spoilt[at] = ((spoilt[at] ?? 0) + by) % 256;
        // 0 and 255 are the same to the sum.
        if ((spoilt[at] ?? 0) % 255 === (bytes[at] ?? 0) % 255) return;
        expect(() => readFrame(spoilt, toDs(atMs))).toThrow(WireFault);
      }),
    );
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readFrame(bytes.subarray(0, length), toDs(atMs))).toThrow(WireFault);
    }
  });

  it('P3 refuses any bytes at all with a fault and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readFrame(bytes, toDs(atMs));
        } catch (reason) {
          expect(reason).toBeInstanceOf(WireFault);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
