import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { phone as phoneTexts } from '../../shared/messages/en/phone.ts';
import { watch as watchTexts } from '../../shared/messages/en/watch.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { Step } from '../../shared/model/alert-steps.ts';
import type { ReportOut } from '../../shared/model/report.ts';
import { call, temporaryFolder } from '../support/test-server.ts';
import { makeToken } from '../support/server-process.ts';
import { until } from '../support/wait.ts';
import { setStage, type Stage } from './screens.ts';

const said = 'men with guns attack Mabiri now, they burn houses';

async function setScene(stage: Stage): Promise<void> {
  await stage.post('/api/places/import', 'admin', {
    type: 'FeatureCollection',
    features: ['Mabiri', 'Kolwa'].map((name, index) => ({
      type: 'Feature',
      id: `v${index}`,
      geometry: { type: 'Point', coordinates: [29.4 + index * 0.5, 1.4] },
      properties: { kind: 'village', name, population: 2_300 },
    })),
  });
  const time = new Date().toISOString();
  await stage.post('/api/positions', 'feed', [
    { unit: 'LRP1', time, lon: 29.42, lat: 1.41 },
    { unit: 'LRP2', time, lon: 30.4, lat: 1.9 },
  ]);
}

/** What of an alert a kill must not change: all that has happened, and every second of its clock. */
function happened({ history = [], tasks, escalations = [], clock }: AlertOut) {
  return {
    history,
    tasks: tasks.map(({ unit, state, offeredAt, changedAt }) => ({ unit, state, offeredAt, changedAt })),
    calls: escalations.map(({ id, at, answeredBy }) => ({ id, at, answeredBy })),
    clock: clock.segments.map(({ segment, startedAt, endedAt }) => ({ segment, startedAt, endedAt })),
  };
}

/** A mission that gives three seconds for acknowledging a P1. */
function hurriedMission(): string {
  const file = join(temporaryFolder(), 'mission.json');
  writeFileSync(file, JSON.stringify({ name: 'Test', clockTargets: { P1: { acknowledgeS: 3 } } }));
  return file;
}

