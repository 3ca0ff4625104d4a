import { describe, expect, it } from 'vitest';
import { AutoFit } from '../../../client/map/auto-fit.ts';
import type { BboxOf } from '../../../shared/geo/area.ts';

const first: BboxOf = [28, 0, 30, 2];

describe('the frame of a map that nobody drives', () => {
  it('stays while everything moves within it, whatever the box around the things', () => {
    const fit = new AutoFit();
    expect(fit.take('a b', undefined)).toBeUndefined();
    const frame = fit.take('a b', first);
    expect(frame).toEqual(first);
    expect(fit.take('a b', [28.9, 0.9, 29, 1])).toBe(frame);
    expect(fit.take('a b', [27.95, -0.05, 30.05, 2])).toBe(frame);
    expect(fit.take('a b', undefined)).toBe(frame);
  });

  it('follows what leaves it', () => {
    const fit = new AutoFit();
    fit.take('a b', first);
    expect(fit.take('a b', [27.5, 0, 30, 2])).toEqual([27.5, 0, 30, 2]);
  });

  it('draws in with another set of things only, and only when much of it would be empty', () => {
    const fit = new AutoFit();
    const frame = fit.take('a b', first);
    expect(fit.take('a', [28.2, 0.2, 29.8, 1.8])).toBe(frame);
    expect(fit.take('b', [28.5, 0.5, 29.5, 1.5])).toEqual([28.5, 0.5, 29.5, 1.5]);
  });
});
