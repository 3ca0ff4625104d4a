import { describe, expect, it } from 'vitest';
import type { AlertIn } from '../../../shared/model/alert.ts';
import { type StepBody } from '../../../shared/model/step-bodies.ts';
import { alertStates, stepRules, steps, type Step } from '../../../shared/model/alert-steps.ts';
import { author, fix, Folding, atStartMs } from '../../support/entries.ts';
import type { Role } from '../../../shared/role.ts';

const report: Omit<AlertIn, 'id' | 'restricted'> = {
  category: 'armed-group-movement',
  priority: 'P2',
  text: 'twenty men on the track north',
  channel: 'sms',
};

function begin(priority: AlertIn['priority'] = 'P2'): Folding {
  const folding = new Folding();
  folding.fixes([fix('q1', atStartMs), fix('q2', atStartMs)]);
  folding.event({
    kind: 'alert.received',
    alertId: 'a1',
    alert: { ...report, priority },
    facts: { sector: 'S1' },
  });
  return folding;
}

function step<S extends Step>(
  folding: Folding,
  name: S,
  body: StepBody<S>,
  role: Role = 'watch',
  changeId?: string,
) {
  return folding.event(
    { kind: 'alert.step', alertId: 'a1', step: name, body, facts: {}, changeId },
    author(role),
  )?.verdict;
}

const state = (folding: Folding) => folding.picture.alerts.get('a1')?.state;