describe('from the first whistle to the report', { timeout: 300_000 }, () => {
  it('a text message is on every desk, calls who is late, is answered by the nearest on their own screen, is reported in two languages, and no kill loses anything of it', async () => {
    const stage = await setStage({ MISSION: hurriedMission() });
    await setScene(stage);
    const desk = await stage.signIn('watch');
    const second = await stage.signIn('chief');
    for (const page of [desk, second]) await page.locator('canvas').first().waitFor({ timeout: 60_000 });
    const token = await makeToken(stage.env, ['--role=watch', '--name=Watch by call']);
    const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
      (await call(stage.server.url, method, path, { token, ...(body === undefined ? {} : { body }) }))
        .body as T;
    let id = '';
    const look = () => ask<AlertOut>('GET', `/api/alerts/${id}`);
    const survivesAKill = async (): Promise<void> => {
      const before = happened(await look());
      await stage.server.kill9();
      await stage.server.start();
      const after = happened(await look());
      // The standing watch goes on: what it adds comes after, and a run that goes on may end.
      for (const name of ['history', 'calls', 'tasks'] as const)
        expect(after[name].slice(0, before[name].length)).toEqual(before[name]);
      expect(after.clock).toEqual(
        expect.arrayContaining(before.clock.filter(({ endedAt }) => endedAt !== undefined)),
      );
      for (const { segment, startedAt } of before.clock)
        expect(after.clock).toContainEqual(expect.objectContaining({ segment, startedAt }));
    };

    await stage.post('/intake/sms/generic', 'feed', { id: 'sms-1', from: '+447700900123', text: said });
    // What the message says is read: the village by its name, an attack under way, P1.
    for (const page of [desk, second])
      await page.locator('button.row', { hasText: 'Mabiri' }).first().waitFor({ timeout: 20_000 });
    expect(await desk.content()).not.toContain('7700900123');
    const [alert] = (await ask<{ alerts: AlertOut[] }>('GET', '/api/picture')).alerts;
    expect(alert).toMatchObject({ category: 'attack-in-progress', priority: 'P1', placeName: 'Mabiri' });
    id = alert?.id ?? '';
    await survivesAKill();

    // Nobody acknowledges in time: the watch officer is called, and answers by name.
    await desk.getByRole('region', { name: en['escalation.calls'] }).waitFor();
    await desk.keyboard.press('Shift+E');
    await desk.getByText(said).waitFor();
    await desk.getByText(watchTexts['reading.title']).waitFor();
    await until(
      async () => (await look()).escalations?.some(({ answeredBy }) => answeredBy === 'The watch'),
      {
        what: 'the call to be answered',
        timeoutMs: 20_000,
      },
    );
    await second.locator('button.row', { hasText: 'Mabiri' }).first().click();
    const screens = [desk, second].map((page) => page.locator('aside .tag'));
    const becomes = async (
      state: 'acknowledged' | 'triaged' | 'tasked' | 'accepted' | 'stabilised' | 'closed',
    ) => {
      // A key is meant for the steps that this desk shows: the second screen can be a moment ahead of it.
      for (const screen of screens)
        await screen.getByText(en[`alertState.${state}`], { exact: true }).waitFor({ timeout: 40_000 });
    };
    await desk.keyboard.press('a');
    await becomes('acknowledged');
    await survivesAKill();

    await desk.keyboard.press('t');
    await desk.getByRole('form', { name: en['step.triage'] }).waitFor();
    await desk.keyboard.press('Enter');
    await becomes('triaged');
    await desk.keyboard.press('o');
    // Who can be there first stands first, and has the focus.
    const best = desk.locator('fieldset label').first();
    await best.filter({ hasText: 'LRP1' }).waitFor();
    await until(() => best.locator('input').evaluate((box) => box === document.activeElement), {
      what: 'the best to have the focus',
    });
    await desk.keyboard.press('Space');
    await desk.getByRole('button', { name: en['form.confirm'].replace('{step}', en['step.task']) }).click();
    await becomes('tasked');
    await survivesAKill();

    const phone = await stage.signIn('patrol', { width: 390, height: 844, args: ['--unit=LRP1'] });
    await phone.getByText(phoneTexts['patrol.order'], { exact: true }).waitFor();
    expect(await phone.content()).not.toContain(said);
    await takes(phone, 'accept');
    await becomes('accepted');
    await survivesAKill();
    for (const step of ['en-route', 'on-scene', 'stabilise'] as const) await takes(phone, step);
    await becomes('stabilised');

    for (const lang of ['en', 'fr']) {
      const report = await ask<ReportOut>('GET', `/api/reports/flash/${id}?lang=${lang}`);
      expect(report.lang).toBe(lang);
      expect(JSON.stringify(report)).toContain('Mabiri');
      expect(JSON.stringify(report)).not.toContain('7700900123');
      await ask('POST', `/api/reports/${encodeURIComponent(report.id)}/sign`, {});
    }
    await survivesAKill();
    await desk.keyboard.press('c');
    const closing = desk.getByRole('form', { name: en['step.close'] });
    await closing.getByRole('radio', { name: en['outcome.dispersed'] }).check();
    await closing.getByRole('radio', { name: en['harm.reduced'] }).check();
    await desk.keyboard.press('Enter');
    await becomes('closed');
    await survivesAKill();
    const ended = await look();
    const running = ended.clock.segments.filter(({ endedAt }) => endedAt === undefined);
    expect(running.map(({ segment }) => segment)).toEqual([]);
    expect(ended).toMatchObject({ outcome: 'dispersed', harm: 'reduced' });
    expect(ended.flashSentAt).toBeDefined();
  });
});

/** A step on a phone: its button, then the one that confirms for the own unit. */
async function takes(phone: Page, step: Step): Promise<void> {
  const words = en[`step.${step}`];
  await phone.getByRole('button', { name: words, exact: true }).click();
  await phone.getByRole('button', { name: en['form.confirm'].replace('{step}', words) }).click();
  await phone.getByRole('button', { name: words, exact: true }).waitFor({ state: 'detached' });
}
