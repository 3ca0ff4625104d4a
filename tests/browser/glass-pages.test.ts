import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { watchTabs } from '../../client/pages/watch-tabs.ts';
import { axeFaults, scrollsSideways, unreadableOn } from './glass.ts';
import { setScene, sizes, standsStill } from './glass-scene.ts';
import { setStage, unpainted } from './screens.ts';

/** As on the console, but that these pages may be longer than the screen. */
async function expectReadable(page: Page, where: string): Promise<void> {
  await standsStill(page);
  const unreadable = (await unreadableOn(page)).filter(({ why }) => !why.startsWith('above or below'));
  expect.soft(unreadable, `unreadable on ${where}`).toEqual([]);
  expect.soft(await scrollsSideways(page), `${where} scrolls sideways`).toBe(false);
}

describe('what stands on the glass of the other pages', { timeout: 300_000 }, () => {
  it('passes axe on the papers of the watch, and can be read in French on a tablet', async () => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    const page = await stage.signIn('watch', { ...sizes.desk, locale: 'fr' });
    for (const tab of watchTabs) {
      await page.setViewportSize(sizes.desk);
      await page.goto(`${stage.server.url}/watch?tab=${tab}`);
      await page.locator('#watch-panel :is(form, ul, ol, table, section, p)').first().waitFor();
      await expectReadable(page, `watch ${tab}, desk`);
      expect.soft(await axeFaults(page), `watch ${tab}`).toEqual([]);
      await page.setViewportSize(sizes.tablet);
      await expectReadable(page, `watch ${tab}, tablet`);
    }
    expect(stage.faults).toEqual([]);
  });

  it('passes axe on phones, for administrators and where one signs in', async () => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    for (const [role, size, path] of [
      ['patrol', 'phone', '/patrol'],
      ['admin', 'desk', '/admin'],
    ] as const) {
      const args = role === 'patrol' ? ['--unit=LRP 1'] : [];
      const page = await stage.signIn(role, { ...sizes[size], args });
      await page.goto(`${stage.server.url}${path}`);
      await page.locator('main :is(h2, h3)').first().waitFor();
      await expectReadable(page, role);
      expect.soft(await axeFaults(page), role).toEqual([]);
    }
    const page = await stage.signIn('watch', sizes.desk);
    await page.context().clearCookies();
    await page.goto(`${stage.server.url}/signin`);
    await page.locator('#token').waitFor();
    expect(await axeFaults(page), 'sign-in').toEqual([]);
  });
});
