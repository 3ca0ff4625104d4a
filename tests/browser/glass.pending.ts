// Not part of the run yet: pages without a heading of level one. Renamed to .test.ts when it holds.
import { describe, expect, it } from 'vitest';
import { axeFaults } from './glass.ts';
import { expectReadable, setScene, sizes, type Size } from './glass-scene.ts';
import { setStage } from './screens.ts';

describe('what stands on the glass of walls and other pages', { timeout: 400_000 }, () => {
  it.each(['en', 'fr'])('can be read on walls, in %s', async (locale) => {
    const stage = await setStage();
    await setScene(stage);
    for (const size of ['wide', 'large'] satisfies Size[]) {
      const page = await stage.signIn('wall', { ...sizes[size], locale });
      await page.locator('canvas').first().waitFor({ timeout: 30_000 });
      await expectReadable(page, `wall ${size} ${locale}`);
      await page.context().close();
    }
    expect(stage.faults).toEqual([]);
  });

  it('passes axe on every page', async () => {
    const stage = await setStage();
    await setScene(stage);
    for (const [role, size] of [
      ['wall', 'wide'],
      ['patrol', 'phone'],
      ['admin', 'desk'],
    ] as const) {
      const page = await stage.signIn(role, {
        ...sizes[size],
        args: role === 'patrol' ? ['--unit=LRP 1'] : [],
      });
      if (role === 'admin') await page.goto(`${stage.server.url}/admin`);
      await page.locator('h1, h2, main, canvas').first().waitFor();
      expect.soft(await axeFaults(page), role).toEqual([]);
    }
    const page = await stage.signIn('watch', sizes.desk);
    await page.context().clearCookies();
    await page.goto(`${stage.server.url}/signin`);
    await page.locator('#token').waitFor();
    expect(await axeFaults(page), 'sign-in').toEqual([]);
  });
});
