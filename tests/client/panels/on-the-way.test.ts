import { screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import OnTheWay from '../../../client/panels/OnTheWay.svelte';
import { watch } from '../../../shared/messages/en/watch.ts';
import type { TaskOut } from '../../../shared/model/alert.ts';
import type { ResponderOut } from '../../../shared/model/responder.ts';
import { alert as anAlert, atMs, iso, unit } from '../things.ts';
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
const task = (given: Partial<TaskOut> = {}): TaskOut => ({
  unit: 'lrp4',
  state: 'en-route',
  offeredAt: iso(atMs - 600_000),
  changedAt: iso(atMs - 300_000),
  ...given,
});

async function shown(page: FakeDesk, one: TaskOut, answer: ResponderOut): Promise<string> {
  page.desk.picture.units.apply(unit('lrp4', { lon: 29.3, lat: 1.5 }));
  page.desk.picture.unitsChanged();
  mount(page, OnTheWay, { alert: going, going: [one] });
  await page.answer([answer, row({ unit: 'not-going' })]);
  await tick();
  return screen.getByRole('list').textContent.replaceAll(/\s+/g, ' ');
}

it('says when a unit will be there, from best to worst, when it was expected first, and that it is too late', async () => {
  const at = (minutes: number): string => iso(atMs + minutes * 60_000);
  const expected = {
    at: iso(atMs),
    arrival: { best: at(10), likely: at(25), worst: at(50) },
    distanceM: 18_000,
    via: 'road',
  } as const;
  const words = await shown(fakeDesk(), task({ expected }), row({ arrivesBeforeHarm: 'no' }));
  expect(words).toContain('LRP4 there about 1720Z, in 40 min 20 min–1 h 30 · 18 km');
  expect(words).toContain('expected 1705Z at first');
  expect(words).toContain(watch['responder.harm.no']);
  expect(words).not.toContain('not-going');
});

it('says that a unit seems to be there, for a person to ask', async () => {
  const words = await shown(fakeDesk(), task({ seemsThereSince: iso(atMs) }), row());
  expect(words).toContain(watch['onTheWay.seemsThere']);
  expect(words).not.toContain('there about');
});

it('says who seems not to come, why and since when, beside the time that it would need', async () => {
  const offWay = { why: 'no-nearer', since: iso(atMs - 720_000), at: iso(atMs - 60_000) } as const;
  const words = await shown(fakeDesk(), task({ offWay }), row());
  expect(words).toContain('comes no nearer since 1628Z: ask, then send another or stand down');
  expect(words).toContain('there about 1720Z');
});

it('says of one that has left the scene only that', async () => {
  const offWay = { why: 'left-scene', since: iso(atMs), at: iso(atMs) } as const;
  const words = await shown(fakeDesk(), task({ state: 'on-scene', offWay }), row());
  expect(words).toContain('has left the scene');
  expect(words).not.toContain('there about');
});

it('says so where the time is reckoned from an old position', async () => {
  const words = await shown(fakeDesk(), task(), row({ state: 'lost' }));
  expect(words).toContain(watch['onTheWay.oldFix']);
});
