// Not part of the run yet: the console still fails some of it (see the rules it names). Renamed to .test.ts when it holds.
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../support/wait.ts';
import { axeFaults, scrollsSideways, speakPseudo, unreadableOn, untranslatedOn } from './glass.ts';
import { setStage, type Stage } from './screens.ts';

const sizes = {
  desk: { width: 1440, height: 900 },
  wide: { width: 1920, height: 1080 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
  large: { width: 3840, height: 2160 },
} as const;
type Size = keyof typeof sizes;

/** A morning in a mission: alerts of every priority, units of every age, a threat, places with long names. */
async function setScene(stage: Stage): Promise<void> {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  await stage.post('/api/places/import', 'admin', {
    type: 'FeatureCollection',
    features: ['Mabiri', 'Kolwa', 'Saint-Étienne-du-Grand-Fleuve'].map((name, index) => ({
      type: 'Feature',
      id: `place-${index}`,
      geometry: { type: 'Point', coordinates: [29.4 + index * 0.3, 1.4 + index * 0.2] },
      properties: { kind: 'village', name, population: 2_300 },
    })),
  });
  const alerts = ['P1', 'P2', 'P3', 'P4'].map((priority, index) => ({
    id: `scene-${priority}`,
    category: ['attack-in-progress', 'armed-group-movement', 'intercommunal-tension', 'returnee'][index],
    priority,
    text: 'Armed men seen on the track north of the market, about twenty, moving towards the river crossing',
    channel: 'sms',
    placeId: `place-${index % 3}`,
    occurredAt: ago(5),
    sourceGrade: 'B',
    infoGrade: 3,
  }));
  for (const one of alerts) await stage.post('/api/alerts', 'watch', one);
  await stage.post('/api/threats', 'watch', {
    kind: 'armed-group',
    geometry: { type: 'Point', coordinates: [29.9, 1.2] },
    radiusM: 9_000,
    likelihood: 4,
    impact: 5,
    validFrom: ago(60),
    text: 'Group of forty seen two days ago',
  });
  await stage.post(
    '/api/positions',
    'feed',
    [0, 3, 12, 90].map((minutes, index) => ({
      unit: `LRP ${index + 1}`,
      time: ago(minutes),
      lon: 29.3 + index * 0.25,
      lat: 1.1 + index * 0.15,
      courseDeg: 40,
      speedMps: 9,
    })),
  );
}

/** The picture stands when the queue has its first row. */
async function settled(page: Page): Promise<void> {
  await page.locator('button.row').first().waitFor({ timeout: 30_000 });
  await page.locator('canvas').first().waitFor({ timeout: 30_000 });
}

async function openAlert(page: Page): Promise<void> {
  await page.locator('button.row').first().click();
  await page.getByText('Armed men seen on the track').first().waitFor();
}

async function expectReadable(page: Page, where: string): Promise<void> {
  // Cards slide in; what stands then is looked at.
  await until(
    async () =>
      (await page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
      )) === 0,
    { what: 'movements to end', timeoutMs: 5_000 },
  ).catch(() => undefined);
  expect.soft(await unreadableOn(page), `unreadable on ${where}`).toEqual([]);
  expect.soft(await scrollsSideways(page), `${where} scrolls sideways`).toBe(false);
}

describe('what stands on the glass', { timeout: 400_000 }, () => {
  it.each(['en', 'fr'])('can be read on every console, in %s', async (locale) => {
    const stage = await setStage();
    await setScene(stage);
    for (const size of ['desk', 'wide', 'tablet', 'phone'] satisfies Size[]) {
      const page = await stage.signIn('watch', { ...sizes[size], locale });
      await settled(page);
      await expectReadable(page, `console ${size} ${locale}`);
      await openAlert(page);
      await expectReadable(page, `console with a card ${size} ${locale}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      await expectReadable(page, `console with the form ${size} ${locale}`);
      await page.context().close();
    }
    expect(stage.faults).toEqual([]);
  });

  it.each(['en', 'fr'])('can be read on walls, in %s', async (locale) => {
    const stage = await setStage();
    await setScene(stage);
    for (const size of ['wide', 'large'] satisfies Size[]) {
      const page = await stage.signIn('wall', { ...sizes[size], locale });
      await page.locator('canvas').first().waitFor({ timeout: 30_000 });
      await expectReadable(page, `wall ${size} ${locale}`);
      await page.context().close();
    }
    expect(stage.faults).toEqual([]);
  });

  it('passes axe on every page, in both themes', async () => {
    const stage = await setStage();
    await setScene(stage);
    const page = await stage.signIn('watch', sizes.desk);
    await settled(page);
    for (const theme of ['dark', 'bright']) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
      expect.soft(await axeFaults(page), `console, ${theme}`).toEqual([]);
      await openAlert(page);
      expect.soft(await axeFaults(page), `card, ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('n');
      expect.soft(await axeFaults(page), `form, ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
    }
    for (const [role, size] of [
      ['wall', 'wide'],
      ['patrol', 'phone'],
      ['admin', 'desk'],
    ] as const) {
      const other = await stage.signIn(role, {
        ...sizes[size],
        args: role === 'patrol' ? ['--unit=LRP 1'] : [],
      });
      if (role === 'admin') await other.goto(`${stage.server.url}/admin`);
      await other.locator('h1, h2, main, canvas').first().waitFor();
      expect.soft(await axeFaults(other), role).toEqual([]);
    }
    await page.context().clearCookies();
    await page.goto(`${stage.server.url}/signin`);
    await page.locator('#token').waitFor();
    expect(await axeFaults(page), 'sign-in').toEqual([]);
  });

  it('comes from the catalogue, and holds where texts are longer', async () => {
    const stage = await setStage();
    await setScene(stage);
    const page = await stage.signIn('watch', { ...sizes.desk, prepare: speakPseudo });
    await settled(page);
    const names =
      /^(Mabiri|Kolwa|Saint-Étienne.*|The watch|LRP|nightflash|night|flash|English|Français|Armed men seen.*|Group of forty.*|[A-Z]{1,3}|MGRS|Zulu|Local)$/;
    expect.soft(await untranslatedOn(page, names), 'console').toEqual([]);
    await openAlert(page);
    expect.soft(await untranslatedOn(page, names), 'card').toEqual([]);
    expect(await unreadableOn(page), 'longer texts').toEqual([]);
  });
});
