import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { projectDir } from '../support/source-files.ts';
import { until } from '../support/wait.ts';
import { setScene } from './glass-scene.ts';
import { setStage } from './screens.ts';

/**
 * What the pages look like, as a grid of mean colours, beside what they looked like when a person last looked at them
 * and found them right. `UPDATE_PICTURES=1` keeps what stands now. The grid is coarse, so that a clock that goes on or
 * a card that draws letters otherwise is no difference; a symbol, a panel or a colour that has gone is one.
 */
const folder = join(projectDir, 'tests/browser/pictures');
const [columns, rows] = [48, 30];
/** Levels of 255 by which a cell may differ, the share of cells that may differ by more, and the mean of all. */
const tolerance = { level: 26, share: 0.04, mean: 4 } as const;

type Grid = readonly number[];

/** Mean red, green and blue of each cell of a screenshot, row by row. */
async function gridOf(page: Page): Promise<{ grid: Grid; png: Buffer }> {
  const png = await page.screenshot();
  const grid = await page.evaluate(
    async ({ data, columns, rows }) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas to read the picture with');
      context.drawImage(image, 0, 0);
      const [width, height] = [Math.floor(image.width / columns), Math.floor(image.height / rows)];
      const means: number[] = [];
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const cell = context.getImageData(column * width, row * height, width, height).data;
          const sums = [0, 0, 0];
          for (let at = 0; at < cell.length; at += 4)
            for (let part = 0; part < 3; part++) sums[part] = (sums[part] ?? 0) + (cell[at + part] ?? 0);
          means.push(...sums.map((sum) => Math.round((sum * 4) / cell.length)));
        }
      }
      return means;
    },
    { data: png.toString('base64'), columns, rows },
  );
  return { grid, png };
}

function difference(a: Grid, b: Grid): { mean: number; share: number } {
  const apart = a.map((value, at) => Math.abs(value - (b[at] ?? 0)));
  return {
    mean: apart.reduce((sum, one) => sum + one, 0) / apart.length,
    share: apart.filter((one) => one > tolerance.level).length / apart.length,
  };
}

/** The picture when it no longer changes: tiles and letters have come. */
async function settled(page: Page): Promise<{ grid: Grid; png: Buffer }> {
  let last = await gridOf(page);
  await until(
    async () => {
      await page.waitForTimeout(1_500);
      const now = await gridOf(page);
      const { mean } = difference(now.grid, last.grid);
      last = now;
      return mean < 0.4;
    },
    { what: 'the picture to stand still', timeoutMs: 90_000 },
  );
  return last;
}

async function expectAsKept(page: Page, name: string): Promise<void> {
  const { grid, png } = await settled(page);
  const file = join(folder, `${name}.json`);
  if (process.env['UPDATE_PICTURES'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify(grid)}\n`);
    return;
  }
  if (!existsSync(file)) throw new Error(`no picture ${name} is kept: run this test with UPDATE_PICTURES=1`);
  const { mean, share } = difference(grid, JSON.parse(readFileSync(file, 'utf8')) as Grid);
  if (mean <= tolerance.mean && share <= tolerance.share) return;
  const seen = join(tmpdir(), `nightflash-${name}.png`);
  writeFileSync(seen, png);
  expect.fail(
    `${name} looks otherwise: mean ${mean.toFixed(1)} of ${tolerance.mean}, ${(share * 100).toFixed(1)} % of cells; it is in ${seen}`,
  );
}

describe('pages look as they did', { timeout: 300_000 }, () => {
  it('the console by night and by day, and the wall', async () => {
    const stage = await setStage();
    await setScene(stage);
    // Nobody is called up the ladder while the pictures are taken.
    for (const priority of ['P1', 'P2'])
      await stage.post(`/api/alerts/scene-${priority}/acknowledge`, 'watch', {});
    const page = await stage.signIn('watch');
    for (const theme of ['dark', 'bright']) {
      await page.evaluate(
        (theme) =>
          fetch('/api/preferences', {
            method: 'PUT',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ theme }),
          }).then(() => localStorage.clear()),
        theme,
      );
      await page.reload();
      await page.locator('button.row').first().waitFor({ timeout: 30_000 });
      await page.locator('canvas').first().waitFor({ timeout: 60_000 });
      await expectAsKept(page, `console-${theme}`);
    }
    await page.context().close();
    const wall = await stage.signIn('wall', { width: 1920, height: 1080 });
    await wall.locator('li .figure').first().waitFor({ timeout: 60_000 });
    await wall.locator('.coming').first().waitFor({ state: 'detached', timeout: 60_000 });
    await expectAsKept(wall, 'wall');
  });
});
