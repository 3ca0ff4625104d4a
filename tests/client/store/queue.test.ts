import { describe, expect, it } from 'vitest';
import { oldestHigh, queueOf, queueRow, type QueueRow } from '../../../client/store/queue.ts';
import { alert, atMs } from '../things.ts';

const idsOf = (rows: readonly QueueRow[]) => rows.map((row) => row.alert.id);

describe('queueOf', () => {
  it('puts the least time left first, over before all, whenever it came', () => {
    const alerts = [
      alert('p3-plenty', 'P3', [['acknowledge', 30]]),
      alert('p1-fresh', 'P1', [['acknowledge', 10]]),
      alert('p2-over', 'P2', [['acknowledge', 4_000, 3_900], ['triage', 3_900, 3_800], ['decide', 3_800]], { state: 'triaged' }), // prettier-ignore
    ];
    expect(idsOf(queueOf(alerts, atMs).decide)).toEqual(['p2-over', 'p1-fresh', 'p3-plenty']);
  });

  it('separates what must be decided, what is under way and what is closed', () => {
    const queue = queueOf(
      [
        alert('deciding', 'P2', [['decide', 5]], { state: 'triaged' }),
        alert('travelling', 'P2', [['travel', 5]], { state: 'en-route' }),
        alert('watched', 'P3', [], { state: 'monitoring' }),
        alert('closed', 'P1', [['report', 5]], { state: 'closed' }),
      ],
      atMs,
    );
    expect([idsOf(queue.decide), idsOf(queue.running), idsOf(queue.closed)]).toEqual([
      ['deciding'],
      ['travelling', 'watched'],
      ['closed'],
    ]);
  });

  it('calls a decision by its own clock although the report’s is shorter', () => {
    const row = queueRow(alert('a', 'P1', [['report', 1_790], ['decide', 5]], { state: 'triaged' }), atMs); // prettier-ignore
    expect([row.segment, row.leftS]).toEqual(['decide', 595]);
  });

  it('orders by priority and age where nothing is due', () => {
    const alerts = [
      alert('p4-new', 'P4', [['acknowledge', 5]]),
      alert('p4-old', 'P4', [['acknowledge', 50]]),
      alert('p3', 'P3', [['travel', 5]]),
    ];
    const queue = queueOf(alerts, atMs);
    expect(idsOf(queue.decide)).toEqual(['p4-old', 'p4-new']);
    expect(queue.decide[0]?.leftS).toBeUndefined();
  });

  it('counts on as time passes', () => {
    const one = alert('a', 'P1', [['acknowledge', 50]]);
    expect(queueRow(one, atMs + 9_000).leftS).toBe(1);
    expect(queueRow(one, atMs + 30_000).leftS).toBe(-20);
  });

  it('shows closed alerts newest first', () => {
    const closed = (id: string, minutes: number) =>
      alert(id, 'P3', [], { state: 'closed', changedAt: new Date(atMs - minutes * 60_000).toISOString() });
    expect(idsOf(queueOf([closed('old', 50), closed('new', 5)], atMs).closed)).toEqual(['new', 'old']);
  });
});

it('lists the open P1 and P2 of a wall oldest first', () => {
  const alerts = [
    alert('new', 'P1', [['acknowledge', 5]]),
    alert('old', 'P2', [['acknowledge', 500]]),
    alert('closed', 'P1', [['report', 900]], { state: 'reported' }),
    alert('low', 'P3', [['acknowledge', 900]]),
  ];
  expect(idsOf(oldestHigh(alerts, atMs))).toEqual(['old', 'new']);
});
