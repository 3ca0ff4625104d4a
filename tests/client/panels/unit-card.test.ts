import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import UnitCard from '../../../client/panels/UnitCard.svelte';
import { en } from '../../../shared/messages/en.ts';
import { atMs, iso, unit } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

describe('the card of a unit', () => {
  it('says how old the position is and what that means, and no speed of a unit that halted', () => {
    const old = unit('lrp4', { time: iso(atMs - 40 * 60_000), speedMps: 0 });
    mount(fakeDesk(), UnitCard, { unit: old });
    expect(screen.getByText('40 min')).toBeTruthy();
    expect(screen.getByText(en['legend.lost'])).toBeTruthy();
    expect(screen.getByText(en['units.halted'])).toBeTruthy();
  });

  it('does not offer to follow a unit that has never told where it is', () => {
    const silent = unit('lrp5', { lon: null, lat: null, time: null, receivedAt: null });
    mount(fakeDesk(), UnitCard, { unit: silent });
    expect(screen.getByRole<HTMLButtonElement>('button', { name: en['follow.short'] }).disabled).toBe(true);
    expect(screen.getByText(en['units.never'])).toBeTruthy();
  });

  it('writes speeds in the measures of the account', () => {
    const page = fakeDesk();
    page.desk.preferences.change({ measures: 'nautical' });
    mount(page, UnitCard, { unit: unit('lrp6', { speedMps: 5.1444, courseDeg: 90 }) });
    expect(document.body.textContent).toMatch(/\b10\sk(n|t)/);
  });
});
