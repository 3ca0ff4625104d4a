import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { axeFaults, scrollsSideways, unreadableOn } from './glass.ts';
import { setStage, unpainted, type Stage } from './screens.ts';
import { leastCapitals, leastClock, textsOn, type TextOnWall } from './wall-measures.ts';

/** What says that the picture has stopped has fewer texts than any picture. */
const fewTexts = 8;

/** Enough of everything that no list is empty and some are too long. */
async function setScene(stage: Stage): Promise<void> {
  const names = ['Mabiri', 'Kolwa', 'Saint-Étienne-du-Grand-Fleuve'];
  const categories = ['attack-in-progress', 'armed-group-movement', 'intercommunal-tension'];
  for (let index = 0; index < 9; index++) {
    await stage.post('/api/alerts', 'watch', {
      id: `wall-${index}`,
      category: categories[index % 3],
      priority: index % 2 ? 'P2' : 'P1',
      text: 'Armed men seen on the track north of the market',
      channel: 'sms',
      placeName: names[index % 3],
      lon: 29 + index * 0.1,
      lat: 1 + index * 0.05,
      occurredAt: new Date(Date.now() - index * 900_000).toISOString(),
    });
  }
  const fixes = Array.from({ length: 12 }, (_, index) => ({
    unit: `LRP ${index}`,
    time: new Date(Date.now() - index * 60_000).toISOString(),
    lon: 29 + index * 0.08,
    lat: 1 + (index % 5) * 0.1,
  }));
  await stage.post('/api/positions', 'feed', fixes);
}

/** What stands there is large enough, whole and uncovered: while the map is on its way, and with the picture. */
async function expectWall(page: Page, where: string): Promise<void> {
  await page.locator('footer').waitFor({ timeout: 60_000 });
  await page.evaluate(() => document.fonts.ready);
  await expectLegible(page, `${where}, on its way`);
  await page.locator('li .figure').first().waitFor({ timeout: 60_000 });
  await page.locator('.coming').first().waitFor({ state: 'detached', timeout: 60_000 });
  const texts = await textsOfPicture(page, where);
  expect.soft(texts.length, `texts on ${where}`).toBeGreaterThan(fewTexts);
  const clock = texts.find(({ text }) => /^\d{4}Z$/.test(text));
  expect.soft(clock?.capitals, `the clock on ${where}`).toBeGreaterThanOrEqual(leastClock);
  expect.soft(await unreadableOn(page), `unreadable on ${where}`).toEqual([]);
  expect.soft(await scrollsSideways(page), `${where} scrolls sideways`).toBe(false);
}

/** A machine that draws for seconds at a stretch has a wall say that its picture has stopped; then it comes back. */
async function textsOfPicture(page: Page, where: string): Promise<TextOnWall[]> {
  for (let look = 0; look < 20; look++) {
    await page.locator('main:not(.stopped)').waitFor({ timeout: 60_000 });
    const texts = await expectLegible(page, where);
    if (texts.length > fewTexts) return texts;
  }
  return [];
}

async function expectLegible(page: Page, where: string): Promise<TextOnWall[]> {
  const texts = await textsOn(page);
  const small = texts.filter(({ capitals }) => capitals < leastCapitals - 0.0001);
  expect.soft(small, `too small on ${where}`).toEqual([]);
  const cut = texts.filter(({ isWhole }) => !isWhole);
  expect.soft(cut, `cut on ${where}`).toEqual([]);
  return texts;
}

const split =
  'layout=split&areas=28.8,0.8,29.4,1.4;29.4,0.8,30,1.4;29,1,29.5,1.5&names=Haut-Uélé et Bas-Uélé';

describe('walls', { timeout: 400_000 }, () => {
  // Drawn by software a wall takes long: each layout once, in the language and theme that are hardest for it.
  it.each([
    [
      1920,
      1080,
      [
        'lang=en&theme=dark',
        `${split}&lang=fr&theme=bright`,
        'layout=alerts&lang=fr&theme=bright',
        'layout=cinema',
      ],
    ],
    [3840, 2160, ['lang=fr&theme=bright']],
  ] as const)('are read at five metres, at %i × %i', async (width, height, shown) => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    const page = await stage.signIn('wall', { width, height });
    for (const query of shown) {
      await page.goto(`${stage.server.url}/wall?${query}`);
      await expectWall(page, `${height} ${query}`);
      expect.soft(await axeFaults(page), `axe ${query}`).toEqual([]);
    }
    expect(stage.faults).toEqual([]);
  });

  it('say on every part of the screen that the picture has stopped, and load anew when a desk asks', async () => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    const areas = '28.8,0.8,29.4,1.4;29.4,0.8,30,1.4';
    const page = await stage.signIn('wall', { width: 1920, height: 1080 });
    await page.goto(`${stage.server.url}/wall?layout=split&areas=${areas}&theme=bright`);
    await page.getByText(en['wall.area'].replace('{number}', '2')).waitFor({ timeout: 60_000 });
    await page.locator('li .figure').first().waitFor({ timeout: 60_000 });
    stage.server.freeze();
    await page.getByText(en['wall.stopped']).waitFor({ timeout: 30_000 });
    expect(await page.locator('.maps').evaluate((maps) => getComputedStyle(maps).visibility)).toBe('hidden');
    expect((await textsOn(page)).filter(({ capitals }) => capitals < leastCapitals)).toEqual([]);
    stage.server.thaw();
    await page.getByText(en['wall.stopped']).waitFor({ state: 'hidden', timeout: 30_000 });

    await stage.post('/api/walls/reload', 'chief', { layout: 'layout=alerts' });
    await page.waitForURL((url) => url.search.includes('layout=alerts'), {
      timeout: 60_000,
      waitUntil: 'commit',
    });
    expect(new URL(page.url()).searchParams.get('theme')).toBe('bright');
    await page.getByRole('region', { name: en['wall.alerts'] }).waitFor();
    expect(stage.faults).toEqual([]);
  });
});
