import { screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { expect, it } from 'vitest';
import ResponderPicker from '../../../client/panels/ResponderPicker.svelte';
import type { ResponderOut } from '../../../shared/model/responder.ts';
import { alert as anAlert } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

const row = (unit: string, more: Partial<ResponderOut> = {}): ResponderOut => ({
  unit,
  etaS: { best: 600, likely: 900, worst: 1_800 },
  distanceM: 4_000,
  via: 'road',
  reasons: [],
  responses: [],
  able: true,
  state: 'fresh',
  ageS: 3,
  route: [
    [29, 1],
    [29.1, 1],
  ],
  ...more,
});

it('shows the way of the best, then of those that are chosen or looked at, and none when it has gone', async () => {
  const page = fakeDesk();
  const { routes } = page.desk;
  const shown = () => routes.all.map(({ unit, isChosen }) => `${unit}${isChosen ? ' meant' : ''}`);
  const alert = anAlert('a1', 'P1', [['decide', 20]]);
  const { user } = mount(page, ResponderPicker, { alert, chosen: [], mayTakeKeys: false });
  const { route: _route, ...farther } = row('q3');
  await page.answer([row('q1'), row('q2'), farther]);
  await tick();
  expect(shown()).toEqual(['q1']);
  const boxes = screen.getAllByRole('checkbox');
  await user.click(boxes[1] as HTMLElement);
  expect(shown()).toEqual(['q2 meant']);
  await user.hover(boxes[0] as HTMLElement);
  expect(shown()).toEqual(['q1', 'q2 meant']);
  // Nobody knows the way of one that was not among the first.
  await user.hover(boxes[2] as HTMLElement);
  expect(shown()).toEqual(['q2 meant']);
});
