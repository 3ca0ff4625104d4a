import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { until } from '../support/wait.ts';
import { setStage, type Stage, unpainted } from './screens.ts';

const position = (unit: string, speedMps: number, batteryPct: number) => ({
  unit,
  time: new Date().toISOString(),
  lon: 29 + speedMps / 100,
  lat: 1,
  courseDeg: 90,
  speedMps,
  batteryPct,
});

async function alertAt(stage: Stage, placeName: string, priority: string): Promise<void> {
  const alert = { category: 'killing', text: 'shots', channel: 'radio', lon: 29.5, lat: 1.5 };
  await stage.post('/api/alerts', 'feed', { ...alert, placeName, priority });
}

/** Whether nothing moves any more, and each row begins where the one before it ends, or further down. */
function standBelowOneAnother(rows: readonly Element[]): boolean {
  const boxes = rows.map((row) => row.getBoundingClientRect());
  const moves = rows.some((row) => row.closest('li')?.getAnimations().length);
  return !moves && boxes.every(({ top }, index) => top >= (boxes[index - 1]?.bottom ?? 0) - 1);
}

describe('the lists of the console, by keyboard', { timeout: 240_000 }, () => {
  it('marks several alerts and acknowledges them at once, and the log tells who did', async () => {
    const stage = await setStage({}, unpainted);
    for (const [place, priority] of [
      ['Mabiri', 'P1'],
      ['Kolwa', 'P2'],
      ['Tsera', 'P3'],
    ] as const)
      await alertAt(stage, place, priority);
    const page = await stage.signIn('watch');
    const rows = page.locator('button.row');
    await until(async () => (await rows.count()) === 3, { what: 'three alerts', timeoutMs: 20_000 });
    // Least time left first.
    expect(await rows.locator('.title').allInnerTexts()).toEqual(['Mabiri', 'Kolwa', 'Tsera']);
    expect(await rows.first().innerText()).toContain('1:00');

    // Nothing moves under the hand: the row that is pointed at keeps its place until it is left.
    await rows.nth(2).hover();
    await alertAt(stage, 'Nyoka', 'P1');
    const order = (places: string) =>
      until(async () => (await rows.locator('.title').allInnerTexts()).join(' ') === places, {
        what: `the order ${places}`,
        timeoutMs: 30_000,
      });
    await order('Mabiri Nyoka Tsera Kolwa');
    await page.mouse.move(700, 300);
    await order('Mabiri Nyoka Kolwa Tsera');
    await until(() => rows.evaluateAll(standBelowOneAnother), {
      what: 'rows to stand below one another where they have glided',
      timeoutMs: 30_000,
    });

    await page.keyboard.press('j');
    await page.keyboard.press('Shift+J');
    await page.getByText('2 alerts marked').waitFor();
    await page.keyboard.press('Shift+Enter');
    await page.getByText('2 acknowledged.').waitFor();
    await page.keyboard.press('Shift+A');
    const log = page.getByRole('region', { name: en['feed.label'] });
    await log.getByText(`${en['event.acknowledge']} · Nyoka`).waitFor();
    await log.getByText('The watch').first().waitFor();
    await log.getByRole('button', { name: /Tsera/ }).click();
    await page.getByRole('heading', { name: 'Tsera' }).waitFor();

    const bar = page.getByRole('slider', { name: en['time.bar'] });
    await bar.focus();
    await page.keyboard.press('End');
    await until(async () => /2 × P1, 1 × P2/.test((await bar.getAttribute('aria-valuetext')) ?? ''), {
      what: 'the quarter that runs to tell of its alerts',
      timeoutMs: 20_000,
    });
    expect(stage.faults).toEqual([]);
  });

  it('filters and sorts units on the board, and a link brings the board back', async () => {
    const stage = await setStage({}, unpainted);
    const units = Array.from({ length: 30 }, (_, index) => position(`LRP${index}`, index, 10 + index));
    await stage.post('/api/positions', 'feed', units);
    const page = await stage.signIn('watch');
    await page.getByRole('tab', { name: /Units/ }).waitFor();
    await page.keyboard.press('u');
    const board = page.getByRole('grid', { name: en['list.board'] });
    const firstName = () => board.locator('.row .callsign').first().innerText();
    await until(async () => (await board.getAttribute('aria-rowcount')) === '31', {
      what: 'all units on the board',
      timeoutMs: 20_000,
    });
    await board.getByRole('button', { name: new RegExp(en['units.speed']) }).press('Enter');
    await until(async () => (await firstName()) === 'LRP29', {
      what: 'the fastest first',
      timeoutMs: 30_000,
    });
    await page.getByRole('button', { name: en['board.lowBattery'] }).press('Enter');
    await until(async () => (await board.getAttribute('aria-rowcount')) === '11', {
      what: 'those with a low battery',
      timeoutMs: 30_000,
    });

    await until(() => Promise.resolve(page.url().includes('filter=battery')), {
      what: 'the board in the address',
      timeoutMs: 30_000,
    });
    await page.reload();
    await until(async () => (await board.getAttribute('aria-rowcount')) === '11', {
      what: 'the same board after a reload',
      timeoutMs: 20_000,
    });
    await until(async () => (await firstName()) === 'LRP9', {
      what: 'the same first row',
      timeoutMs: 30_000,
    });
    expect(stage.faults).toEqual([]);
  });

  it('walks the board, marks units in it, follows them, and folds the time bar', async () => {
    const stage = await setStage({}, unpainted);
    const units = Array.from({ length: 12 }, (_, index) => position(`LRP${10 + index}`, index, 50));
    await stage.post('/api/positions', 'feed', units);
    const page = await stage.signIn('watch');
    await page.getByRole('tab', { name: /Units/ }).waitFor();
    await page.keyboard.press('u');
    const focusedRow = () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-index') ?? 'none');
    const isAt = (index: string) =>
      until(async () => (await focusedRow()) === index, { what: `row ${index}`, timeoutMs: 20_000 });
    await isAt('0');
    await page.keyboard.press('ArrowDown');
    await isAt('1');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await isAt('3');
    await page.getByText('3 units marked').waitFor();
    const marked = page.getByRole('row', { selected: true }).locator('.callsign');
    expect(await marked.allInnerTexts()).toEqual(['LRP11', 'LRP12', 'LRP13']);
    // The keys stay in the rows while new positions come and the second ticks.
    await stage.post('/api/positions', 'feed', [position('LRP00', 30, 50)]);
    await page.getByText('13 of 13').waitFor({ timeout: 20_000 });
    await page.keyboard.press('x');
    await page.getByText('2 units marked').waitFor();
    await page.keyboard.press('Shift+M');
    await page.getByText(en['follow.now'].replace('{names}', 'LRP11, LRP12')).waitFor();

    const bar = page.getByRole('slider', { name: en['time.bar'] });
    await bar.waitFor({ timeout: 20_000 });
    await page.keyboard.press('h');
    await bar.waitFor({ state: 'hidden' });
    expect(stage.faults).toEqual([]);
  });
});
