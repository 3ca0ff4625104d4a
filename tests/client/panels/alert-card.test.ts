import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import AlertCard from '../../../client/panels/AlertCard.svelte';
import AlertRow from '../../../client/panels/AlertRow.svelte';
import EscalationCalls from '../../../client/panels/EscalationCalls.svelte';
import { queueRow } from '../../../client/store/queue.ts';
import { en } from '../../../shared/messages/en.ts';
import { alert as anAlert, atMs, iso } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

const late = anAlert('a1', 'P1', [['acknowledge', 95]], { text: 'shots', placeName: 'Mabiri' });

describe('the card of an alert', () => {
  it('says its place, what was said, and by how much the clock runs over, in words', () => {
    mount(fakeDesk(), AlertCard, { alert: late });
    expect(screen.getByRole('heading', { name: 'Mabiri' })).toBeTruthy();
    expect(screen.getByText('shots')).toBeTruthy();
    expect(screen.getByRole('region', { name: en['card.clock'] }).textContent).toMatch(/0:35\s+over/);
  });

  it('says that a text is kept back, rather than showing an empty place', () => {
    const { text: _kept, ...without } = late;
    mount(fakeDesk('chief'), AlertCard, { alert: { ...without, restricted: 'child' as const } });
    expect(screen.getByText(en['card.textHidden'])).toBeTruthy();
    expect(screen.getByText(en['card.restricted'])).toBeTruthy();
  });

  it('says that no position is known', () => {
    const { lon: _lon, lat: _lat, ...nowhere } = late;
    mount(fakeDesk(), AlertCard, { alert: { ...nowhere, precision: 'unknown' as const } });
    expect(screen.getByText(en['card.noPosition'])).toBeTruthy();
  });
});

describe('a row of the queue', () => {
  it('chooses its alert, and marks it with Ctrl', async () => {
    const page = fakeDesk();
    const { user } = mount(page, AlertRow, { row: queueRow(late, atMs), order: ['a1'] });
    const row = screen.getByRole('button');
    await user.click(row);
    expect(page.desk.selection.is('alert', 'a1')).toBe(true);
    expect(row.getAttribute('aria-current')).toBe('true');
    await user.keyboard('{Control>}');
    await user.click(row);
    await user.keyboard('{/Control}');
    expect(page.desk.lists.markedAlerts.has('a1')).toBe(true);
    expect(row.textContent).toContain(en['queue.isMarked']);
  });
});

describe('a call of the escalation', () => {
  it('stands for the level that is called, and is answered by key', async () => {
    const call = { id: 'e1', segment: 'acknowledge', level: 'watch', at: iso(atMs - 30_000) } as const;
    const page = fakeDesk('watch');
    page.desk.picture.apply({
      patrols: [],
      alerts: [{ ...late, escalations: [call] }],
      threats: [],
      places: [],
      removed: [],
    });
    const { user } = mount(page, EscalationCalls, {});
    expect(screen.getByRole('region', { name: en['escalation.calls'] }).textContent).toContain('Mabiri');
    await user.keyboard('{Shift>}E{/Shift}');
    expect(page.asked).toEqual([
      { method: 'POST', path: '/api/alerts/a1/escalations/answer', body: { escalation: 'e1' } },
    ]);
    await page.refuse({ code: 'unreachable', message: 'no answer' });
    expect(screen.getByRole('alert').textContent).toContain(en['failure.unreachable']);
  });
});
