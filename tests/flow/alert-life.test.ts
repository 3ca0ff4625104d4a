import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import { startRedis } from '../support/redis.ts';
import { makeToken, serverProcess, type ServerProcess } from '../support/server-process.ts';
import { call, temporaryFolder } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

/** From the first words to the report, a step at a time; the desk's own steps and the unit's. */
const life = [
  ['watch', 'acknowledge', {}],
  ['watch', 'triage', { priority: 'P1', lon: 1.2, lat: 0.4 }],
  ['watch', 'verify', { status: 'corroborated' }],
  ['watch', 'task', { units: ['q1'], order: 'to the ford' }],
  ['patrol', 'accept', { unit: 'q1' }],
  ['patrol', 'en-route', { unit: 'q1' }],
  ['patrol', 'on-scene', { unit: 'q1' }],
  ['patrol', 'stabilise', { unit: 'q1' }],
  ['watch', 'close', { outcome: 'deterred', harm: 'prevented' }],
  ['watch', 'report', {}],
] as const;

/** What must not change by a death: everything but the clocks that still run. */
function told({ clock, ...alert }: AlertOut): unknown {
  const segments = clock.segments.map(({ segment, startedAt, endedAt, targetS, over, elapsedS }) => ({
    ...{ segment, startedAt, endedAt, targetS },
    // What has ended has its length; what runs is longer with every look.
    ...(endedAt === undefined ? {} : { over, elapsedS }),
  }));
  return { ...alert, segments };
}

async function dieAtEveryStep(server: ServerProcess, env: Readonly<Record<string, string>>): Promise<void> {
  const watch = await makeToken(env, ['--role=watch']);
  const tokens = { watch, patrol: await makeToken(env, ['--role=patrol', '--unit=q1']) };
  const ask = (method: string, path: string, body?: unknown, token = watch) =>
    call(server.url, method, path, { token, ...(body === undefined ? {} : { body }) });
  const seen = async (): Promise<AlertOut> => (await ask('GET', '/api/alerts/a1')).body as AlertOut;
  const die = async (): Promise<void> => {
    const before = await seen();
    await server.kill9();
    await server.start();
    const after = await seen();
    const levels = (alert: AlertOut) => (alert.escalations ?? []).map(({ id }) => id);
    // A call that came due while the server was dead is made once it lives; none that was made is made again.
    expect(levels(after).slice(0, levels(before).length)).toEqual(levels(before));
    expect(new Set(levels(after)).size).toBe(levels(after).length);
    expect(told({ ...after, escalations: [] })).toEqual(told({ ...before, escalations: [] }));
    const running = (alert: AlertOut) => alert.clock.segments.find(({ endedAt }) => endedAt === undefined);
    const [now, then] = [running(after), running(before)];
    if (now && then) expect(now.elapsedS).toBeGreaterThan(then.elapsedS);
  };

  await ask('PUT', '/api/units/q1', { callsign: 'QRF 1', kind: 'qrf' });
  const raised = { id: 'a1', category: 'attack-in-progress', text: 'shots at the ford', channel: 'call' };
  expect((await ask('POST', '/api/alerts', raised)).status).toBe(201);
  // The first call up the ladder is made before the first death.
  await until(async () => ((await seen()).escalations ?? []).length > 0, { what: 'the first call' });
  await die();
  for (const [role, step, body] of life) {
    const answer = await ask('POST', `/api/alerts/a1/${step}`, body, tokens[role]);
    expect([step, answer.status]).toEqual([step, 200]);
    await die();
    // Sent again after a lost answer: told that it is done, and by whom; nothing happens twice.
    const again = await ask('POST', `/api/alerts/a1/${step}`, body, tokens[role]);
    if (again.status === 409 && role === 'watch') expect(again.body).toHaveProperty('error.details.last.by');
  }
  const { state, history, clock } = await seen();
  expect(state).toBe('reported');
  const steps = (history ?? [])
    .map(({ what }) => what)
    .filter((what) => what !== 'verify' && what !== 'task');
  expect(steps).toEqual(
    ['received', ...life.map(([, step]) => step)].filter((what) => what !== 'verify' && what !== 'task'),
  );
  const ended = clock.segments.filter(({ endedAt }) => endedAt !== undefined);
  for (const { startedAt, endedAt, elapsedS } of ended)
    // Told to the tenth of a second.
    expect(Math.abs(elapsedS - (Date.parse(endedAt ?? '') - Date.parse(startedAt)) / 1000)).toBeLessThan(
      0.051,
    );
}

/** Acknowledgment is due within a second, so that the ladder is climbed while the test looks. */
function missionFile(): string {
  const file = join(temporaryFolder(), 'mission.json');
  writeFileSync(file, JSON.stringify({ clockTargets: { P1: { acknowledgeS: 1 } } }));
  return file;
}

describe('the life of an alert through kill -9 after every step', { timeout: 180_000 }, () => {
  it('loses nothing and no second of its clock on the embedded record', async () => {
    const env = { DATA_DIR: temporaryFolder(), MISSION: missionFile() };
    await dieAtEveryStep(await serverProcess(env), env);
  });

  it('nor on Redis that writes always', async () => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const env = {
      REDIS_URL: redis.url,
      REDIS_PREFIX: 'life',
      DATA_DIR: temporaryFolder(),
      MISSION: missionFile(),
    };
    await dieAtEveryStep(await serverProcess(env), env);
  });
});
