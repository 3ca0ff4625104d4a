import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { latLngToCell } from 'h3-js';
import { distanceM } from '../../shared/geo/distance.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import { openUnitsStage, type UnitsStage } from '../support/units-stage.ts';
import { until } from '../support/wait.ts';
import { atMs, iso, unit } from '../client/things.ts';
import { pixelsOfColour, type Pixel } from './screens.ts';

const unBlue = [0x5a, 0xa9, 0xe6] as const;
const [width, height] = [800, 600];
let stage: UnitsStage;
beforeAll(async () => {
  stage = await openUnitsStage();
});
afterAll(() => stage.close());

/** A page of its own, for what leaves traces in it. */
async function openNew(): Promise<Page> {
  const { page, faults } = await stage.open(width, height);
  onTestFinished(async () => {
    await page.close();
    expect(faults).toEqual([]);
  });
  return page;
}

let common: Awaited<ReturnType<UnitsStage['open']>> | undefined;
/** The page of all others, with nothing on it any more. */
async function open(): Promise<Page> {
  common ??= await stage.open(width, height);
  const { page, faults } = common;
  await page.evaluate((nowMs) => {
    window.stage.motion = 'glide';
    window.stage.cells = undefined;
    window.stage.set([], nowMs);
  }, atMs);
  await expectGone(page);
  onTestFinished(() => expect(faults).toEqual([]));
  return page;
}

interface View {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

/** Shows units at a time in a view, large enough to be measured. No call signs: only marks are blue. */
async function show(page: Page, view: View, units: readonly UnitOut[], nowMs = atMs): Promise<void> {
  await page.evaluate(
    ({ view, units, nowMs }) => {
      window.stage.markScale = 2;
      window.stage.goTo(view.lon, view.lat, view.zoom);
      window.stage.set(units, nowMs);
    },
    { view, units: units.map((one) => ({ ...one, callsign: undefined })), nowMs },
  );
}

/** Web Mercator by its own formula: where a position stands on the page, tiles of 512 pixels. */
function projected(lon: number, lat: number, view: View): { x: number; y: number } {
  const world = 512 * 2 ** view.zoom;
  const mercator = (degrees: number) => Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360));
  const beside = ((((lon - view.lon + 180) % 360) + 360) % 360) - 180;
  return {
    x: width / 2 + (beside / 360) * world,
    y: height / 2 - ((mercator(lat) - mercator(view.lat)) / (2 * Math.PI)) * world,
  };
}

const middleOf = (pixels: readonly Pixel[]): { x: number; y: number } => ({
  x: pixels.reduce((sum, { x }) => sum + x + 0.5, 0) / pixels.length,
  y: pixels.reduce((sum, { y }) => sum + y + 0.5, 0) / pixels.length,
});

/** Middle of the blue pixels within 60 pixels of a point, once two pictures one after the other agree. */
async function markNear(page: Page, { x, y }: { x: number; y: number }) {
  let before = '';
  return until(
    async () => {
      const all = await pixelsOfColour(page, unBlue);
      const near = all.filter((pixel) => Math.hypot(pixel.x - x, pixel.y - y) < 60);
      const now = JSON.stringify(near);
      const same = now === before && near.length > 40;
      before = now;
      return same ? { ...middleOf(near), pixels: near } : undefined;
    },
    { what: `a blue mark near ${Math.round(x)}, ${Math.round(y)}`, timeoutMs: 20_000 },
  );
}

async function expectGone(page: Page): Promise<void> {
  await until(async () => (await pixelsOfColour(page, unBlue)).length === 0, {
    what: 'no blue pixel',
    timeoutMs: 20_000,
  });
}

const halted = (id: string, lon: number, lat: number): UnitOut => unit(id, { lon, lat, speedMps: 0 });

