import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import RaiseForm from '../../../client/panels/RaiseForm.svelte';
import { en } from '../../../shared/messages/en.ts';
import { fakeDesk, mount } from './desk.ts';

const send = () => screen.getByRole('button', { name: new RegExp(`^${en['form.send']}`) });

describe('the form for a new alert', () => {
  it('says beside each field what is missing, and sends nothing', async () => {
    const page = fakeDesk();
    const { user } = mount(page, RaiseForm, {});
    await user.click(send());
    expect(screen.getByText(en['form.needCategory'])).toBeTruthy();
    expect(screen.getByText(en['form.needText'])).toBeTruthy();
    expect(page.asked).toEqual([]);
  });

  it('sends the same id again after a lost answer, and shows the alert when it stands', async () => {
    const page = fakeDesk();
    const { user } = mount(page, RaiseForm, {});
    await user.selectOptions(screen.getByLabelText(en['form.category']), 'killing');
    await user.type(screen.getByLabelText(new RegExp(`^${en['form.text']}`)), 'shots at the bridge');
    await user.click(send());
    await page.refuse({ code: 'unreachable', message: 'no answer' });
    expect(screen.getByRole('alert').textContent).toContain(en['failure.unreachable']);
    await user.click(send());
    const [first, second] = page.asked.map(({ body }) => body as { id: string; text: string });
    expect(second).toEqual(first);
    expect(first?.text).toBe('shots at the bridge');
    await page.answer({ id: first?.id });
    expect(page.desk.selection.is('alert', first?.id ?? '')).toBe(true);
  });

  it('never keeps a refusal to itself, whatever field it names', async () => {
    const page = fakeDesk();
    const { user } = mount(page, RaiseForm, {});
    await user.selectOptions(screen.getByLabelText(en['form.category']), 'killing');
    await user.type(screen.getByLabelText(new RegExp(`^${en['form.text']}`)), 'shots');
    await user.click(send());
    await page.refuse({ code: 'field-invalid', message: 'too long', field: 'placeName' });
    expect(screen.getByRole('alert').textContent).not.toBe('');
  });
});
