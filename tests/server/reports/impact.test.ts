import { describe, expect, it } from 'vitest';
import type { AlertCategory, Priority } from '../../../shared/model/alert-lists.ts';
import type { Step } from '../../../shared/model/alert-steps.ts';
import { restrictedByMonth } from '../../../server/audience/reportable.ts';
import { impactOf } from '../../../server/reports/impact.ts';
import { percentile } from '../../../server/reports/percentile.ts';
import { defaultClockTargets } from '../../../shared/rules/response-clock.ts';
import { author, Folding } from '../../support/entries.ts';

const chief = author('chief');

class Mission extends Folding {
  raise(
    id: string,
    sector: string,
    more: { category?: AlertCategory; priority?: Priority; restricted?: boolean } = {},
  ) {
    const { category = 'killing', priority = 'P2', restricted } = more;
    const alert = { category, priority, text: '', channel: 'sms' as const };
    const facts = { sector, ...(restricted ? { restricted: 'crsv' as const } : {}) };
    this.event({ kind: 'alert.received', alertId: id, alert, facts });
    return (step: Step, body: object = {}) =>
      expect(
        this.event({ kind: 'alert.step', alertId: id, step, body, facts: {} } as never, chief)?.verdict,
      ).toMatchObject({ kind: 'done' });
  }
  get alerts() {
    return [...this.picture.alerts.values()];
  }
}

function responded(mission: Mission, id: string, sector: string, end?: object): void {
  const step = mission.raise(id, sector);
  step('acknowledge');
  step('triage', { priority: 'P2' });
  step('task', { units: ['u1'] });
  for (const name of ['accept', 'en-route', 'on-scene', 'stabilise'] as const) step(name, { unit: 'u1' });
  if (end) step('close', end);
}

/** What the alerts of a mission tell, so many seconds after its last entry. */
const figures = (made: Mission, { zone = 'Z', afterS = 0 } = {}) =>
  impactOf(made.alerts, { zone, targets: defaultClockTargets, atMs: made.atMs + afterS * 1_000 });

function mission(): Mission {
  const made = new Mission();
  made.event({ kind: 'unit.registered', unitId: 'u1', unit: { callsign: 'QRF', kind: 'qrf' } });
  return made;
}

describe('percentile', () => {
  it('is by nearest rank', () => {
    expect(percentile([], 50)).toBeNull();
    expect(percentile([7], 90)).toBe(7);
    expect(percentile([5, 1, 3, 2, 4], 50)).toBe(3);
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90)).toBe(9);
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 90)).toBe(10);
  });
});

describe('impact', () => {
  it('counts as responded only where somebody was on scene, of alerts that could be acted on', () => {
    const made = mission();
    responded(made, 'deterred', 'N', { outcome: 'deterred', harm: 'prevented' });
    responded(made, 'late', 'N', { outcome: 'arrived-too-late', harm: 'reduced' });
    responded(made, 'open', 'S');
    const refused = made.raise('refused', 'S');
    refused('triage', { priority: 'P2' });
    refused('task', { units: ['u1'] });
    refused('refuse', { unit: 'u1', reason: 'fuel' });
    refused('close', { outcome: 'other', harm: 'occurred' });
    const none = made.raise('none', 'S');
    none('acknowledge');
    none('no-response', { reason: 'no-assets' });
    const incredible = made.raise('incredible', 'S');
    incredible('acknowledge');
    incredible('no-response', { reason: 'not-credible' });
    made.raise('false', 'S')('false', { reason: 'x' });
    made.raise('merged', 'S')('merge', { into: 'open' });
    made.raise('information', 'S', { priority: 'P4' });

    const { all, bySector, beforeHarm, noResponse, refusals, outcomes, harms } = figures(made);
    expect(all).toMatchObject({ received: 9, actionable: 5, responded: 3, rate: 0.6 });
    expect(bySector.map(({ key, rate }) => [key, rate])).toEqual([
      ['N', 1],
      ['S', 0.333],
    ]);
    // Closed and could be acted on: deterred, late, refused, none.
    expect(beforeHarm).toEqual({ count: 1, of: 4, rate: 0.25 });
    const some = (list: typeof noResponse) => list.filter(({ count }) => count > 0);
    expect(some(noResponse)).toEqual([
      { name: 'no-assets', count: 1 },
      { name: 'not-credible', count: 1 },
    ]);
    expect(some(refusals)).toEqual([{ name: 'fuel', count: 1 }]);
    expect(some(outcomes).map(({ name }) => name)).toEqual(['deterred', 'arrived-too-late', 'other']);
    expect(some(harms).map(({ name }) => name)).toEqual(['prevented', 'reduced', 'occurred']);
    // A reopened alert is neither closed nor unanswered any more.
    made.event(
      { kind: 'alert.step', alertId: 'none', step: 'reopen', body: { reason: 'x' }, facts: {} },
      chief,
    );
    expect(some(figures(made).noResponse)).toEqual([{ name: 'not-credible', count: 1 }]);
  });

  it('measures ended segments by sector, and hours in the zone asked for', () => {
    const made = mission();
    responded(made, 'one', 'N');
    made.raise('waiting', 'N');
    const { bySector, byHour, byMonth } = figures(made, { zone: 'C' });
    // Entries are a second apart; the clock of "waiting" still runs and does not count.
    expect(bySector[0]?.segments['acknowledge']).toEqual({ count: 1, medianS: 1, p90S: 1 });
    expect(bySector[0]?.segments['turnout']).toEqual({ count: 1, medianS: 2, p90S: 2 });
    expect(bySector[0]?.segments).not.toHaveProperty('referral');
    expect(byHour.map(({ key }) => key)).toEqual(['19']);
    expect(byMonth.map(({ key }) => key)).toEqual(['2026-11']);
  });
});

