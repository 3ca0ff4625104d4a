import { describe, expect, it } from 'vitest';
import { ServerTime } from '../../../client/store/server-time.ts';

/** Server time is `1_000_000 + now` in truth; samples come late by the way they took. */
function setUp() {
  let now = 0;
  const time = new ServerTime(() => now, 500);
  return {
    time,
    pass: (ms: number) => (now += ms),
    sample: (lateMs: number, fresh = false) => time.sample(1_000_000 + now - lateMs, fresh),
    error: () => time.now() - (1_000_000 + now),
  };
}

describe('ServerTime', () => {
  it('is the computer’s own clock until the server has spoken', () => {
    expect(setUp().time.now()).toBe(500);
  });

  it('keeps the sample with the shortest way', () => {
    const { sample, error, pass } = setUp();
    sample(300, true);
    expect(error()).toBe(-300);
    pass(1_000);
    sample(20);
    expect(error()).toBe(-20);
    pass(1_000);
    sample(900);
    expect(error()).toBe(-20);
  });

  it('forgets what it knew after a new link', () => {
    const { sample, error } = setUp();
    sample(0, true);
    sample(80, true);
    expect(error()).toBe(-80);
  });

  it('follows a clock that drifts back, once its window has passed', () => {
    const { sample, error, pass } = setUp();
    sample(0, true);
    for (let step = 0; step < 130; step += 1) {
      pass(1_000);
      sample(200);
    }
    expect(error()).toBe(-200);
  });

  it('follows a clock that was set back at once, and takes nothing that may be lateness for that', () => {
    const { sample, error, pass } = setUp();
    sample(0, true);
    pass(1_000);
    sample(60_000);
    expect(error()).toBe(0);
    pass(1_000);
    sample(3_600_000);
    expect(error()).toBe(-3_600_000);
  });
});
