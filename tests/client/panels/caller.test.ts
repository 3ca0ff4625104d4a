import { screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, it } from 'vitest';
import AlertCard from '../../../client/panels/AlertCard.svelte';
import Banners from '../../../client/panels/Banners.svelte';
import Caller from '../../../client/panels/Caller.svelte';
import { en } from '../../../shared/messages/en.ts';
import { watch as texts } from '../../../shared/messages/en/watch.ts';
import { loadTexts } from '../../../shared/messages/text.ts';
import type { AlertOut, FeedbackOut } from '../../../shared/model/alert.ts';
import { alert as anAlert, iso } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

const called: AlertOut = anAlert('a1', 'P1', [['feedback', 95]], { text: 'shots', callerSafe: true });
const failed: Omit<FeedbackOut, 'at'> = {
  id: 'f',
  template: 'received',
  language: 'en',
  state: 'failed',
  by: 'The watch',
};

beforeAll(() => loadTexts('watch'));

describe('the caller of an alert', () => {
  it('is told with two presses, and what could not be sent is said and can be sent anew', async () => {
    const page = fakeDesk();
    const alert = { ...called, feedback: [{ ...failed, at: iso(0) }] };
    const { user, change } = mount(page, Caller, { alert });
    expect(screen.getByText(texts['caller.state.failed'], { exact: false })).toBeTruthy();
    await user.selectOptions(screen.getByLabelText(texts['caller.tell']), texts['caller.template.received']);
    await user.click(screen.getByRole('button', { name: texts['caller.send'] }));
    expect(page.asked).toEqual([
      { method: 'POST', path: '/api/alerts/a1/feedback', body: { template: 'received' } },
    ]);
    await page.refuse({ code: 'sender-not-safe', message: 'no' });
    expect(screen.getByRole('alert').textContent).toBe(en['failure.sender-not-safe']);
    await change({ alert: { ...called, feedback: [{ ...failed, at: iso(0), state: 'sent' }] } });
    expect(screen.queryByRole('option', { name: texts['caller.template.received'] })).toBeNull();
  });

  it('is offered to nobody who may not tell, or where it is not safe', () => {
    mount(fakeDesk('chief'), Caller, { alert: { ...called, restricted: 'child' as const } });
    expect(screen.queryByRole('button', { name: texts['caller.send'] })).toBeNull();
    const { callerSafe: _safe, ...unsafe } = called;
    mount(fakeDesk(), Caller, { alert: unsafe });
    expect(screen.queryByRole('region')).toBeNull();
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('has said what only the shift leader erases, with a reason; the card says when', async () => {
    const page = fakeDesk('chief');
    const { user } = mount(page, Caller, { alert: called });
    await user.click(screen.getByText(texts['caller.erase']));
    await user.type(screen.getByLabelText(texts['caller.reason']), 'asked by the caller');
    await user.click(screen.getByRole('button', { name: texts['caller.eraseForEver'] }));
    expect(page.asked.map(({ path, body }) => [path, body])).toEqual([
      ['/api/alerts/a1/erase-text', { reason: 'asked by the caller' }],
    ]);
    mount(fakeDesk(), AlertCard, { alert: { ...called, text: '', textErasedAt: iso(0) } });
    expect(screen.getByText(/^Text erased on \d{6}Z/)).toBeTruthy();
    mount(fakeDesk(), AlertCard, { alert: { ...called, text: '', textUnreadable: true as const } });
    expect(screen.getByText(en['card.textUnreadable'])).toBeTruthy();
  });
});

it('a source key that is missing or wrong stands over every page', () => {
  const page = fakeDesk();
  page.desk.connection.service = {
    ...{ mode: 'live', mission: 'Test', record: 'redis', writable: true, durability: 'always' },
    sourceKey: 'wrong',
  };
  mount(page, Banners, {});
  expect(screen.getByRole('alert').textContent).toBe(en['service.sourceKey.wrong']);
});
