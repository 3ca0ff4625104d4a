import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/en.ts';
import { watch as watchTexts } from '../../shared/messages/en/watch.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { ReportOut } from '../../shared/model/report.ts';
import { call } from '../support/test-server.ts';
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

describe('from the first whistle to the report', { timeout: 300_000 }, () => {
  it('a text message is on every desk, is worked by keys, survives a kill, and is reported in two languages', async () => {
    const stage = await setStage();
    await setScene(stage);
    const desk = await stage.signIn('watch');
    const second = await stage.signIn('chief');
    for (const page of [desk, second]) await page.locator('canvas').first().waitFor({ timeout: 60_000 });

    await stage.post('/intake/sms/generic', 'feed', { id: 'sms-1', from: '+447700900123', text: said });
    // What the message says is read: the village by its name, an attack under way, P1.
    const title = `Mabiri`;
    for (const page of [desk, second])
      await page.locator('button.row', { hasText: title }).first().waitFor({ timeout: 20_000 });
    expect(await desk.content()).not.toContain('7700900123');

    await desk.keyboard.press('j');
    await desk.getByText(said).waitFor();
    await desk.getByText(watchTexts['reading.title']).waitFor();
    await desk.keyboard.press('a');
    // The second screen sees it done.
    await second.locator('button.row', { hasText: title }).first().click();
    const states = second.locator('aside .tag');
    // A key is meant for the steps that this desk shows: the second screen can be a moment ahead of it.
    const own = desk.locator('aside .tag');
    for (const screen of [own, states])
      await screen.getByText(en['alertState.acknowledged'], { exact: true }).waitFor();

    const token = await makeToken(stage.env, ['--role=watch', '--name=Watch by call']);
    const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
      (await call(stage.server.url, method, path, { token, ...(body === undefined ? {} : { body }) }))
        .body as T;
    const { alerts } = await ask<{ alerts: AlertOut[] }>('GET', '/api/picture');
    const [alert] = alerts;
    expect(alert).toMatchObject({ category: 'attack-in-progress', priority: 'P1', placeName: 'Mabiri' });
    const id = alert?.id ?? '';

    // Who is nearest stands first.
    await desk.keyboard.press('t');
    await desk.getByRole('form', { name: en['step.triage'] }).waitFor();
    await desk.keyboard.press('Enter');
    for (const screen of [own, states])
      await screen.getByText(en['alertState.triaged'], { exact: true }).waitFor();
    await desk.keyboard.press('o');
    const responder = desk.locator('fieldset label', { hasText: 'LRP1' });
    await responder.waitFor();
    await responder.click();
    await desk.getByRole('button', { name: en['form.confirm'].replace('{step}', en['step.task']) }).click();
    await states.getByText(en['alertState.tasked'], { exact: true }).waitFor();

    await stage.server.kill9();
    await stage.server.start();
    const patrol = await makeToken(stage.env, ['--role=patrol', '--unit=LRP1']);
    for (const step of ['accept', 'en-route', 'on-scene', 'stabilise']) {
      const path = `/api/alerts/${id}/${step}`;
      const answer = await call(stage.server.url, 'POST', path, { token: patrol, body: { unit: 'LRP1' } });
      expect([step, answer.status]).toEqual([step, 200]);
    }
    await states.getByText(en['alertState.stabilised'], { exact: true }).waitFor({ timeout: 40_000 });

    for (const lang of ['en', 'fr']) {
      const report = await ask<ReportOut>('GET', `/api/reports/flash/${id}?lang=${lang}`);
      expect(report.lang).toBe(lang);
      expect(JSON.stringify(report)).toContain('Mabiri');
      expect(JSON.stringify(report)).not.toContain('7700900123');
      await ask('POST', `/api/reports/${encodeURIComponent(report.id)}/sign`, {});
    }
    await ask('POST', `/api/alerts/${id}/close`, { outcome: 'dispersed', harm: 'reduced' });
    await until(async () => (await states.allTextContents()).join().includes(en['alertState.closed']), {
      what: 'the second screen to see it closed',
      timeoutMs: 20_000,
    });
    const ended = await ask<AlertOut>('GET', `/api/alerts/${id}`);
    const running = ended.clock.segments.filter(({ endedAt }) => endedAt === undefined);
    expect(running.map(({ segment }) => segment)).toEqual([]);
    expect(ended.flashSentAt).toBeDefined();
  });
});
