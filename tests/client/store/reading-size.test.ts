import { describe, expect, it } from 'vitest';
import { sizeFactor } from '../../../client/store/reading-size.svelte.ts';

describe('how large a page stands', () => {
  it.each([
    ['a desk', 1440, 900, 1],
    ['a large desk', 2560, 1440, 1],
    ['one of 4K, which shows as many letters as a desk', 3840, 2160, 1.5],
    ['a low and wide one', 5120, 1440, 1],
    ['one of 8K', 7680, 4320, 3],
    ['a phone', 390, 844, 1],
  ])('of itself: %s', (_name, width, height, factor) => {
    expect(sizeFactor('auto', width, height)).toBe(factor);
  });

  it('as chosen, where the window has room for it', () => {
    expect(sizeFactor('100', 3840, 2160)).toBe(1);
    expect(sizeFactor('200', 3840, 2160)).toBe(2);
    expect(sizeFactor('150', 1920, 1080)).toBe(1.25);
    expect(sizeFactor('200', 1440, 900)).toBe(1);
  });

  it('of itself where preferences are of a version that knew no size', () => {
    expect(sizeFactor(undefined, 3840, 2160)).toBe(1.5);
  });
});
