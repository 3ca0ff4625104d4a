import { screen, waitFor } from '@testing-library/svelte';
import { beforeAll, expect, it } from 'vitest';
import RaiseSignal from '../../../client/panels/RaiseSignal.svelte';
import { watch } from '../../../shared/messages/en/watch.ts';
import { en } from '../../../shared/messages/en.ts';
import { loadTexts } from '../../../shared/messages/text.ts';
import { fakeDesk, mount } from './desk.ts';

beforeAll(() => loadTexts('watch'));

const village = { id: 'v1', kind: 'village', name: 'Mabiri', lon: 29.5, lat: 1.5, match: 'name' };

it('takes a whistle with its direction by keyboard alone, from a village found by its name', async () => {
  const page = fakeDesk('liaison');
  page.desk.selection.raiseSignal();
  const { user } = mount(page, RaiseSignal, {});
  expect(document.activeElement).toBe(screen.getByRole('radio', { name: en['signalKind.bell'] }));
  await user.click(screen.getByRole('radio', { name: en['signalKind.whistle'] }));
  await user.type(screen.getByRole('textbox', { name: watch['signal.village'] }), 'mabiry');
  await waitFor(() => expect(page.asked).toHaveLength(1));
  await page.answer({ places: [village], units: [] });
  await user.keyboard('{Enter}');
  await user.type(screen.getByRole('spinbutton'), '045');
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(page.asked.at(-1)).toMatchObject({
    method: 'POST',
    path: '/api/signals',
    body: { kind: 'whistle', placeId: 'v1', bearingDeg: 45, id: expect.any(String) as string },
  });
  await page.answer({ id: 'a7' });
  expect(page.desk.selection.thing).toEqual({ kind: 'alert', id: 'a7' });
});

it('asks from where it was heard before anything is sent, and takes a grid as well', async () => {
  const page = fakeDesk();
  const { user } = mount(page, RaiseSignal, {});
  const send = screen.getByRole('button', { name: new RegExp(watch['signal.send']) });
  await user.click(send);
  expect(screen.getByRole('alert').textContent).toBe(watch['signal.needPlace']);
  expect(page.asked).toEqual([]);
  await user.type(screen.getByRole('textbox', { name: en['coordinates.type'] }), '1.5, 29.5');
  await user.type(screen.getByRole('spinbutton'), '400');
  await user.click(send);
  expect(page.asked).toEqual([]);
  await user.clear(screen.getByRole('spinbutton'));
  await user.click(send);
  expect(page.asked[0]?.body).toMatchObject({ kind: 'bell', lon: 29.5, lat: 1.5 });
  expect(page.asked[0]?.body).not.toHaveProperty('bearingDeg');
});
