import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { fr } from '../../shared/messages/fr.ts';
import { until } from '../support/wait.ts';
import { centreOfColour, setStage, unpainted } from './screens.ts';

const unBlue = [0x5a, 0xa9, 0xe6] as const;
const position = (unit: string, lon: number, lat: number) => ({
  unit,
  time: new Date().toISOString(),
  lon,
  lat,
  courseDeg: 90,
  speedMps: 10,
});
const alert = (more = {}) => ({
  category: 'imminent-attack',
  text: 'armed men at the bridge',
  channel: 'sms',
  lon: 29.5,
  lat: 1.5,
  placeName: 'Mabiri',
  ...more,
});

// Software rendering of three maps at once, beside other tests.
describe('the console in a real browser', { timeout: 240_000 }, () => {
  it('shows a unit where it is, and moves it when it moves', async () => {
    const stage = await setStage();
    // Two alerts far apart hold the first view still while the unit moves between them.
    for (const lon of [28, 31])
      await stage.post(
        '/api/alerts',
        'watch',
        alert({ lon, lat: 1, priority: 'P4', placeName: `Corner ${lon}` }),
      );
    await stage.post('/api/positions', 'feed', [position('LRP4', 29, 1)]);
    const page = await stage.signIn('watch');
    await page.locator('canvas').first().waitFor();
    const first = await until(() => centreOfColour(page, unBlue), {
      what: 'a blue mark on the map',
      timeoutMs: 20_000,
    });
    await stage.post('/api/positions', 'feed', [position('LRP4', 30, 1)]);
    const second = await until(
      async () => {
        const found = await centreOfColour(page, unBlue);
        return found && found.x > first.x + 50 ? found : undefined;
      },
      { what: 'the mark to move east', timeoutMs: 60_000 },
    );
    expect(Math.abs(second.y - first.y)).toBeLessThan(12);
    await page.getByRole('tab', { name: /Units/ }).click();
    await page.getByText('LRP4').first().click();
    await page
      .getByText(/30\.0000/)
      .first()
      .waitFor({ timeout: 90_000 });
    expect(stage.faults).toEqual([]);
  });

  it('acknowledges an alert on one screen and shows it on the other and on the wall', async () => {
    const stage = await setStage({}, unpainted);
    await stage.post('/api/alerts', 'feed', alert());
    const small = { width: 1100, height: 700 };
    const one = await stage.signIn('watch', small);
    const other = await stage.signIn('chief', small);
    const wall = await stage.signIn('wall', { width: 1280, height: 720 });
    for (const page of [one, other])
      await page
        .getByRole('button', { name: /Mabiri/ })
        .first()
        .click();
    await other.getByText('armed men at the bridge').first().waitFor();
    await wall.getByText(en['segment.acknowledge']).first().waitFor();
    expect(await wall.content()).not.toMatch(/armed men|Mabiri/);
    await one.getByRole('button', { name: new RegExp(`^${en['step.acknowledge']}`) }).click();
    for (const page of [one, other])
      await page.getByText(en['alertState.acknowledged']).first().waitFor({ timeout: 90_000 });
    await other.getByText('The watch').first().waitFor();
    await wall.getByText(en['segment.triage']).first().waitFor({ timeout: 90_000 });
    expect(stage.faults).toEqual([]);
  });

  it('raises an alert by keyboard and click, says what is missing, and shows it on another screen', async () => {
    const stage = await setStage();
    const other = await stage.signIn('chief');
    const page = await stage.signIn('watch');
    await page.locator('canvas').first().waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: en['form.new'] }).waitFor();
    const send = page.getByRole('button', { name: en['form.send'] }).last();
    await send.click();
    await page.getByText(en['form.needCategory']).waitFor();
    await page.getByText(en['form.needText']).waitFor();
    await page.getByLabel(en['form.category']).selectOption('cattle-raid');
    await page.getByRole('textbox', { name: new RegExp(en['form.text']) }).fill('Forty cows taken at dawn');
    await page.getByLabel(en['form.placeName']).fill('Tsera');
    await page.getByRole('button', { name: en['form.placing'] }).waitFor();
    await page.mouse.click(700, 500);
    await page.getByRole('button', { name: en['form.placeAgain'] }).waitFor({ timeout: 90_000 });
    await send.click();
    await other.getByRole('button', { name: /Tsera/ }).first().click({ timeout: 90_000 });
    await other.getByText('Forty cows taken at dawn').first().waitFor();
    await other
      .getByText(/\d+\.\d+° [NS]/)
      .first()
      .waitFor();
    expect(stage.faults).toEqual([]);
  });

  // How soon is told by the clock of the link's own tests; here software draws two maps beside other tests.
  it('tells the truth about the link: frozen, killed, and back', async () => {
    const stage = await setStage({}, unpainted);
    await stage.post('/api/positions', 'feed', [position('LRP4', 29, 1)]);
    const page = await stage.signIn('watch');
    const wall = await stage.signIn('wall', { width: 1280, height: 720 });
    const link = page.locator('.badge').first();
    const says = (word: RegExp, timeoutMs: number) =>
      until(async () => word.test(await link.innerText()), {
        what: `the link state to say ${word.source}`,
        timeoutMs,
      });
    await says(/^Live/, 30_000);
    await wall.getByText(en['link.live'], { exact: true }).first().waitFor({ timeout: 20_000 });

    // What a map is still fetching when its server dies comes later, but the browser says so in its console.
    for (const one of [page, wall])
      await (await until(() => one.workers()[0], { what: 'a map' })).evaluate('1');
    stage.server.freeze();
    await says(/Stale since|Offline since/, 30_000);
    await wall.getByText(en['wall.stopped']).first().waitFor({ timeout: 90_000 });
    stage.server.thaw();
    await says(/^Live/, 30_000);
    await wall.getByText(en['wall.stopped']).first().waitFor({ state: 'hidden', timeout: 90_000 });

    await stage.server.kill9();
    await says(/Offline since/, 30_000);
    await stage.server.start();
    await says(/^Live/, 30_000);
    await stage.post('/api/positions', 'feed', [position('after', 29.1, 1)]);
    await page.getByRole('tab', { name: /Units/ }).click();
    await page.getByText('after').first().waitFor({ timeout: 90_000 });
    expect(stage.faults).toEqual([]);
  });

  it('speaks French to a French browser', async () => {
    const stage = await setStage({}, unpainted);
    await stage.post('/api/alerts', 'feed', alert());
    const page = await stage.signIn('watch', { locale: 'fr-FR' });
    await page.getByText(fr['link.live'], { exact: true }).first().waitFor();
    await page
      .getByRole('button', { name: /Mabiri/ })
      .first()
      .click();
    await page.getByRole('button', { name: new RegExp(`^${fr['step.acknowledge']}`) }).waitFor();
  });

  it('signs in by a link, once, and takes the code out of the address', async () => {
    const stage = await setStage({}, unpainted);
    const [, link = ''] = /^LINK admin (\S+)$/m.exec(stage.server.stdout()) ?? [];
    const page = await stage.signIn('wall');
    await page.context().clearCookies();
    await page.goto(link);
    await page.waitForURL((url) => url.pathname === '/');
    expect(page.url()).not.toContain('code');
    await page.context().clearCookies();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('alert').first().waitFor();
  });
});
