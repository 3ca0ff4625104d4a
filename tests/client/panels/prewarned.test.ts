import { screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import Prewarned from '../../../client/panels/Prewarned.svelte';
import { watch } from '../../../shared/messages/en/watch.ts';
import { alert as anAlert, atMs, iso, unit } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

const received = anAlert('a1', 'P1', [['acknowledge', 20]]);
const told = { ...received, prewarned: [{ unit: 'qrf2', at: iso(atMs), by: 'The watch' }] };

it('tells units to be ready by keys alone, before anybody is sent', async () => {
  const page = fakeDesk();
  const { user } = mount(page, Prewarned, { alert: received });
  await user.keyboard('w');
  await page.answer([
    {
      unit: 'qrf2',
      etaS: { best: 600, likely: 900, worst: 1_800 },
      distanceM: 4_000,
      via: 'road',
      reasons: [],
      able: true,
      state: 'fresh',
      ageS: 3,
      responses: [],
    },
  ]);
  await user.keyboard(' {Enter}');
  expect(page.asked.at(-1)).toEqual({
    method: 'POST',
    path: '/api/alerts/a1/prewarn',
    body: { units: ['qrf2'] },
  });
});

it('stands a unit down without asking why', async () => {
  const page = fakeDesk();
  page.desk.picture.units.apply(unit('qrf2', {}));
  const { user } = mount(page, Prewarned, { alert: told });
  await user.click(screen.getByRole('button', { name: `${watch['prewarn.end']}: QRF2` }));
  expect(page.asked).toEqual([
    { method: 'POST', path: '/api/alerts/a1/prewarn/end', body: { unit: 'qrf2' } },
  ]);
});

it('is only to be read where the role sends nobody, and is gone where there is nothing', () => {
  mount(fakeDesk('command'), Prewarned, { alert: told });
  expect(screen.queryByRole('button', { name: new RegExp(watch['prewarn.end']) })).toBeNull();
  expect(screen.getByRole('region', { name: watch['prewarn.title'] })).toBeTruthy();
});