describe('how an alert moves', () => {
  it('goes from received to reported along the whole table', () => {
    const folding = begin();
    const walk: Array<[() => unknown, string]> = [
      [() => step(folding, 'acknowledge', {}), 'acknowledged'],
      [() => step(folding, 'triage', { priority: 'P1', lon: 29, lat: 1 }), 'triaged'],
      [() => step(folding, 'verify', { status: 'corroborated' }), 'triaged'],
      [() => step(folding, 'task', { units: ['q1', 'q2'] }), 'tasked'],
      [() => step(folding, 'accept', { unit: 'q1' }, 'patrol'), 'accepted'],
      [() => step(folding, 'refuse', { unit: 'q2', reason: 'fuel' }, 'patrol'), 'accepted'],
      [() => step(folding, 'en-route', { unit: 'q1' }, 'patrol'), 'en-route'],
      [() => step(folding, 'on-scene', { unit: 'q1' }, 'patrol'), 'on-scene'],
      [() => step(folding, 'stabilise', { unit: 'q1' }, 'patrol'), 'stabilised'],
      [() => step(folding, 'close', { outcome: 'dispersed', harm: 'prevented' }), 'closed'],
      [() => step(folding, 'report', {}), 'reported'],
      [() => step(folding, 'reopen', { reason: 'they came back' }, 'chief'), 'triaged'],
    ];
    for (const [take, after] of walk) {
      expect(take()).toMatchObject({ kind: 'done' });
      expect(state(folding)).toBe(after);
    }
    const alert = folding.picture.alerts.get('a1');
    expect(alert?.verification).toBe('corroborated');
    expect(alert?.history.map(({ what }) => what)).toHaveLength(13);
    expect(alert?.tasks.map((task) => task.state)).toEqual(['released', 'refused']);
  });

  it('runs every segment of the clock from entry to entry', () => {
    const folding = begin('P1');
    step(folding, 'acknowledge', {});
    step(folding, 'triage', { priority: 'P1' });
    step(folding, 'task', { units: ['q1'] });
    step(folding, 'accept', { unit: 'q1' });
    step(folding, 'en-route', { unit: 'q1' });
    step(folding, 'on-scene', { unit: 'q1' });
    step(folding, 'stabilise', { unit: 'q1' });
    const lengths = folding.picture.alerts
      .get('a1')
      ?.segments.map(({ segment, startedAtMs, endedAtMs }) => [
        segment,
        endedAtMs === undefined ? 'runs' : (endedAtMs - startedAtMs) / 1000,
      ]);
    expect(lengths).toEqual([
      ['acknowledge', 1],
      ['triage', 1],
      ['report', 'runs'],
      ['decide', 1],
      ['turnout', 2],
      ['travel', 1],
      ['hold', 1],
    ]);
  });

  it('goes back to triaged, with the decision due again, when all tasks are refused or stood down', () => {
    const folding = begin();
    step(folding, 'acknowledge', {});
    step(folding, 'task', { units: ['q1', 'q2'] });
    step(folding, 'refuse', { unit: 'q1', reason: 'vehicle' });
    expect(state(folding)).toBe('tasked');
    step(folding, 'stand-down', { unit: 'q2', reason: 'closer unit found' });
    expect(state(folding)).toBe('triaged');
    const runs = folding.picture.alerts.get('a1')?.segments.filter((run) => run.endedAtMs === undefined);
    expect(runs?.map((run) => run.segment)).toEqual(['decide']);
  });

  it('lets a P1, and only a P1, be tasked straight from received', () => {
    expect(step(begin('P1'), 'task', { units: ['q1'] })).toMatchObject({ kind: 'done' });
    expect(step(begin('P2'), 'task', { units: ['q1'] })).toMatchObject({
      kind: 'refused',
      code: 'step-not-allowed',
    });
  });

  it('asks the chief for no response to P1 and P2, and takes it from the watch for the others', () => {
    for (const [priority, role, kind] of [
      ['P1', 'watch', 'refused'],
      ['P2', 'chief', 'done'],
      ['P3', 'watch', 'done'],
    ] as const) {
      const folding = begin(priority);
      step(folding, 'acknowledge', {});
      expect(step(folding, 'no-response', { reason: 'no-assets' }, role)).toMatchObject({ kind });
    }
  });

  it('refuses a wrong step with the state and the steps allowed now', () => {
    const verdict = step(begin(), 'close', { outcome: 'other', harm: 'unknown' });
    expect(verdict).toMatchObject({
      kind: 'refused',
      code: 'step-not-allowed',
      details: { state: 'received', allowed: ['acknowledge', 'triage', 'verify', 'merge', 'false'] },
    });
  });

  it('refuses to task a unit that is not there, and to merge into itself, nothing, or a closed alert', () => {
    const folding = begin();
    step(folding, 'acknowledge', {});
    expect(step(folding, 'task', { units: ['q1', 'nobody'] })).toMatchObject({
      code: 'unit-unknown',
      field: 'units',
    });
    for (const into of ['a1', 'nothing'])
      expect(step(folding, 'merge', { into })).toMatchObject({ code: 'not-found' });
    expect(state(folding)).toBe('acknowledged');
  });

  it('takes the same change id twice as one', () => {
    const folding = begin();
    expect(step(folding, 'acknowledge', {}, 'watch', 'c1')).toMatchObject({ kind: 'done' });
    expect(step(folding, 'acknowledge', {}, 'watch', 'c1')).toMatchObject({ kind: 'nothing-new' });
    expect(step(folding, 'acknowledge', {}, 'watch', 'c2')).toMatchObject({ kind: 'refused' });
    expect(folding.picture.alerts.get('a1')?.history).toHaveLength(2);
  });

  it('takes the same alert twice as one, and another alert under the same id as a conflict', () => {
    const folding = begin();
    const again = { kind: 'alert.received' as const, alertId: 'a1', facts: {} };
    expect(folding.event({ ...again, alert: { ...report } })?.verdict).toMatchObject({ kind: 'nothing-new' });
    expect(folding.event({ ...again, alert: { ...report, text: 'other' } })?.verdict).toMatchObject({
      code: 'conflict',
    });
    expect(folding.event({ ...again, alert: report }, author('feed'))?.verdict).toMatchObject({
      code: 'conflict',
    });
    expect(folding.picture.alerts.size).toBe(1);
  });

  it('numbers alerts by sector and day', () => {
    const folding = begin();
    folding.event({ kind: 'alert.received', alertId: 'a2', alert: report, facts: { sector: 'S1' } });
    folding.event({ kind: 'alert.received', alertId: 'a3', alert: report, facts: {} });
    const numbers = [...folding.picture.alerts.values()].map(({ number }) => number);
    expect(numbers).toEqual(['ALT-S1-261122-01', 'ALT-S1-261122-02', 'ALT-X-261122-01']);
  });

  it('has a rule for every step, from states that exist', () => {
    for (const name of steps) for (const from of stepRules[name].from) expect(alertStates).toContain(from);
  });
});
