import { describe, expect, it } from 'vitest';
import { createRouter } from '../../../server/roads/router.ts';

const from = [1, 1] as const;
const to = [2, 1] as const;
const way = {
  code: 'Ok',
  routes: [{ duration: 60, distance: 900, geometry: { coordinates: [from, to] } }],
};

/** A router behind a network that the test cuts and mends, on a clock in its hands. */
function behind() {
  let nowMs = 0;
  let answers: unknown;
  let asked = 0;
  const ask = (url: string | URL | Request): Promise<Response> => {
    if (!String(url).includes('/v1/driving/')) return Promise.reject(new Error('another form'));
    asked += 1;
    return answers === undefined
      ? Promise.reject(new Error('no answer'))
      : Promise.resolve(new Response(JSON.stringify(answers)));
  };
  const router = createRouter('http://router.example', { nowMs: () => nowMs, ask: ask as typeof fetch });
  return {
    router,
    route: () => router.route(from, to),
    pass: (seconds: number) => (nowMs += seconds * 1_000),
    say: (answer: unknown) => (answers = answer),
    asked: () => asked,
  };
}

describe('a router that is silent', () => {
  it('is left alone for a while that grows, and tried by one call at a time', async () => {
    const { router, route, pass, asked } = behind();
    expect(router.state()).toEqual({ state: 'unknown' });
    // Calls that go out together are one silence.
    expect(await Promise.all([route(), route(), route()])).toEqual(['silent', 'silent', 'silent']);
    expect(asked()).toBe(3);
    expect(router.state()).toEqual({ state: 'silent', silentSinceMs: 0 });
    await route();
    pass(4);
    await route();
    expect(asked()).toBe(3);
    pass(1);
    await Promise.all([route(), route(), route()]);
    expect(asked()).toBe(4);
    // Ten seconds now, then twenty, and never more than a minute.
    const trials: number[] = [];
    for (let second = 1; second <= 240; second++) {
      pass(1);
      const before = asked();
      await route();
      if (asked() > before) trials.push(second);
    }
    expect(trials).toEqual([10, 30, 70, 130, 190]);
    expect(router.state()).toEqual({ state: 'silent', silentSinceMs: 0 });
  });

  it('is asked by everybody again once it has answered', async () => {
    const { router, route, pass, say, asked } = behind();
    await route();
    pass(5);
    say(way);
    expect(await route()).toMatchObject({ seconds: 60, metres: 900 });
    expect(router.state()).toEqual({ state: 'answers' });
    await Promise.all([route(), route()]);
    expect(asked()).toBe(4);
  });
});

it('an answer that is none of a router is silence, and one without a way is an answer', async () => {
  for (const nonsense of [{}, { code: 'Ok', routes: [] }, { routes: 'x' }, []]) {
    const { route, say } = behind();
    say(nonsense);
    expect([nonsense, await route()]).toEqual([nonsense, 'silent']);
  }
  for (const code of ['NoRoute', 'NoSegment']) {
    const { router, route, say } = behind();
    say({ code, message: 'none' });
    expect(await route()).toBe('no-way');
    expect(router.state()).toEqual({ state: 'answers' });
  }
});