describe('units on the glass', () => {
  it.each([
    { name: 'a world away', lon: 29.5, lat: 1.5, zoom: 2 },
    { name: 'a country, north', lon: -7.6, lat: 33.4, zoom: 5.3 },
    { name: 'a province, south', lon: 147.1, lat: -42.8, zoom: 9 },
    { name: 'just where the card changes its origin', lon: 18.55, lat: 4.36, zoom: 12 },
    { name: 'a street, south', lon: -70.123_456, lat: -33.456_789, zoom: 17 },
    { name: 'a street, far north', lon: 25.700_001, lat: 66.500_002, zoom: 17 },
    { name: 'across the equator', lon: 29.5, lat: 0, zoom: 11 },
    { name: 'west of the antimeridian', lon: 179.98, lat: -16.5, zoom: 9 },
    { name: 'east of the antimeridian, near', lon: -179.999, lat: -16.5, zoom: 15 },
  ])('stand where the projection says: $name', async ({ lon, lat, zoom }) => {
    const page = await open();
    const view = { lon, lat, zoom };
    const degreesPerPx = 360 / (512 * 2 ** zoom);
    const shrink = Math.cos((lat * Math.PI) / 180);
    // A middle one, and four that stand beside it: over the equator or the antimeridian where the view lies there.
    const places = [[0, 0], [-250, 120], [250, 130], [-240, -140], [260, -150]] as const; // prettier-ignore
    const units = places.map(([dx, dy], index) => {
      const east = lon + dx * degreesPerPx;
      const wrapped = east > 180 ? east - 360 : east < -180 ? east + 360 : east;
      return halted(`u${index}`, wrapped, lat + dy * degreesPerPx * shrink);
    });
    await show(page, view, units);
    for (const one of units) {
      const wanted = projected(one.lon ?? NaN, one.lat ?? NaN, view);
      const mark = await markNear(page, wanted);
      expect(Math.hypot(mark.x - wanted.x, mark.y - wanted.y)).toBeLessThan(0.6);
    }
  });

  it('are gone when they are removed, and when all are', async () => {
    const page = await open();
    const view = { lon: 20, lat: 5, zoom: 8 };
    await show(page, view, [halted('a', 19.5, 5), halted('b', 20.5, 5)]);
    const at = projected(20.5, 5, view);
    await markNear(page, at);
    await page.evaluate(() => window.stage.remove('b'));
    await until(async () => !(await pixelsOfColour(page, unBlue)).some(({ x }) => Math.abs(x - at.x) < 60), {
      what: 'the removed unit to go',
    });
    await markNear(page, projected(19.5, 5, view));
    await page.evaluate(() => {
      window.stage.units.clear();
      window.stage.unitsChanged();
    });
    await expectGone(page);
  });

  it.each([0, 60, 90, 180, 225, 330])('point along their course: %i°', async (courseDeg) => {
    const page = await open();
    const view = { lon: 20, lat: -5, zoom: 6 };
    await show(page, view, [unit('a', { lon: 20, lat: -5, courseDeg, speedMps: 9 })]);
    const { pixels } = await markNear(page, projected(20, -5, view));
    const turn = (courseDeg * Math.PI) / 180;
    /** Mean distance from the line of the course, of the pixels ahead of or behind the middle. */
    const spread = (side: 1 | -1): number => {
      const aside = pixels.flatMap(({ x, y }) => {
        const [dx, dy] = [x + 0.5 - width / 2, height / 2 - y - 0.5];
        const along = dx * Math.sin(turn) + dy * Math.cos(turn);
        return side * along > 6 ? [Math.abs(dx * Math.cos(turn) - dy * Math.sin(turn))] : [];
      });
      return aside.reduce((sum, one) => sum + one, 0) / aside.length;
    };
    // The tip is narrow, the tail has wings.
    expect(spread(1)).toBeLessThan(spread(-1) * 0.6);
  });
});

