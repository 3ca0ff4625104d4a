import { screen } from '@testing-library/svelte';
import { beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../../client/net/api.ts';
import HandoverPanel from '../../../client/panels/watch/HandoverPanel.svelte';
import { Papers } from '../../../client/store/papers.ts';
import { loadTexts } from '../../../shared/messages/text.ts';
import { atMs, iso } from '../things.ts';
import { fakeDesk, mount } from './desk.ts';

beforeAll(() => loadTexts('watch'));

const nothing = {
  ...{ openAlerts: [], overdue: [], expiringThreats: [], decisions: [] },
  ...{ staleUnits: [], silentFeeds: [], silentVillages: [], openRumours: [] },
};

it('shows what the log holds since the reader last handed over', async () => {
  const line = { id: 'l1', at: iso(atMs), dtg: '221640Z NOV 26', by: 'The chief', role: 'chief', links: [] };
  const unread = {
    since: iso(atMs - 3_600_000),
    lines: [{ ...line, source: 'note', what: 'watch.logged', text: 'Bridge at the ford is out' }],
    more: true,
  };
  const draft = { at: iso(atMs), notes: '', ...nothing, unread };
  const request = <T>(_method: string, path: string): Promise<Answer<T>> =>
    Promise.resolve({ ok: true, value: (path.includes('draft') ? draft : { handovers: [] }) as T });
  mount(fakeDesk(), HandoverPanel, { papers: new Papers(request), mayWrite: true });
  expect(await screen.findByText(/Since you last handed over, 221540Z: 1 line of the log/)).toBeTruthy();
  expect(screen.getByText('Bridge at the ford is out')).toBeTruthy();
  expect(screen.getByRole('link', { name: /Older ones/ }).getAttribute('href')).toBe('/watch?tab=log');
});
