import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import AlertActions from '../../../client/panels/AlertActions.svelte';
import { en } from '../../../shared/messages/en.ts';
import { alert as anAlert } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

const received = anAlert('a1', 'P1', [['acknowledge', 20]], { allowed: ['acknowledge', 'triage', 'false'] });
const acknowledged = { ...received, state: 'acknowledged' as const, allowed: ['triage', 'false'] as const };

describe('the steps of an alert', () => {
  it('offers those that the server allows, and takes a step without fields at one press', async () => {
    const page = fakeDesk();
    const { user } = mount(page, AlertActions, { alert: received });
    expect(screen.queryByRole('button', { name: new RegExp(`^${en['step.close']}`) })).toBeNull();
    await user.click(screen.getByRole('button', { name: new RegExp(`^${en['step.acknowledge']}`) }));
    expect(page.asked).toEqual([{ method: 'POST', path: '/api/alerts/a1/acknowledge', body: {} }]);
  });

  it('takes a step once, however often it is pressed', async () => {
    const page = fakeDesk();
    const { user } = mount(page, AlertActions, { alert: received });
    await user.keyboard('aaa');
    expect(page.asked).toHaveLength(1);
  });

  it('keeps a key that is pressed while the step before is being answered', async () => {
    const page = fakeDesk();
    const { user, change } = mount(page, AlertActions, { alert: received });
    await user.keyboard('a');
    await change({ alert: { ...acknowledged, allowed: [...acknowledged.allowed] } });
    await user.keyboard('t');
    expect(screen.queryByRole('form')).toBeNull();
    await page.answer(acknowledged);
    expect(screen.getByRole('form', { name: en['step.triage'] })).toBeTruthy();
  });

  it('forgets such a key where the step before was refused', async () => {
    const page = fakeDesk();
    const { user } = mount(page, AlertActions, { alert: received });
    await user.keyboard('at');
    await page.refuse({ code: 'unreachable', message: 'no answer' });
    expect(screen.queryByRole('form')).toBeNull();
    expect(screen.getByRole('alert').textContent).toContain(en['failure.unreachable']);
  });

  it('keeps what was filled in where the server refuses, and tells who was quicker', async () => {
    const page = fakeDesk();
    const { user } = mount(page, AlertActions, { alert: received });
    await user.keyboard('t');
    await user.click(screen.getByRole('radio', { name: 'P2' }));
    await user.keyboard('{Enter}');
    expect(page.asked[0]?.body).toMatchObject({ priority: 'P2' });
    await page.refuse({
      code: 'step-not-allowed',
      message: 'not now',
      details: {
        state: 'triaged',
        last: { what: 'triage', by: 'The chief', at: '2026-11-22T16:39:00.000Z' },
      },
    });
    expect(screen.getByRole('alert').textContent).toContain('The chief');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'P2' }).checked).toBe(true);
  });

  it('goes back from a form with Escape, and nothing has been sent', async () => {
    const page = fakeDesk();
    const { user } = mount(page, AlertActions, { alert: received });
    await user.keyboard('t{Escape}');
    expect(screen.queryByRole('form')).toBeNull();
    expect(page.asked).toEqual([]);
  });
});
