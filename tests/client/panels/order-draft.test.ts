import { screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import AlertActions from '../../../client/panels/AlertActions.svelte';
import { orderDraft } from '../../../client/panels/order-draft.ts';
import { en } from '../../../shared/messages/en.ts';
import { alert as anAlert } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

const said = 'they hide behind the mill, come quickly';
const told = anAlert('a1', 'P1', [['decide', 20]], {
  placeName: 'Mabiri',
  lon: 29.5,
  lat: 1.5,
  precision: 'exact',
  text: said,
  allowed: ['task'],
});

it('says where, what and since when, and nothing of what was said', () => {
  const draft = orderDraft(told, fakeDesk().desk);
  expect(draft).toMatch(/^Go to Mabiri, 35N QB \d{5} \d{5}\.\nKilling, P1, reported 221639Z NOV 26\./);
  expect(draft).toContain(en['order.noCaller']);
  expect(draft).not.toContain('mill');
});

it('says no more of the place than is known, and of a restricted record the area alone', () => {
  const { desk } = fakeDesk();
  expect(orderDraft({ ...told, precision: 'area' }, desk)).toMatch(/Mabiri, 35N QB \d{2} \d{2}\./);
  expect(orderDraft({ ...told, precision: 'unknown' }, desk)).toContain('Go to Mabiri.');
  expect(orderDraft({ ...told, category: 'protection-incident' }, desk)).toMatch(/35N QB \d{2} \d{2}\./);
});

it('stands in the form that tasks units', async () => {
  const { user } = mount(fakeDesk(), AlertActions, { alert: told });
  await user.keyboard('o');
  const order = screen.getByLabelText<HTMLTextAreaElement>(new RegExp(`^${en['form.order']}`));
  expect(order.value).toContain('Go to Mabiri');
});
