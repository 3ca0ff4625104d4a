import { screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import OnTheWay from '../../../client/panels/OnTheWay.svelte';
import { watch } from '../../../shared/messages/en/watch.ts';
import type { ResponderOut } from '../../../shared/model/responder.ts';
import { alert as anAlert, unit } from '../things.ts';
import { fakeDesk, mount, type FakeDesk } from './desk.ts';

const going = anAlert('a1', 'P1', [['travel', 60]], { lon: 29.5, lat: 1.5, precision: 'exact' });
const row = (given: Partial<ResponderOut> = {}): ResponderOut => ({
  unit: 'lrp4',
  etaS: { best: 1_200, likely: 2_400, worst: 5_400 },
  distanceM: 18_400,
  via: 'road',
  reasons: [],
  responses: [],
  able: true,
  state: 'fresh',
  ageS: 10,
  ...given,
});

async function shown(
  page: FakeDesk,
  at: { lon: number; lat: number },
  answer: ResponderOut,
): Promise<string> {
  page.desk.picture.units.apply(unit('lrp4', at));
  page.desk.picture.unitsChanged();
  mount(page, OnTheWay, { alert: going, going: ['lrp4'] });
  await page.answer([answer, row({ unit: 'not-going' })]);
  await tick();
  return screen.getByRole('list').textContent.replaceAll(/\s+/g, ' ');
}

it('says when a unit will be there, from best to worst, and that it is too late for the harm', async () => {
  const words = await shown(fakeDesk(), { lon: 29.3, lat: 1.5 }, row({ arrivesBeforeHarm: 'no' }));
  expect(words).toContain('LRP4 there about 1720Z, in 40 min 20 min–1 h 30 · 18 km');
  expect(words).toContain(watch['responder.harm.no']);
  expect(words).not.toContain('not-going');
});

it('says that a unit seems to be there, and never of one whose position is old', async () => {
  const at = { lon: 29.502, lat: 1.5 };
  expect(await shown(fakeDesk(), at, row())).toContain(watch['onTheWay.seemsThere']);
});

it('says so where the time is reckoned from an old position', async () => {
  const words = await shown(fakeDesk(), { lon: 29.502, lat: 1.5 }, row({ state: 'lost' }));
  expect(words).not.toContain(watch['onTheWay.seemsThere']);
  expect(words).toContain(watch['onTheWay.oldFix']);
});
