import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { fr } from '../../shared/messages/fr.ts';
import { until } from '../support/wait.ts';
import { scrollsSideways } from './glass.ts';
import { sizes } from './glass-scene.ts';
import { setStage, unpainted } from './screens.ts';

const p1 = {
  category: 'imminent-attack',
  priority: 'P1',
  text: 'armed men at the bridge',
  channel: 'sms',
  lon: 29.5,
  lat: 1.5,
  placeName: 'Mabiri',
};

/** A browser without a window lets pages sound at once: here it waits for a hand, as those with a window do. */
async function keepShut(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let isTouched = false;
    window.AudioContext = class extends AudioContext {
      constructor() {
        super();
        const touch = (): void => {
          isTouched = true;
          this.dispatchEvent(new Event('statechange'));
        };
        for (const event of ['pointerdown', 'keydown'])
          addEventListener(event, touch, { once: true, capture: true });
      }

      override get state(): AudioContextState {
        return isTouched ? super.state : 'suspended';
      }
    };
  });
}

describe('settings and alarms in a real browser', { timeout: 240_000 }, () => {
  it('keep theme and language of an account over a reload, and show them on its other desks', async () => {
    const stage = await setStage({}, unpainted);
    const page = await stage.signIn('watch');
    await page.locator('.who').waitFor();
    await page.keyboard.press('Control+,');
    const sheet = page.getByRole('dialog', { name: en['settings.title'] });
    await sheet.getByRole('radio', { name: en['settings.theme.bright'] }).check();
    // The theme may still be on its way: what is awaited is the language.
    const kept = page.waitForResponse(
      (answer) =>
        answer.url().endsWith('/api/preferences') &&
        answer.ok() &&
        (answer.request().postData() ?? '').includes('language'),
    );
    await sheet.getByRole('radio', { name: 'Français' }).check();
    await page.getByRole('dialog', { name: fr['settings.title'] }).waitFor();
    await kept;
    await page.keyboard.press('Escape');
    await page.reload();
    const other = await stage.signIn('watch');
    for (const desk of [page, other]) {
      await desk.getByRole('button', { name: fr['bar.menu'] }).waitFor();
      expect(await desk.locator('html').getAttribute('data-theme')).toBe('bright');
      expect(await desk.locator('html').getAttribute('lang')).toBe('fr');
    }
    const chief = await stage.signIn('chief');
    await chief.getByRole('button', { name: en['bar.menu'] }).waitFor();
    expect(stage.faults).toEqual([]);
  });

  it('say that no alarm can be heard yet, and mark the title until a P1 is acknowledged', async () => {
    const stage = await setStage({}, unpainted);
    const page = await stage.signIn('watch', { prepare: keepShut });
    await page.locator('.who').waitFor();
    const usual = await page.locator('link[rel="icon"]').getAttribute('href');
    const alert = (await stage.post('/api/alerts', 'feed', p1)) as { id: string };
    const title = (shape: RegExp): Promise<unknown> =>
      until(async () => shape.test(await page.title()), {
        what: `a title like ${shape.source}`,
        timeoutMs: 20_000,
      });
    await title(/^\(1 P1\) /);
    await page.reload();
    await title(/^\(1 P1\) /);
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).not.toBe(usual);
    const off = page.getByRole('button', { name: en['sound.turnOn'] });
    await off.waitFor();
    await page.setViewportSize(sizes.phone);
    expect(await scrollsSideways(page), 'a phone without sound scrolls sideways').toBe(false);
    // Any touch opens the speaker and takes the button away: a click that is tried twice would miss it.
    await off.press('Enter');
    await off.waitFor({ state: 'detached' });
    await stage.post(`/api/alerts/${alert.id}/acknowledge`, 'watch', {});
    await title(/^(?!\()/);
    expect(await page.locator('link[rel="icon"]').getAttribute('href')).toBe(usual);
    expect(stage.faults).toEqual([]);
  });
});
