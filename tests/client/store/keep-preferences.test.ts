import { describe, expect, it, vi, beforeEach, afterEach } from 'vitest';
import type { Answer } from '../../../client/net/api.ts';
import { keptPreferences, settleMs } from '../../../client/store/keep-preferences.ts';
import { readPreferences } from '../../../shared/model/preferences.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const start = readPreferences(undefined);
const taken: Answer<unknown> = { ok: true, value: {} };
const away: Answer<unknown> = { ok: false, error: { code: 'unreachable', message: '' } };
const refused: Answer<unknown> = { ok: false, error: { code: 'field-invalid', message: '' } };

function browser() {
  const kept = new Map<string, string>();
  const sent: unknown[] = [];
  let answer = taken;
  const open = (account = 'me') =>
    keptPreferences({
      account,
      start,
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => void kept.set(key, value),
      },
      send: (part) => (sent.push(part), Promise.resolve(answer)),
    });
  return { open, sent, kept, answers: (given: Answer<unknown>) => (answer = given) };
}

describe('preferences of a page', () => {
  it('go out together once the hand rests, only what changed, cleared fields as null', async () => {
    const { open, sent } = browser();
    const store = open();
    for (const volume of [0.1, 0.2, 0.3]) store.change({ sound: { ...start.sound, volume } });
    store.change({ language: undefined });
    expect(store.now.sound.volume).toBe(0.3);
    await vi.advanceTimersByTimeAsync(settleMs);
    expect(sent).toEqual([{ sound: { ...start.sound, volume: 0.3 }, language: null }]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sent).toHaveLength(1);
  });

  it('are sent again until a server takes them, with what changed meanwhile', async () => {
    const { open, sent, answers } = browser();
    answers(away);
    const store = open();
    store.change({ theme: 'bright' });
    await vi.advanceTimersByTimeAsync(settleMs);
    store.change({ light: true });
    answers(taken);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toEqual([{ theme: 'bright' }, { theme: 'bright', light: true }]);
  });

  it('outlive a reload without a link, and are nobody else’s', async () => {
    const { open, sent, answers } = browser();
    answers(away);
    open().change({ theme: 'bright' });
    expect(open('other').now.theme).toBe('dark');
    const again = browser();
    again.answers(away);
    again.open().change({ theme: 'bright' });
    await vi.advanceTimersByTimeAsync(settleMs);
    again.answers(taken);
    const before = again.sent.length;
    expect(again.open().now.theme).toBe('bright');
    await vi.advanceTimersByTimeAsync(settleMs);
    expect(again.sent.slice(before)).toContainEqual({ theme: 'bright' });
    expect(sent.length).toBeGreaterThan(0);
  });

  it('that are refused are not sent for ever', async () => {
    const { open, sent, answers } = browser();
    answers(refused);
    open().change({ theme: 'bright' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(sent).toHaveLength(1);
  });

  it('stand where the browser’s copy is damaged', () => {
    const { open, kept } = browser();
    kept.set('nightflash.preferences', '{"account":7');
    expect(open().now).toEqual(start);
  });
});
