import { screen } from '@testing-library/svelte';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../client/net/api.ts';
import SameAlerts from '../../../client/panels/SameAlerts.svelte';
import ContactForm from '../../../client/panels/watch/ContactForm.svelte';
import OpenedNumber from '../../../client/panels/watch/OpenedNumber.svelte';
import { VillageCalls } from '../../../client/store/village-calls.ts';
import { en } from '../../../shared/messages/en.ts';
import { watch } from '../../../shared/messages/en/watch.ts';
import { loadTexts } from '../../../shared/messages/text.ts';
import { alert as anAlert } from '../things.ts';
import { fakeDesk, mount, type Asked } from './desk.ts';

beforeAll(() => loadTexts('watch'));

/** A server that answers every call of the registry with the same. */
function registry(value: unknown): { readonly calls: VillageCalls; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const request = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    asked.push({ method, path, body });
    return Promise.resolve({ ok: true, value: value as T });
  };
  return { calls: new VillageCalls(request), asked };
}

describe('the form of a contact', () => {
  it('is filled by keyboard alone, and is empty for the next one', async () => {
    const { calls, asked } = registry({});
    const noted = vi.fn(() => Promise.resolve());
    const { user } = mount(fakeDesk('liaison'), ContactForm, { villageId: 'v1', calls, noted });
    const save = screen.getByRole<HTMLButtonElement>('button', { name: new RegExp(watch['contact.save']) });
    expect(save.disabled).toBe(true);
    screen.getByRole('radio', { name: watch['contact.result.all-well'] }).focus();
    await user.keyboard(' ');
    screen.getByRole('radio', { name: watch['contact.how.hf'] }).focus();
    await user.keyboard(' ');
    await user.type(screen.getByRole('textbox'), 'market is open{Enter}');
    const said = { how: 'hf', by: 'liaison', result: 'all-well', note: 'market is open' };
    expect(asked).toMatchObject([{ method: 'POST', path: '/api/villages/v1/contacts', body: said }]);
    expect(noted).toHaveBeenCalledOnce();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('');
    expect(screen.getByRole('status').textContent).toBe(watch['contact.saved']);
  });
});

describe('a number that is opened', () => {
  it('is asked for with a reason only, and leaves the page when it is hidden', async () => {
    const { calls, asked } = registry({ pseudonym: 'FP-7Q3', number: '+447700900123' });
    const close = vi.fn();
    const { user } = mount(fakeDesk('liaison'), OpenedNumber, { pseudonym: 'FP-7Q3', calls, close });
    const open = screen.getByRole<HTMLButtonElement>('button', { name: watch['point.open'] });
    await user.type(screen.getByRole('textbox'), 'no');
    expect(open.disabled).toBe(true);
    await user.type(screen.getByRole('textbox'), ', call back{Enter}');
    expect(asked).toEqual([
      { method: 'POST', path: '/api/focal-points/FP-7Q3/open', body: { reason: 'no, call back' } },
    ]);
    expect((await screen.findByRole('status')).textContent).toContain('+447700900123');
    await user.click(screen.getByRole('button', { name: watch['point.hide'] }));
    expect(close).toHaveBeenCalledOnce();
  });
});

describe('alerts that may be the same', () => {
  const other = anAlert('a2', 'P2', [], { state: 'tasked', allowed: ['merge'], placeName: 'Kolwa' });
  const given = { allowed: ['merge'], possibleDuplicates: ['a2'], placeName: 'Mabiri' } as const;

  it('are merged by one press into the one that has come further', async () => {
    const page = fakeDesk();
    page.desk.picture.apply({ patrols: [], alerts: [other], threats: [], places: [], removed: [] });
    const { user } = mount(page, SameAlerts, { alert: anAlert('a1', 'P1', [], given) });
    await user.click(screen.getByRole('button', { name: watch['same.there'] }));
    expect(page.asked).toEqual([{ method: 'POST', path: '/api/alerts/a1/merge', body: { into: 'a2' } }]);
    await page.refuse({ code: 'unreachable', message: 'no answer' });
    expect(screen.getByRole('alert').textContent).toContain(en['failure.unreachable']);
  });

  it('offer the grade that their callers speak for, and nobody who may not merge a merge', async () => {
    const page = fakeDesk('liaison');
    const seen = { ...other, allowed: [] };
    page.desk.picture.apply({ patrols: [], alerts: [seen], threats: [], places: [], removed: [] });
    const alert = anAlert('a1', 'P1', [], { ...given, allowed: [], callers: 3, suggestedInfoGrade: 2 });
    const { user } = mount(page, SameAlerts, { alert });
    await user.click(screen.getByRole('button', { name: 'Take grade 2' }));
    expect(page.asked).toEqual([{ method: 'PATCH', path: '/api/alerts/a1', body: { infoGrade: 2 } }]);
    expect(screen.queryByRole('button', { name: watch['same.there'] })).toBeNull();
  });
});
