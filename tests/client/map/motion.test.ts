import { expect, it } from 'vitest';
import { nextStepMs, reckonedMs } from '../../../client/map/motion.ts';

it('draws units for now, in steps of five seconds, or for when the picture stopped', () => {
  expect(reckonedMs('glide', 123_456, 100_000, 150_000)).toBe(123_456);
  expect(reckonedMs('steps', 123_456, 100_000, 150_000)).toBe(120_000);
  expect(reckonedMs('still', 123_456, 100_000, 150_000)).toBe(100_000);
});

it('lets the time stand once all have come to their ends, and not before', () => {
  expect(reckonedMs('glide', 123_456, 100_000, 110_000)).toBe(123_456);
  expect(reckonedMs('glide', 123_456, 110_000, 110_000)).toBe(110_000);
  expect(reckonedMs('glide', 123_456, 110_000, -Infinity)).toBe(110_000);
  expect(reckonedMs('glide', 100_000, 110_000, 105_000)).toBe(100_000);
});

it('draws again as soon as the fastest unit has gone a part of a pixel, and never where nothing moves', () => {
  expect(nextStepMs('glide', 0, 0, 1)).toBe(Infinity);
  expect(nextStepMs('still', 0, 20, 1)).toBe(Infinity);
  // 20 m/s at street level would be more often than the eye needs; far out it is once a second.
  expect(nextStepMs('glide', 0, 20, 0.6)).toBe(80);
  expect(nextStepMs('glide', 0, 10, 20)).toBe(500);
  expect(nextStepMs('glide', 0, 10, 3_000)).toBe(1_000);
  expect(nextStepMs('steps', 123_456, 10, 0.6)).toBe(1_544);
});
