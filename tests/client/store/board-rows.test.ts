import { describe, expect, it } from 'vitest';
import { rowByKey } from '../../../client/store/board-rows.svelte.ts';

describe('keys in the rows of the unit board', () => {
  it('lead from row to row and from page to page, and stop at both ends', () => {
    const from4of20 = (key: string) => rowByKey(key, 4, 20, 6);
    expect(['ArrowUp', 'ArrowDown', 'PageDown', 'PageUp', 'Home', 'End'].map(from4of20)).toEqual([
      3, 5, 10, 0, 0, 19,
    ]);
    expect(rowByKey('ArrowDown', 19, 20, 6)).toBe(19);
    expect(rowByKey('ArrowUp', 0, 20, 6)).toBe(0);
  });

  it('that lead nowhere are left to others', () => {
    expect(rowByKey('x', 4, 20, 6)).toBeUndefined();
  });
});
