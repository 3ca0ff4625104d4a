import { describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { en as base } from '../../shared/messages/en.ts';
import { phone as phoneTexts } from '../../shared/messages/en/phone.ts';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { makeToken } from '../support/server-process.ts';
import { call } from '../support/test-server.ts';
import { until } from '../support/wait.ts';
import { setStage, type Stage, unpainted } from './screens.ts';

const en = { ...base, ...phoneTexts };

const unit = 'LRP4';
const phone = { width: 390, height: 844, args: [`--unit=${unit}`] };

async function setPhoneStage(): Promise<{ stage: Stage; admin: string }> {
  const stage = await setStage({}, unpainted);
  const admin = await makeToken(stage.env, ['--role=admin']);
  const body = { callsign: 'LRP 4', kind: 'patrol', reportEveryS: 10 };
  await call(stage.server.url, 'PUT', `/api/units/${unit}`, { token: admin, body });
  return { stage, admin };
}

async function carry(page: Page, longitude: number): Promise<void> {
  await page.context().setGeolocation({ longitude, latitude: 1.5, accuracy: 8 });
}

async function isAt(stage: Stage, token: string, lon: number): Promise<void> {
  await until(
    async () => {
      const { body } = await call(stage.server.url, 'GET', '/api/picture', { token });
      const shown = (body as PictureOut).units.find(({ id }) => id === unit);
      return Math.abs((shown?.lon ?? 0) - lon) < 1e-6;
    },
    { what: `the unit to be at ${lon}`, timeoutMs: 20_000 },
  );
}

const theSwitch = (page: Page) => page.getByRole('switch', { name: new RegExp(en['report.switch']) });
const waiting = (page: Page) => page.getByText(/to be sent/);

describe('a phone on the patrol page', () => {
  it('reports where it is, keeps what it cannot send through a reload, and sends it later', async () => {
    const { stage, admin } = await setPhoneStage();
    const page = await stage.signIn('patrol', phone);
    await page.context().grantPermissions(['geolocation']);
    await carry(page, 29.5);
    await theSwitch(page).focus();
    await page.keyboard.press('Space');
    await isAt(stage, admin, 29.5);
    await page.getByText(/^position of \d\d:\d\d:\d\dZ/).waitFor();
    expect(await theSwitch(page).getAttribute('aria-checked')).toBe('true');

    // Half a kilometre: reported at once, not at the next interval.
    await carry(page, 29.505);
    await isAt(stage, admin, 29.505);
    await page
      .getByText(/^29\.5050|29\.5050/)
      .first()
      .waitFor();

    await stage.server.kill9();
    await page
      .getByText(/Offline since/)
      .first()
      .waitFor();
    await carry(page, 29.51);
    await waiting(page).waitFor();
    await carry(page, 29.515);
    await page.getByText(/2 positions to be sent/).waitFor();
    // Away from the page and back, as after a phone that was switched off.
    await page.goto('about:blank');
    await stage.server.start();
    await page.goto(`${stage.server.url}/patrol`);
    await isAt(stage, admin, 29.515);
    await page.getByText(en['report.waiting']).waitFor();
    await waiting(page).waitFor({ state: 'hidden' });
    const { body } = await call(stage.server.url, 'GET', `/api/units/${unit}/track`, { token: admin });
    const { geometry } = body as { geometry: { coordinates: number[][] } };
    const lons = geometry.coordinates.map(([lon]) => lon);
    expect([...new Set(lons)]).toEqual([29.5, 29.505, 29.51, 29.515]);

    // The page went on reporting by itself, until it is switched off.
    expect(await theSwitch(page).getAttribute('aria-checked')).toBe('true');
    await theSwitch(page).click();
    await page.getByText(en['report.off'], { exact: true }).waitFor();
    expect(stage.faults).toEqual([]);
  });

  it('says why it cannot, where the browser refuses', async () => {
    const { stage } = await setPhoneStage();
    const page = await stage.signIn('patrol', phone);
    await page.context().grantPermissions([]);
    await theSwitch(page).click();
    await page.getByText(en['report.denied']).waitFor();
    expect(await theSwitch(page).getAttribute('aria-checked')).toBe('false');
    expect(stage.faults).toEqual([]);
  });
});
