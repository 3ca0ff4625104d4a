import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { bright } from '../../client/map/basemap-palette.ts';
import { paletteOf } from '../../client/layers/style.ts';
import { en } from '../../shared/messages/en.ts';
import { until } from '../support/wait.ts';
import { pixelsOfColour, setStage, unpainted } from './screens.ts';

const patient = { timeout: 60_000 };

function channels(colour: string): readonly [number, number, number] {
  const value = parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** A switch for the map packs: while it is shut none of them can be fetched. */
function packSwitch(): { shut: boolean; prepare: (page: Page) => Promise<void> } {
  const switched = {
    shut: false,
    prepare: async (page: Page) => {
      await page.route('**/tiles/**', (route) => (switched.shut ? route.abort() : route.continue()));
    },
  };
  return switched;
}

/** Waits until so many pixels of the map have about this colour. */
function seen(page: Page, what: string, colour: readonly [number, number, number], least: number) {
  const isSeen = async (): Promise<boolean> => (await pixelsOfColour(page, colour)).length > least;
  return until(isSeen, { what: `${what} on the map`, timeoutMs: 60_000 });
}
const landIsSeen = (page: Page): Promise<unknown> => seen(page, 'land', channels(bright.land), 5_000);
const [red, green, blue] = paletteOf('bright').P2;
const alertIsSeen = (page: Page): Promise<unknown> => seen(page, 'the alert', [red, green, blue], 50);

describe('the ground of a map', { timeout: 240_000 }, () => {
  it('that cannot be fetched is said to be incomplete, and comes by itself later: all of it, or single tiles', async () => {
    const stage = await setStage({}, unpainted);
    const packs = packSwitch();
    packs.shut = true;
    const page = await stage.signIn('watch', { width: 1024, height: 640, prepare: packs.prepare });
    const missing = page.getByText(en['map.groundMissing']);
    await missing.waitFor(patient);
    packs.shut = false;
    await missing.waitFor({ state: 'detached', ...patient });

    packs.shut = true;
    const nearer = page.getByRole('button', { name: en['map.zoomIn'] });
    for (let step = 0; step < 2; step++) await nearer.press('Enter');
    await missing.waitFor(patient);
    packs.shut = false;
    await missing.waitFor({ state: 'detached', ...patient });
    expect(stage.faults).toEqual([]);
  });

  it('and the picture on it come back when the graphics card has lost them', async () => {
    const stage = await setStage();
    await stage.post('/api/alerts', 'watch', {
      category: 'attack-in-progress',
      priority: 'P2',
      text: 'smoke over the market',
      channel: 'sms',
      lon: 29,
      lat: 1,
    });
    const page = await stage.signIn('wall', { width: 800, height: 450 });
    await page.goto(`${stage.server.url}/wall?theme=bright`);
    await landIsSeen(page);
    await alertIsSeen(page);
    const before = await page.locator('.ground canvas').count();
    expect(before).toBeGreaterThan(1);
    for (const index of [0, 1]) {
      await page
        .locator('.ground canvas')
        .nth(index)
        .evaluate((canvas: HTMLCanvasElement) => {
          canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
        });
      await page.getByText(en['map.coming']).waitFor(patient);
      await page.getByText(en['map.coming']).waitFor({ state: 'detached', ...patient });
      await alertIsSeen(page);
      expect(await page.locator('.ground canvas').count()).toBe(before);
    }
    await landIsSeen(page);
    expect(stage.faults).toEqual([]);
  });

  it('comes though what reads it could not be fetched at first', async () => {
    const stage = await setStage();
    let refused = 0;
    const page = await stage.signIn('wall', { width: 800, height: 450 });
    await page.route('**/assets/*worker*', (route) => (refused++ < 1 ? route.abort() : route.continue()));
    await page.goto(`${stage.server.url}/wall?theme=bright`);
    await landIsSeen(page);
    expect(refused).toBeGreaterThan(1);
  });
});
