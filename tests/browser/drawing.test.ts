import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { setStage, unpainted } from './screens.ts';

/** Presses and lets go at a place of the map, as a hand does: the pointer comes there first. */
async function clickMap(page: Page, across: number, down: number): Promise<void> {
  const box = await page.locator('.maplibregl-canvas').first().boundingBox();
  if (!box) throw new Error('there is no map');
  const [x, y] = [box.x + box.width * across, box.y + box.height * down];
  await page.mouse.move(x - 40, y - 20);
  await page.mouse.move(x, y, { steps: 3 });
  await page.mouse.down();
  await page.mouse.up();
  // Two clicks that follow each other at once are a double click.
  await page.waitForTimeout(600);
}

/** The address of one console shows on another what the first one has chosen. */
async function seenOn(other: Page, page: Page, name: string): Promise<void> {
  await expect.poll(() => new URL(page.url()).searchParams.get('sel')).toMatch(/^threat:/);
  await other.goto(page.url());
  await other.getByRole('complementary').getByRole('heading', { name }).waitFor();
}

it('raises a threat drawn by mouse and one typed by keyboard; another console has both', async () => {
  const stage = await setStage({}, unpainted);
  const village = {
    type: 'Feature',
    id: 'v1',
    properties: { kind: 'village', name: 'Mabiri' },
    geometry: { type: 'Point', coordinates: [29.47, 0.49] },
  };
  await stage.post('/api/places/import', 'watch', { type: 'FeatureCollection', features: [village] });
  const other = await stage.signIn('watch');
  const page = await stage.signIn('watch');
  await page.getByRole('button', { name: 'Zoom in' }).waitFor();
  const card = page.getByRole('complementary');

  await page.keyboard.press('Shift+N');
  await card.getByRole('button', { name: 'Area' }).click();
  await page.getByText('Click the corners').waitFor();
  // The pencil's code comes behind the first shape that is taken.
  await page.waitForLoadState('networkidle');
  const corners = [
    [0.3, 0.4],
    [0.45, 0.35],
    [0.5, 0.6],
    [0.3, 0.4],
  ] as const;
  for (const [across, down] of corners) await clickMap(page, across, down);
  await card.getByText('Area of 3 corners').waitFor();
  await card.getByLabel('What threatens').fill('armed group');
  await page.keyboard.press('Control+Enter');
  await card.getByRole('heading', { name: 'armed group' }).waitFor();
  await seenOn(other, page, 'armed group');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Shift+N');
  await card.getByLabel('MGRS, UTM, degrees').focus();
  await page.keyboard.type('0°29′24″N 29°28′12″E');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2.5');
  await card.getByText('Circle of 2.5 km').waitFor();
  await page.keyboard.press('Tab');
  while (!(await card.getByLabel('What threatens').evaluate((field) => field === document.activeElement)))
    await page.keyboard.press('Tab');
  await page.keyboard.type('flood');
  await page.keyboard.press('Control+Enter');
  await card.getByRole('heading', { name: 'flood' }).waitFor();

  await seenOn(other, page, 'flood');
  expect(stage.faults).toEqual([]);
}, 120_000);

it('shows a file of the operator’s own, which no server is told of, and says why another is refused', async () => {
  const stage = await setStage({}, unpainted);
  const page = await stage.signIn('watch');
  await page.locator('.maplibregl-canvas').waitFor();
  const sent: string[] = [];
  page.on('request', (request) => request.method() !== 'GET' && sent.push(request.postData() ?? ''));
  const xml = (text: string) => ({ mimeType: 'text/xml', buffer: Buffer.from(text) });
  await page.locator('input[type=file]').setInputFiles([
    {
      name: 'fords.kml',
      ...xml(
        `<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
        <kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Ford</name><Point>
        <coordinates>29.47,0.49</coordinates></Point></Placemark></Document></kml>`,
      ),
    },
    {
      name: 'track.gpx',
      ...xml(
        `<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1"><trk><trkseg>
        <trkpt lat="0.4" lon="29.4"/><trkpt lat="0.5" lon="29.5"/></trkseg></trk></gpx>`,
      ),
    },
  ]);
  const menu = page.getByRole('region', { name: 'Layers' });
  await menu.getByText('fords.kml').waitFor();
  await menu.getByText('track.gpx').waitFor();
  await menu.getByRole('button', { name: 'Remove track.gpx' }).click();
  await expect.poll(() => menu.locator('li').filter({ hasText: 'track.gpx' }).count()).toBe(0);
  expect(sent.join()).not.toContain('Ford');
  expect(stage.faults).toEqual([]);

  // After the faults were counted: the browser's own words on broken XML carry a style that its policy forbids.
  await page
    .locator('input[type=file]')
    .setInputFiles([{ name: 'broken.kml', ...xml('<kml>\n<Document>\n</kml>') }]);
  await menu
    .getByRole('alert')
    .filter({ hasText: 'broken.kml is no XML: it breaks off at line 3' })
    .waitFor();
});
