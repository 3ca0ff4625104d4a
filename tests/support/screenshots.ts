import { readFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { projectDir } from './source-files.ts';

/**
 * `npm run screenshot -- LINKS [FOLDER]`: pictures of every page of a running exercise. LINKS is a file with what
 * `npm run exercise` printed; without FOLDER only the picture in the README is made.
 */
const [linksFile, folder] = process.argv.slice(2);
if (linksFile === undefined)
  throw new Error('usage: npm run screenshot -- FILE_WITH_THE_PRINTED_LINKS [FOLDER]');
const links = new Map(
  [...readFileSync(linksFile, 'utf8').matchAll(/^LINK (\w+) (\S+)$/gm)].map(([, role = '', url = '']) => [
    role,
    url,
  ]),
);

interface Shot {
  readonly name: string;
  readonly role: string;
  readonly width: number;
  readonly height: number;
  readonly language?: string;
}

const forReadme: Shot = { name: 'console', role: 'watch', width: 1440, height: 900 };
const all: readonly Shot[] = [
  forReadme,
  { name: 'console-fr', role: 'watch', width: 1440, height: 900, language: 'fr' },
  { name: 'console-phone', role: 'watch', width: 390, height: 844 },
  { name: 'console-sector', role: 'sector', width: 1440, height: 900 },
  { name: 'wall', role: 'wall', width: 1920, height: 1080 },
  { name: 'patrol', role: 'patrol', width: 390, height: 844 },
  { name: 'adviser', role: 'adviser', width: 1440, height: 900 },
];

const browser = await launchBrowser();
for (const shot of folder === undefined ? [forReadme] : all) {
  const context = await browser.newContext({
    viewport: { width: shot.width, height: shot.height },
    locale: shot.language ?? 'en',
  });
  const page = await context.newPage();
  page.on(
    'console',
    (message) => message.type() === 'error' && console.error(shot.name, message.text().slice(0, 200)),
  );
  page.on('pageerror', (error) => console.error(shot.name, error.message));
  await page.goto(links.get(shot.role) ?? '');
  await page.waitForTimeout(8_000);
  if (shot.name.startsWith('console') && shot.width > 1000) {
    await page
      .locator('button.row')
      .first()
      .click({ timeout: 3_000 })
      .catch(() => console.error('no alert row to click'));
    await page.waitForTimeout(2_500);
  }
  const out = folder === undefined ? join(projectDir, '.github') : folder;
  mkdirSync(out, { recursive: true });
  await page.screenshot({ path: join(out, `${shot.name}.png`) });
  await context.close();
}
await browser.close();
