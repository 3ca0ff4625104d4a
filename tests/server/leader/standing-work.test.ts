import { describe, expect, it, onTestFinished } from 'vitest';
import { doStandingWork, type Duty } from '../../../server/leader/standing-work.ts';
import { until } from '../../support/wait.ts';

/** A duty that runs until the test lets it go. */
function heldDuty(): Duty & { readonly runs: AbortSignal[]; letGo(): void; fail(): void } {
  const runs: AbortSignal[] = [];
  let settle: { done(): void; fail(cause: Error): void } | undefined;
  return {
    name: 'held',
    everyMs: 5,
    runs,
    run(signal) {
      runs.push(signal);
      return new Promise((done, fail) => (settle = { done, fail }));
    },
    letGo: () => settle?.done(),
    fail: () => settle?.fail(new Error('not today')),
  };
}

function standing(duties: readonly Duty[]) {
  const state = { leads: false, warnings: 0 };
  const log = { warn: () => void state.warnings++ };
  const work = doStandingWork({ leads: () => state.leads }, duties, log);
  onTestFinished(async () => void (await work.stop()));
  return { state, work };
}

describe('standing work', () => {
  it('runs only while this server leads, one run at a time, and comes again after a failure', async () => {
    const duty = heldDuty();
    const beside = { runs: 0 };
    const other: Duty = { name: 'other', everyMs: 5, run: async () => void beside.runs++ };
    const { state, work } = standing([duty, other]);
    const alwaysTold = heldDuty();
    const { state: always, work: second } = standing([alwaysTold]);
    always.leads = true;
    await until(() => alwaysTold.runs.length === 1, { what: 'the other server to begin' });
    expect([duty.runs.length, beside.runs]).toEqual([0, 0]);
    state.leads = true;
    await until(() => beside.runs > 5, { what: 'several rounds' });
    expect(duty.runs).toHaveLength(1);
    duty.fail();
    await until(() => duty.runs.length === 2, { what: 'the second run' });
    expect(state.warnings).toBe(1);
    duty.letGo();
    alwaysTold.letGo();
    await Promise.all([work.stop(), second.stop()]);
  });

  it('tells a run to stop when the leadership is lost', async () => {
    const duty = heldDuty();
    const { state, work } = standing([duty]);
    state.leads = true;
    const signal = await until(() => duty.runs[0], { what: 'a run' });
    expect(signal.aborted).toBe(false);
    state.leads = false;
    await until(() => signal.aborted, { what: 'the run to be told' });
    duty.letGo();
    await work.stop();
  });

  it('waits at its end for the run under way, which is told to stop', async () => {
    const duty = heldDuty();
    const { state, work } = standing([duty]);
    state.leads = true;
    const signal = await until(() => duty.runs[0], { what: 'a run' });
    let ended = false;
    const stopped = work.stop().then(() => (ended = true));
    expect(signal.aborted).toBe(true);
    await Promise.resolve();
    expect(ended).toBe(false);
    duty.letGo();
    await stopped;
    expect(ended).toBe(true);
  });
});
