import { describe, expect, it } from 'vitest';
import { quartersOf, highestOf, Activity } from '../../../client/store/activity.svelte.ts';
import { holdPlace } from '../../../client/store/hold-place.ts';
import { Lists } from '../../../client/store/lists.svelte.ts';
import { Marked } from '../../../client/store/marked.svelte.ts';
import type { ActivityOut } from '../../../shared/model/activity.ts';
import { atMs, iso } from '../things.ts';

describe('a row that is held', () => {
  it('keeps its place while the others go round it', () => {
    expect(holdPlace(['c', 'a', 'b'], 'b', 1)).toEqual(['c', 'b', 'a']);
    expect(holdPlace(['new', 'a', 'b'], 'a', 0)).toEqual(['a', 'new', 'b']);
  });

  it('stands last where the list has become shorter, and holds nothing once it is gone', () => {
    expect(holdPlace(['b', 'a'], 'b', 5)).toEqual(['a', 'b']);
    expect(holdPlace(['a', 'b'], 'gone', 0)).toEqual(['a', 'b']);
    expect(holdPlace(['a', 'b'], undefined, 1)).toEqual(['a', 'b']);
  });
});

describe('marks', () => {
  const order = ['a', 'b', 'c', 'd'];

  it('go on from the row marked last, either way', () => {
    const marked = new Marked();
    marked.toggle('c');
    marked.extendTo('a', order);
    expect([...marked.ids].sort()).toEqual(['a', 'b', 'c']);
    marked.extendTo('d', order);
    expect(marked.size).toBe(4);
    marked.toggle('b');
    expect(marked.has('b')).toBe(false);
  });

  it('begin with the row itself where none was marked, or it is not in the list', () => {
    const marked = new Marked();
    marked.extendTo('b', order);
    expect([...marked.ids]).toEqual(['b']);
    marked.extendTo('x', order);
    expect([...marked.ids]).toEqual(['b']);
  });

  it('go with rows that go', () => {
    const marked = new Marked();
    marked.extendTo('b', order);
    marked.extendTo('d', order);
    marked.keepOnly((id) => id !== 'c');
    expect([...marked.ids]).toEqual(['b', 'd']);
    marked.clear();
    expect(marked.size).toBe(0);
  });
});

describe('activity', () => {
  const counts: ActivityOut = {
    at: iso(atMs),
    from: iso(atMs - 900_000),
    stepS: 900,
    fixes: [5, 7],
    alerts: { P1: [0, 1], P2: [0, 2], P3: [1, 0], P4: [0, 0] },
  };

  it('becomes quarters, each with the highest priority that came in it', () => {
    const quarters = quartersOf(counts);
    expect(quarters).toMatchObject([
      { fromMs: atMs - 900_000, toMs: atMs, fixes: 5, alerts: { P3: 1 } },
      { fromMs: atMs, fixes: 7, alerts: { P1: 1, P2: 2 } },
    ]);
    expect(quarters.map(highestOf)).toEqual(['P3', 'P1']);
    expect(quartersOf({ ...counts, fixes: undefined }).map(({ fixes }) => fixes)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('keeps what it has when the server is not reached, and does not ask again where it may not', async () => {
    const answers = [
      { ok: true, value: counts },
      { ok: false, error: { code: 'unreachable', message: '' } },
      { ok: false, error: { code: 'role-not-allowed', message: '' } },
    ];
    let asked = 0;
    const activity = new Activity(() => Promise.resolve(answers[asked++] as never)); // one answer a question
    await activity.ask();
    await activity.ask();
    expect(activity).toMatchObject({ failed: 'not-reached', atMs });
    expect(activity.quarters).toHaveLength(2);
    await activity.ask();
    await activity.ask();
    expect([activity.failed, asked]).toEqual(['refused', 3]);
  });
});

it('a column asked for again is turned round; ages and speeds begin with the highest', () => {
  const lists = new Lists(() => Promise.reject(new Error('not asked')));
  lists.sortBy('speed');
  expect(lists.sort).toEqual({ column: 'speed', descending: true });
  lists.sortBy('speed');
  expect(lists.sort.descending).toBe(false);
  lists.sortBy('sector');
  expect(lists.sort).toEqual({ column: 'sector', descending: false });
});