describe('between two fixes', () => {
  const moving = (given: Partial<UnitOut> = {}): UnitOut =>
    unit('a', { lon: 29.5, lat: -12.25, courseDeg: 40, speedMps: 11, ...given });
  const view = { lon: 29.5, lat: -12.25, zoom: 16 };
  const metresPerPx = (40_030_229 * Math.cos((view.lat * Math.PI) / 180)) / (512 * 2 ** view.zoom);
  const toTime = (page: Page, seconds: number) =>
    page.evaluate((nowMs) => window.stage.at(nowMs), atMs + seconds * 1000);

  it('a unit goes along its course by the pixels its speed says, until its next report is due', async () => {
    const page = await open();
    await show(page, view, [moving({ reportEveryS: 20 })]);
    const start = await markNear(page, { x: width / 2, y: height / 2 });
    const beyond = (metres: number) => {
      const px = metres / metresPerPx;
      const turn = (40 * Math.PI) / 180;
      return { x: start.x + px * Math.sin(turn), y: start.y - px * Math.cos(turn) };
    };
    for (const [seconds, metres] of [
      [5, 55],
      [12.5, 137.5],
      [20, 220],
    ] as const) {
      await toTime(page, seconds);
      const mark = await markNear(page, beyond(metres));
      expect(Math.hypot(mark.x - beyond(metres).x, mark.y - beyond(metres).y)).toBeLessThan(0.6);
    }
    // Overdue it looks otherwise, and stands.
    await toTime(page, 21);
    const overdue = await markNear(page, beyond(220));
    await toTime(page, 90);
    const later = await markNear(page, beyond(220));
    expect(Math.hypot(later.x - overdue.x, later.y - overdue.y)).toBeLessThan(0.1);
  });

  it('the symbol stands where the store says that it is drawn, weeks after the page was opened too', async () => {
    const page = await openNew();
    const laterMs = atMs + 21 * 86_400_000;
    await show(page, view, [moving()]);
    const later = moving({ time: iso(laterMs), receivedAt: iso(laterMs) });
    await page.evaluate(({ later, nowMs }) => {
      window.stage.units.apply(later);
      window.stage.at(nowMs);
    }, { later: { ...later, callsign: undefined }, nowMs: laterMs + 17_300 }); // prettier-ignore
    const drawn = await page.evaluate((nowMs) => window.stage.units.drawnAt(0, nowMs), laterMs + 17_300);
    expect(distanceM(29.5, -12.25, drawn?.lon ?? NaN, drawn?.lat ?? NaN)).toBeCloseTo(11 * 17.3, 0);
    // An arrow's blue lies behind its point: the same arrow at rest says by how much.
    await markNear(page, projected(drawn?.lon ?? NaN, drawn?.lat ?? NaN, view));
    const mark = await markNear(page, projected(drawn?.lon ?? NaN, drawn?.lat ?? NaN, view));
    await show(page, view, [{ ...later, lon: drawn?.lon ?? 0, lat: drawn?.lat ?? 0 }], laterMs);
    const still = await markNear(page, projected(drawn?.lon ?? NaN, drawn?.lat ?? NaN, view));
    expect(Math.hypot(mark.x - still.x, mark.y - still.y)).toBeLessThan(0.6);
  });

  it('over the antimeridian a unit goes on', async () => {
    const page = await open();
    const edge = { lon: 180, lat: 0, zoom: 15 };
    await show(page, edge, [moving({ lon: 179.9995, lat: 0, courseDeg: 90 })]);
    const start = await markNear(page, projected(179.9995, 0, edge));
    await toTime(page, 15);
    const px = (165 / 40_030_229) * 512 * 2 ** 15;
    const mark = await markNear(page, { x: start.x + px, y: start.y });
    expect(Math.abs(mark.x - start.x - px)).toBeLessThan(0.6);
  });

  it.each([
    ['a stale one', moving({ time: iso(atMs - 301_000), receivedAt: iso(atMs - 301_000) })],
    ['a halted one', moving({ speedMps: 0.5 })],
    ['one without a course', moving({ courseDeg: undefined })],
    ['one that is lost', moving({ time: iso(atMs - 3_000_000), receivedAt: iso(atMs - 3_000_000) })],
  ])('%s stays where it was last', async (_name, one) => {
    const page = await open();
    const mid = { x: width / 2, y: height / 2 };
    await show(page, view, [one]);
    const start = await markNear(page, mid);
    await toTime(page, 10);
    const after = await markNear(page, mid);
    expect(Math.hypot(after.x - start.x, after.y - start.y)).toBeLessThan(0.1);
  });

  it('nothing moves on a picture that has stopped, and in steps of five seconds where movement is not wanted', async () => {
    const page = await open();
    await show(page, view, [moving()]);
    const start = await markNear(page, { x: width / 2, y: height / 2 });
    await page.evaluate(() => (window.stage.motion = 'still'));
    await toTime(page, 8);
    expect((await markNear(page, start)).x).toBeCloseTo(start.x, 1);
    await page.evaluate(() => (window.stage.motion = 'steps'));
    const steppedS = Math.floor((atMs / 1000 + 8) / 5) * 5 - atMs / 1000;
    await toTime(page, 8);
    const px = (11 * steppedS * Math.sin((40 * Math.PI) / 180)) / metresPerPx;
    const mark = await markNear(page, { x: start.x + px, y: start.y - px });
    expect(Math.abs(mark.x - start.x - px)).toBeLessThan(0.6);
  });
});

