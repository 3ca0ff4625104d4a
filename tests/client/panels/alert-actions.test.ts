import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import AlertActions from '../../../client/panels/AlertActions.svelte';
import { en } from '../../../shared/messages/en.ts';
import { stillToUndo, undoingOf } from '../../../client/panels/undo-step.ts';
import { alert as anAlert, atMs, iso } from '../things.ts';
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

describe('taking a step back', () => {
  const open = anAlert('a1', 'P2', [['decide', 20]], {
    state: 'triaged',
    verification: 'unverified',
    allowed: ['task', 'verify', 'stand-down'],
  });
  const undo = (step: string) => new RegExp(`^${en['undo.step'].replace('{step}', step)}`);

  it('sets a verification to what it was, by one key, and only once', async () => {
    const page = fakeDesk();
    const { user, change } = mount(page, AlertActions, { alert: open });
    await user.keyboard('v');
    await user.click(screen.getByRole('radio', { name: en['verification.refuted'] }));
    await user.keyboard('{Enter}');
    await page.answer(open);
    await change({ alert: { ...open, verification: 'refuted' } });
    expect(screen.getByRole('button', { name: undo(en['step.verify']) })).toBeTruthy();
    await user.keyboard('zz');
    expect(page.asked.slice(1)).toEqual([
      { method: 'POST', path: '/api/alerts/a1/verify', body: { status: 'unverified' } },
    ]);
  });

  it('takes a task back while the unit has not answered, and not after', () => {
    const undoing = undoingOf('task', { units: ['q1', 'q2'] }, open);
    const task = (unit: string, state: 'offered' | 'accepted') => ({
      unit,
      state,
      offeredAt: iso(atMs),
      changedAt: iso(atMs),
    });
    const after = { ...open, tasks: [task('q1', 'accepted'), task('q2', 'offered')] };
    expect(stillToUndo(undoing, after).map(({ body }) => body['unit'])).toEqual(['q2']);
    expect(stillToUndo(undoing, { ...after, tasks: [task('q2', 'accepted')] })).toEqual([]);
    expect(undoingOf('close', { outcome: 'other', harm: 'unknown' }, open)).toEqual([]);
  });
});
