import { describe, expect, it } from 'vitest';
import { boxAround, panInto, scaleBar } from '../../../client/map/camera.ts';

const size = { width: 1000, height: 600 };
const margins = { top: 50, right: 400, bottom: 50, left: 50 };

describe('panInto', () => {
  it('leaves a map alone that shows the point', () => {
    expect(panInto({ x: 300, y: 300 }, size, margins)).toBeUndefined();
  });

  it('moves no further than needed from under the card', () => {
    expect(panInto({ x: 700, y: 300 }, size, margins)).toEqual([100, 0]);
    expect(panInto({ x: 10, y: 590 }, size, margins)).toEqual([-40, 40]);
  });

  it('goes to the middle where the panels leave no room', () => {
    expect(panInto({ x: 0, y: 300 }, { width: 390, height: 600 }, margins)).toEqual([-20, 0]);
  });
});

describe('boxAround', () => {
  it('holds every point, and is never smaller than a neighbourhood', () => {
    expect(boxAround([])).toBeUndefined();
    expect(boxAround([{ lon: 1, lat: 2 }, { lon: 3, lat: -4 }])).toEqual([1, -4, 3, 2]); // prettier-ignore
    expect(boxAround([{ lon: 1, lat: 2 }], 0.2)).toEqual([0.9, 1.9, 1.1, 2.1]);
  });
});

it('makes scale bars of round lengths', () => {
  expect(scaleBar(100, 110)).toEqual({ metres: 10_000, px: 100 });
  expect(scaleBar(60, 110).metres).toBe(5_000);
  expect(scaleBar(0.3, 110).metres).toBe(20);
});
