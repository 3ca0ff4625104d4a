import { describe, expect, it } from 'vitest';
import { lowered, loweredCellDeg, withoutContactHints } from '../../../server/audience/lowered.ts';

describe('text without contact hints', () => {
  it.each([
    'call 0990 123 456',
    'call +243-81-234-5678',
    'call +243\u201381\u2013234\u20135678',
    'call 081·234·5678',
    'call 0_8_1_2_3_4_5',
    'call 08\u200b12\u200b34\u200b56',
    'call \u0660\u0661\u0662\u0663\u0664\u0665\u0666',
    'call \uff10\uff18\uff11\uff12\uff13\uff14\uff15',
    'mail jean@ex\u00e4mple.com',
    'write t.me/jean_m',
    'see www.example.org/me',
    'see https://example.org',
  ])('takes the hint out of %j', (text) => {
    const left = withoutContactHints(text);
    expect(left).toContain('[…]');
    expect(left).not.toMatch(/\p{Nd}{2}|jean|example/u);
  });

  it('leaves ordinary words and figures', () => {
    const text = 'About 20 men, 3 motorcycles, 6 km north of Mabiri at 18:40';
    expect(withoutContactHints(text)).toBe(text);
  });

  it('takes time in proportion to the text', () => {
    const growing = [20_000, 200_000].map((length) => {
      const begun = performance.now();
      withoutContactHints('a'.repeat(length) + '1-'.repeat(length));
      return performance.now() - begun;
    });
    // Ten times the text, far less than the hundred times of a pattern that starts again at every letter.
    expect(growing[1] ?? 0).toBeLessThan(40 * Math.max(5, growing[0] ?? 0));
  });
});

describe('a lowered position', () => {
  it('is the middle of its cell, wherever in the cell it was', () => {
    const middle = lowered(29.501, 1.501);
    expect(lowered(29.549, 1.549)).toEqual(middle);
    expect(middle).toEqual({ lon: 29.525, lat: 1.525 });
    expect(Math.abs(lowered(180, 90).lon)).toBeLessThanOrEqual(180);
    expect(lowered(180, 90).lat).toBeLessThanOrEqual(90);
    expect(loweredCellDeg).toBe(0.05);
  });
});