describe('restricted incidents', () => {
  const november = { fromMs: Date.parse('2026-11-01T00:00:00Z'), toMs: Date.parse('2026-12-01T00:00:00Z') };
  const counts = (incidents: number, span: { fromMs: number; toMs: number }, atMs = span.toMs) => {
    const made = mission();
    for (let count = 0; count < incidents; count++) made.raise(`r${count}`, 'N', { restricted: true });
    return restrictedByMonth(made.picture, { ...span, atMs });
  };

  it('are given by complete months and from five up, so that four and none look the same', () => {
    expect(counts(5, november)).toEqual([{ month: '2026-11', count: 5 }]);
    for (const few of [0, 1, 4]) expect(counts(few, november)).toEqual([{ month: '2026-11', count: null }]);
  });

  it('are not told apart by asking for a little more or less time', () => {
    const day = 86_400_000;
    expect(counts(9, { ...november, toMs: november.toMs - 1 })).toEqual([]);
    expect(counts(9, { ...november, fromMs: november.fromMs + 1 })).toEqual([]);
    expect(counts(9, november, november.toMs - day)).toEqual([]);
    expect(counts(9, { fromMs: november.fromMs - 5, toMs: november.toMs + 5 }, november.toMs + day)).toEqual([
      { month: '2026-11', count: 9 },
    ]);
  });

  it('counts a decision, a report and a word to the caller as in time only once their time is over', () => {
    const made = mission();
    responded(made, 'decided', 'N');
    made.raise('waiting', 'N');
    made.raise('p1', 'N', { priority: 'P1' })('acknowledge');
    const now = figures(made);
    expect(now.decidedInTime).toEqual({
      P1: { count: 0, of: 0, rate: null },
      P2: { count: 1, of: 1, rate: 1 },
    });
    expect(now.flashInTime.of).toBe(0);
    // 16 minutes for a P1, 50 for a P2, from receipt on.
    expect(figures(made, { afterS: 17 * 60 }).decidedInTime.P1).toEqual({ count: 0, of: 1, rate: 0 });
    expect(figures(made, { afterS: 51 * 60 })).toMatchObject({
      decidedInTime: { P2: { count: 1, of: 2, rate: 0.5 } },
      flashInTime: { count: 0, of: 1, rate: 0 },
      toldInTime: { count: 0, of: 0, rate: null },
    });
  });

  it('tells nothing of callers below five', () => {
    const made = mission();
    const facts = { callerSafe: true };
    const alert = { category: 'killing', priority: 'P3', text: '', channel: 'sms' } as const;
    for (let at = 0; at < 4; at++) made.event({ kind: 'alert.received', alertId: `c${at}`, alert, facts });
    expect(figures(made, { afterS: 3_600 }).toldInTime).toEqual({ count: 0, of: 0, rate: null });
    made.event({ kind: 'alert.received', alertId: 'c4', alert, facts });
    expect(figures(made, { afterS: 3_600 }).toldInTime).toEqual({ count: 0, of: 5, rate: 0 });
  });

  it('holds arrivals against when they were first expected, and counts what came by each channel', () => {
    const made = mission();
    const step = made.raise('a', 'N');
    step('acknowledge');
    step('task', { units: ['u1'] });
    for (const name of ['accept', 'en-route'] as const) step(name, { unit: 'u1' });
    const offeredAtMs = made.picture.alerts.get('a')!.tasks[0]!.offeredAtMs;
    const expected = (likely: number) =>
      made.event({
        kind: 'alert.way-noted',
        alertId: 'a',
        unit: 'u1',
        offeredAtMs,
        finding: { what: 'expected', etaS: { best: 300, likely, worst: 900 }, distanceM: 9_000, via: 'road' },
      });
    expected(600);
    made.atMs += 300_000;
    // Told anew on the way: what counts is what was expected when it set off.
    expected(30);
    made.atMs += 500_000;
    step('on-scene', { unit: 'u1' });
    made.raise('false', 'N')('false', { reason: 'x' });
    made.raise('merged', 'N')('merge', { into: 'a' });
    const { arrivals, byChannel } = figures(made);
    expect(arrivals).toEqual({
      count: 1,
      medianS: 202,
      p90S: 202,
      withinBand: { count: 1, of: 1, rate: 1 },
    });
    expect(byChannel).toEqual([{ name: 'sms', received: 3, false: 1, merged: 1 }]);
  });
});
