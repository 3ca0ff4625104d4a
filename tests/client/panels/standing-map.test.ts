import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as MapModule from '../../../client/map/map-view.ts';
import type { MapView } from '../../../client/map/map-view.ts';
import { StandingMap } from '../../../client/panels/standing-map.svelte.ts';

const here = { lon: 29, lat: 1, zoom: 9 };
let went: unknown[];
let destroyed: number;
let refusal: Error | undefined;
let map: StandingMap;
beforeEach(() => {
  vi.useFakeTimers();
  went = [];
  destroyed = 0;
  refusal = undefined;
  map = new StandingMap({
    // Only what the map of a pane is asked for here.
    load: () => Promise.resolve({} as typeof MapModule),
    make: () => {
      if (refusal) throw refusal;
      return {
        camera: { standing: here, goTo: (at: unknown, zoom: number) => went.push([at, zoom]) },
        destroy: () => (destroyed += 1),
      } as unknown as MapView;
    },
    nowMs: () => Date.now(),
  });
});
afterEach(() => {
  map.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a map on its pane', () => {
  it('stands when its code has come, where the page puts it', async () => {
    await map.open();
    expect(map.view).toBeDefined();
    expect(went).toEqual([]);
  });

  it('comes anew, looking where it looked, when the graphics card has lost it', async () => {
    await map.open();
    const first = map.view;
    map.lost();
    expect(map.view).toBeUndefined();
    expect(destroyed).toBe(1);
    await pass(1_000);
    expect(map.view).not.toBe(first);
    expect(went).toEqual([[here, 9]]);
  });

  it('is tried again and again by a browser that has drawn it before, a minute apart at most', async () => {
    await map.open();
    map.lost();
    refusal = new Error('WebGL is blocked');
    await pass(1_000);
    expect(map.failed).toBe('map.noWebgl');
    await pass(600_000);
    refusal = undefined;
    await pass(60_000);
    expect(map.view).toBeDefined();
    expect(map.failed).toBeUndefined();
  });

  it('is not tried again by a browser that never drew one; a chunk that did not come is', async () => {
    refusal = new Error('no WebGL');
    await map.open();
    await pass(600_000);
    refusal = undefined;
    await pass(60_000);
    expect(map.view).toBeUndefined();
    refusal = new TypeError('failed to fetch');
    await map.open();
    expect(map.failed).toBe('map.notLoaded');
    refusal = undefined;
    await pass(1_000);
    expect(map.view).toBeDefined();
  });

  it('waits longer when it is lost again and again, and a second only when it had stood for a while', async () => {
    await map.open();
    map.lost();
    await pass(1_000);
    map.lost();
    await pass(1_000);
    expect(map.view).toBeUndefined();
    await pass(1_000);
    expect(map.view).toBeDefined();
    await pass(61_000);
    map.lost();
    await pass(1_000);
    expect(map.view).toBeDefined();
  });

  it('does not come once its pane has gone', async () => {
    await map.open();
    map.lost();
    map.close();
    await pass(600_000);
    expect(map.view).toBeUndefined();
  });
});
