import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { until } from '../support/wait.ts';
import { setStage, unpainted } from './screens.ts';

/** Waits until what a screen reader says last, of the chosen alert, is this. */
async function hears(page: Page, words: string): Promise<void> {
  const said = page.getByRole('status').and(page.locator('.unseen')).last();
  await expect.poll(() => said.textContent(), { timeout: 30_000 }).toBe(words);
}

/** Goes on with the Tab key until the focus is on the button of this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 12; press++) {
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not come to ${name}`);
}

/** Waits until the form of the step has taken the focus, so that the next key is meant for it. */
async function isInForm(page: Page, step: keyof typeof en): Promise<void> {
  const form = page.getByRole('form', { name: en[step], exact: true });
  await form.waitFor();
  await until(() => form.evaluate((element) => element.contains(document.activeElement)), {
    what: `the form ${step} to take the keys`,
    timeoutMs: 30_000,
  });
}

/** Waits until the form has given the keys back to the steps: what a step changes is told before its call is answered. */
async function hasLeftForm(page: Page, step: keyof typeof en): Promise<void> {
  await page.getByRole('form', { name: en[step], exact: true }).waitFor({ state: 'detached' });
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('role') === 'group'), {
    what: `the steps to have the keys after ${step}`,
    timeoutMs: 30_000,
  });
}

describe('an alert by keyboard alone', { timeout: 240_000 }, () => {
  it('goes from received to closed, and every step is told to those who listen', async () => {
    const stage = await setStage({}, unpainted);
    const time = new Date().toISOString();
    await stage.post('/api/positions', 'feed', [{ unit: 'LRP1', time, lon: 29.4, lat: 1.4 }]);
    await stage.post('/api/alerts', 'feed', {
      category: 'imminent-attack',
      priority: 'P1',
      text: 'armed men at the bridge',
      channel: 'radio',
      lon: 29.5,
      lat: 1.5,
      placeName: 'Mabiri',
    });
    const page = await stage.signIn('watch');
    await page.locator('button.row').first().waitFor({ timeout: 30_000 });
    const alert = `P1 Mabiri, ${en['category.imminent-attack']}`;

    await page.keyboard.press('j');
    await hears(page, `${alert}: ${en['alertState.received']}.`);
    await page.keyboard.press('a');
    await hears(page, `${alert}: ${en['alertState.acknowledged']}.`);

    await page.keyboard.press('t');
    await isInForm(page, 'step.triage');
    await page.keyboard.press('Enter');
    await hears(page, `${alert}: ${en['alertState.triaged']}.`);

    await page.keyboard.press('o');
    await isInForm(page, 'step.task');
    // The ranking of who can get there comes a moment later, and takes the keys.
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('type') === 'checkbox'), {
      what: 'the first responder to take the keys',
      timeoutMs: 30_000,
    });
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await hears(page, `${alert}: ${en['alertState.tasked']}. LRP1: ${en['taskState.offered']}.`);
    await hasLeftForm(page, 'step.task');

    for (const [step, alertState, taskState] of [
      ['step.accept', 'alertState.accepted', 'taskState.accepted'],
      ['step.en-route', 'alertState.en-route', 'taskState.en-route'],
      ['step.on-scene', 'alertState.on-scene', 'taskState.on-scene'],
      ['step.stabilise', 'alertState.stabilised', 'taskState.stabilised'],
    ] as const) {
      await tabTo(page, en[step]);
      await page.keyboard.press('Enter');
      await isInForm(page, step);
      await page.keyboard.press('Enter');
      await hears(page, `${alert}: ${en[alertState]}. LRP1: ${en[taskState]}.`);
      await hasLeftForm(page, step);
    }

    await page.keyboard.press('c');
    await isInForm(page, 'step.close');
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await hears(page, `${alert}: ${en['alertState.closed']}. LRP1: ${en['taskState.released']}.`);
    expect(stage.faults).toEqual([]);
  });
});
