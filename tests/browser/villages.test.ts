import { expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { watch as texts } from '../../shared/messages/en/watch.ts';
import { setStage, unpainted } from './screens.ts';

const hourMs = 3_600_000;

it(
  'a silent village is found, called and noted by keyboard, and is hollow on nobody’s map after',
  { timeout: 240_000 },
  async () => {
    const stage = await setStage({}, unpainted);
    const village = (id: string, name: string, lon: number) => ({
      type: 'Feature',
      properties: { id, kind: 'village', name, population: 6_000, reach: ['hf'], contactEveryH: 12 },
      geometry: { type: 'Point', coordinates: [lon, 1.5] },
    });
    await stage.post('/api/places/import', 'watch', {
      type: 'FeatureCollection',
      features: [village('v1', 'Mabiri', 29.5), village('v2', 'Kolwa', 29.8)],
    });
    const heard = { how: 'hf', result: 'all-well' };
    const ago = (hours: number) => new Date(Date.now() - hours * hourMs).toISOString();
    await stage.post('/api/villages/v1/contacts', 'watch', { ...heard, id: 'c1', at: ago(1) });
    await stage.post('/api/villages/v2/contacts', 'watch', { ...heard, id: 'c2', at: ago(30) });

    const page = await stage.signIn('watch');
    const asked = page.waitForResponse((response) => response.url().endsWith('/api/silent-villages'));
    await page.goto(`${stage.server.url}/?sel=place:v2`);
    expect(await (await asked).json()).toMatchObject({ ids: ['v2'] });
    await page.getByRole('button', { name: en['map.legend'] }).click();
    await page.getByText(en['legend.silentVillage']).waitFor();
    const card = page.getByRole('complementary', { name: en['card.label'] });
    await card.getByText(texts['village.state.silent']).waitFor();

    await card.getByRole('link', { name: texts['contact.new'] }).click();
    await page.waitForURL((url) => url.pathname === '/watch');
    const list = page.getByRole('list', { name: texts['village.title'] });
    // Who fell silent stands first, and the state is told in words beside the mark.
    await list.getByRole('button').first().waitFor();
    expect(await list.getByRole('button').first().innerText()).toContain('Kolwa');
    const detail = page.getByRole('heading', { name: 'Kolwa' });
    await detail.waitFor();
    await page.getByRole('radio', { name: texts['contact.result.all-well'] }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('radio', { name: texts['contact.how.hf'] }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('textbox', { name: texts['contact.note'] }).fill('market is open');
    await page.keyboard.press('Enter');
    await page.getByText('market is open').waitFor();
    const silent = page.getByRole('button', { name: /silent/i }).first();
    await silent.getByText(/^0|\b0\b/).waitFor();

    const again = page.waitForResponse((response) => response.url().endsWith('/api/silent-villages'));
    await page.goto(`${stage.server.url}/`);
    expect(await (await again).json()).toMatchObject({ ids: [] });
    expect(stage.faults).toEqual([]);
  },
);
