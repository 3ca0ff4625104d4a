import fc from 'fast-check';
import type { Fix } from '../../shared/model/position.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const maybe = (min: number, max: number) => fc.option(number(min, max), { nil: undefined });

/** Any fix that the front door would take; what is absent is not even a key. */
export const anyFix: fc.Arbitrary<Fix> = fc
  .record({
    unit: fc.oneof(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom('u1', 'u2', 'u20')),
    device: fc.oneof(fc.constant('t-1'), fc.string({ maxLength: 8 })),
    timeMs: fc.integer({ min: -6e13, max: 4e12 }),
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

/** -0 and 0 are one place. */
export function plain(fix: Fix): unknown {
  return Object.fromEntries(Object.entries(fix).map(([key, value]) => [key, value === 0 ? 0 : value]));
}