it('draws nothing behind another tab, and everything right on return', async () => {
  const page = await openNew();
  const view = { lon: 20, lat: 5, zoom: 9 };
  await page.evaluate(() => {
    const drawn = { calls: 0 };
    for (const name of [
      'drawArrays',
      'drawElements',
      'drawArraysInstanced',
      'drawElementsInstanced',
    ] as const) {
      const draw = WebGL2RenderingContext.prototype[name] as (...given: number[]) => void;
      WebGL2RenderingContext.prototype[name] = function (this: WebGL2RenderingContext, ...given: number[]) {
        drawn.calls += 1;
        draw.apply(this, given);
      };
    }
    Object.assign(window, { drawn });
  });
  const calls = () => page.evaluate(() => (window as unknown as { drawn: { calls: number } }).drawn.calls);
  const setHidden = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await show(page, view, [halted('a', 20, 5)]);
  await markNear(page, projected(20, 5, view));
  await setHidden(true);
  const before = await calls();
  expect(before).toBeGreaterThan(0);
  // A minute of updates: had a frame been asked for, it would come before the answer to the last of these.
  for (let step = 1; step <= 30; step += 1) {
    const moved = { ...halted('a', 20 + step / 100, 5), callsign: undefined };
    await page.evaluate(
      ({ moved, nowMs }) => {
        window.stage.units.apply(moved);
        window.stage.at(nowMs);
        return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      },
      { moved, nowMs: atMs + step * 1000 },
    );
  }
  expect(await calls()).toBe(before);
  await setHidden(false);
  const wanted = projected(20.3, 5, view);
  const mark = await markNear(page, wanted);
  expect(Math.hypot(mark.x - wanted.x, mark.y - wanted.y)).toBeLessThan(0.6);
});

it('draws counted cells where they lie, and a heavy border for the old ones', async () => {
  const page = await open();
  const view = { lon: 29.5, lat: 1.5, zoom: 8 };
  const cell = latLngToCell(1.5, 29.5, 4);
  await show(page, view, []);
  const showCells = (old: number) =>
    page.evaluate(
      ({ cell, old }) => {
        window.stage.cells = [{ h3: cell, count: 40, old }];
        window.stage.show();
      },
      { cell, old },
    );
  const amber = [0xff, 0xb2, 0x24] as const;
  await showCells(0);
  await until(async () => (await pixelsOfColour(page, [0xe8, 0xee, 0xf4])).length > 10, {
    what: 'the figure in the hexagon',
    timeoutMs: 20_000,
  });
  expect(await pixelsOfColour(page, amber)).toHaveLength(0);
  await showCells(20);
  const half = await until(async () => (await pixelsOfColour(page, amber)).length, { what: 'an old border' });
  await showCells(40);
  await until(async () => (await pixelsOfColour(page, amber)).length > half * 1.5, {
    what: 'an old border all round',
  });
});
