import { describe, expect, it } from 'vitest';
import { Traffic } from '../../../client/store/traffic.ts';

describe('traffic', () => {
  it('is what came in the last minute, and nothing of before', () => {
    const traffic = new Traffic();
    traffic.note(1_000, 500);
    traffic.note(200, 30_000);
    traffic.note(30, 30_900);
    expect(traffic.lastMinute(31_000)).toBe(1_230);
    expect(traffic.lastMinute(60_900)).toBe(230);
    expect(traffic.lastMinute(91_000)).toBe(0);
  });
});
