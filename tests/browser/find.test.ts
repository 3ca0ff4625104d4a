import { expect, it, onTestFinished } from 'vitest';
import type { Page } from 'playwright-core';
import { en } from '../../shared/messages/en.ts';
import { setStage, unpainted } from './screens.ts';

/** Where the page says that its map stands. */
function standing(page: Page): { lon: number; lat: number; zoom: number } | undefined {
  const [lon, lat, zoom] = (new URL(page.url()).searchParams.get('at') ?? '').split(',').map(Number);
  return lon === undefined || lat === undefined || zoom === undefined ? undefined : { lon, lat, zoom };
}

async function standsNear(page: Page, lon: number, lat: number, withinDeg: number): Promise<void> {
  await expect
    .poll(
      () => {
        const at = standing(page);
        return at && Math.max(Math.abs(at.lon - lon), Math.abs(at.lat - lat)) < withinDeg;
      },
      { timeout: 20_000 },
    )
    .toBe(true);
}

it('finds by keyboard alone: a misspelt village, a grid reference, back again; a link shows another screen the same', async () => {
  const stage = await setStage({}, unpainted);
  const feature = (id: string, name: string, [lon, lat]: number[]) => ({
    type: 'Feature',
    id,
    properties: { kind: 'village', name },
    geometry: { type: 'Point', coordinates: [lon, lat] },
  });
  const villages = [feature('v1', 'Tshabunda', [27.35, -2.7]), feature('v2', 'Mabiri', [29.1, -1.5])];
  await stage.post('/api/places/import', 'watch', { type: 'FeatureCollection', features: villages });
  const page = await stage.signIn('watch');
  await page.locator('.maplibregl-canvas').waitFor();
  const palette = page.locator('dialog[open]');
  const find = async (text: string) => {
    await page.keyboard.press('Control+k');
    await palette.locator('input').waitFor();
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
    await palette.waitFor({ state: 'detached' });
  };

  // Enter comes before the answer of the server: the first thing that it finds is meant.
  await find('chabounda');
  await page.getByRole('complementary').getByRole('heading', { name: 'Tshabunda' }).waitFor();
  await standsNear(page, 27.35, -2.7, 0.2);
  expect(new URL(page.url()).searchParams.get('sel')).toBe('place:v1');

  await find('35N RA 12345 54321');
  await standsNear(page, 29.8, 0.49, 1);
  expect(new URL(page.url()).searchParams.get('sel')).toBeNull();

  await page.goBack();
  await standsNear(page, 27.35, -2.7, 0.2);
  await page.getByRole('complementary').getByRole('heading', { name: 'Tshabunda' }).waitFor();

  const other = await page.context().newPage();
  onTestFinished(() => other.close());
  await other.goto(page.url());
  await other.getByRole('complementary').getByRole('heading', { name: 'Tshabunda' }).waitFor();
  await standsNear(other, 27.35, -2.7, 0.2);

  await page.keyboard.press('?');
  await palette.getByRole('button', { name: /Copy a link/ }).waitFor();
  const keys = await palette.locator('li .keys').allInnerTexts();
  expect(new Set(keys).size, `no two commands have the same keys: ${keys.join(', ')}`).toBe(keys.length);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('complementary').count()).toBe(0);
  expect(stage.faults).toEqual([]);
});

it('takes what is typed for the palette while the palette is still fetched, and never as a command', async () => {
  const stage = await setStage({}, unpainted);
  await stage.post('/api/alerts', 'feed', {
    category: 'imminent-attack',
    priority: 'P1',
    text: 'shots at the ford',
    channel: 'radio',
    lon: 29.5,
    lat: 1.5,
    placeName: 'Mabiri',
  });
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const page = await stage.signIn('watch', {
    prepare: async (slow) => {
      await slow.route(/\/assets\/PaletteFound-[\w-]+\.js$/, async (route) => {
        await held;
        await route.continue();
      });
    },
  });
  await page.locator('.maplibregl-canvas').waitFor();
  await page.keyboard.press('j');
  await page.getByRole('complementary').getByText('shots at the ford').waitFor();

  await page.keyboard.press('Control+k');
  // "A" acknowledges, "M" measures.
  await page.keyboard.type('map');
  goOn();
  const palette = page.locator('dialog[open]');
  await palette.getByRole('option', { name: /Map over the whole page/ }).waitFor();
  expect(await palette.getByRole('combobox').inputValue()).toBe('map');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
  const card = page.getByRole('complementary');
  expect(await card.getByText(en['alertState.received'], { exact: true }).count()).toBeGreaterThan(0);
  expect(await card.getByText(en['alertState.acknowledged'], { exact: true }).count()).toBe(0);
  expect(stage.faults).toEqual([]);
});
