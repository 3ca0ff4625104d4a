import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeFaults, speakPseudo, unreadableOn, untranslatedOn } from './glass.ts';
import { expectReadable, said, setScene, sizes, standsStill, type Size } from './glass-scene.ts';
import { setStage, unpainted } from './screens.ts';

/** Something that stands on the console: how it is opened, what is seen then, and how it is left. */
interface Standing {
  readonly name: string;
  readonly open: readonly string[];
  readonly shows: string;
  readonly leave: readonly string[];
}
const queue: Standing = { name: 'queue', open: [], shows: 'button.row', leave: [] };
const card: Standing = { name: 'card', open: ['j'], shows: 'aside blockquote', leave: ['Escape'] };
const form: Standing = { name: 'form', open: ['n'], shows: 'aside textarea', leave: ['Escape', 'Escape'] };
const board: Standing = { name: 'board', open: ['u'], shows: '.board [role=row].row', leave: ['Escape'] };
const layers: Standing = { name: 'layers', open: ['Shift+L'], shows: 'section.sheet', leave: ['Escape'] };
const all: readonly Standing[] = [
  queue,
  card,
  { name: 'unit picker', open: ['j', 'o'], shows: 'aside fieldset', leave: ['Escape', 'Escape'] },
  form,
  { name: 'form of a threat', open: ['Shift+N'], shows: 'aside textarea', leave: ['Escape', 'Escape'] },
  {
    name: 'form of a signal',
    open: ['Shift+B'],
    shows: 'aside input[type=number]',
    leave: ['Escape'],
  },
  {
    name: 'units to be ready',
    open: ['j', 'w'],
    shows: 'aside section form',
    leave: ['Escape', 'Escape'],
  },
  board,
  layers,
  { name: 'views', open: ['Shift+V'], shows: 'section.sheet', leave: ['Escape'] },
  { name: 'palette', open: ['Control+k'], shows: 'dialog [role=option]', leave: ['Escape'] },
  { name: 'keys', open: ['?'], shows: 'dialog kbd', leave: ['Escape'] },
  { name: 'settings', open: ['Control+,'], shows: 'dialog input', leave: ['Escape'] },
  { name: 'log', open: ['Shift+A'], shows: '[role=tabpanel] section', leave: ['g', 'd'] },
  { name: 'map alone', open: ['Shift+H'], shows: '.map button .keys', leave: ['Shift+H'] },
];

async function stands(page: Page, { open, shows }: Standing): Promise<void> {
  for (const key of open) {
    await page.keyboard.press(key);
    // A form takes the place of the card that offers it.
    if (key === 'j') await page.locator(card.shows).waitFor();
  }
  await page.locator(shows).first().waitFor({ timeout: 30_000 });
  await standsStill(page);
}

async function leaves(page: Page, { leave, shows, open }: Standing): Promise<void> {
  for (const key of leave) await page.keyboard.press(key);
  if (open.length > 0) await page.locator(shows).first().waitFor({ state: 'detached', timeout: 30_000 });
}

async function picture(page: Page): Promise<void> {
  await page.locator(queue.shows).first().waitFor({ timeout: 30_000 });
  await page.locator('.map-column').first().waitFor({ timeout: 30_000 });
}

describe('what stands on the glass of a console', { timeout: 240_000 }, () => {
  // The longer of the two languages, on every size; English, on one of them, is looked at below.
  it('can be read in French, on every size', async () => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    const page = await stage.signIn('watch', { ...sizes.desk, locale: 'fr' });
    await picture(page);
    for (const size of ['desk', 'office', 'tablet', 'large'] satisfies Size[]) {
      await page.setViewportSize(sizes[size]);
      for (const standing of [queue, card, form, board]) {
        await stands(page, standing);
        await expectReadable(page, `${standing.name}, ${size}`);
        await leaves(page, standing);
      }
    }
    await page.setViewportSize(sizes.phone);
    await page.locator('nav button').first().click();
    await expectReadable(page, 'queue, phone');
    for (const standing of [card, board]) {
      await stands(page, standing);
      await expectReadable(page, `${standing.name}, phone`);
      await leaves(page, standing);
    }
    expect(stage.faults).toEqual([]);
  });

  it('can be read in English and passes axe, whatever is open, in both themes', async () => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    const page = await stage.signIn('watch', sizes.desk);
    await picture(page);
    for (const theme of ['dark', 'bright']) {
      await page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
      // By day the same things stand in the same places: what differs are colours.
      for (const standing of theme === 'dark' ? all : [queue, card, form, board]) {
        await stands(page, standing);
        await expectReadable(page, `${standing.name}, ${theme}`);
        expect.soft(await axeFaults(page), `${standing.name}, ${theme}`).toEqual([]);
        await leaves(page, standing);
      }
    }
  });

  it('comes from the catalogue, and holds where texts are longer', async () => {
    const stage = await setStage({}, unpainted);
    await setScene(stage);
    const page = await stage.signIn('watch', { ...sizes.desk, prepare: speakPseudo });
    await picture(page);
    const names = new RegExp(
      `^(title: )?(Unnamed mission|Mabiri|Kolwa|Saint-Étienne.*|The watch|LRP|nightflash|night|flash|English|Français|${said}|` +
        'Group of forty.*|armed-group|[A-Z]{1,3}|MGRS|Zulu|Local)$',
    );
    for (const standing of all) {
      await stands(page, standing);
      expect.soft(await untranslatedOn(page, names), standing.name).toEqual([]);
      expect.soft(await unreadableOn(page), `longer texts, ${standing.name}`).toEqual([]);
      await leaves(page, standing);
    }
  });
});
