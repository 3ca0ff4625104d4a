import { expect, it } from 'vitest';
import { wayDuty } from '../../server/open-ways.ts';
import { buildRoadGraph } from '../../server/roads/road-graph.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { roles, type Role } from '../../shared/role.ts';
import { testServer } from '../support/test-server.ts';

const startMs = Date.parse('2026-11-22T10:00:00Z');
const minuteMs = 60_000;

/** A server on a clock in the test's hands, with a patrol on its road and the watch over it. */
async function scene() {
  let nowMs = startMs;
  const server = await testServer({ nowMs: () => nowMs });
  const tokens = new Map<Role, string>();
  for (const role of roles)
    tokens.set(role, await server.token(role, { sectors: ['S1'], units: role === 'patrol' ? ['q1'] : [] }));
  const token = (role: Role): string => tokens.get(role) ?? '';
  const call = async (method: string, path: string, role: Role, body?: unknown) => {
    const answer = await server.call(method, path, { token: token(role), body });
    return { status: answer.status, body: answer.body as AlertOut & { error?: { code: string } } };
  };
  for (const id of ['q1', 'q2'])
    await call('PUT', `/api/units/${id}`, 'admin', { callsign: id, kind: 'patrol' });
  const { picture } = server.livePicture;
  const duty = wayDuty({
    roads: buildRoadGraph([]),
    mission: server.mission,
    picture: () => picture,
    submit: server.doors.submit,
    nowMs: () => nowMs,
  });
  return {
    server,
    call,
    look: async (id: string, role: Role) => (await call('GET', `/api/alerts/${id}`, role)).body,
    raise: async (more: object) =>
      (
        await call('POST', '/api/alerts', 'watch', {
          category: 'attack-in-progress',
          text: 'shots',
          channel: 'radio',
          ...more,
        })
      ).body.id,
    /** Some minutes pass; the unit stands where it stands, and is heard of. */
    stand: async (unit: string, lon: number, minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        nowMs += minuteMs;
        const time = new Date(nowMs).toISOString();
        await call('POST', '/api/positions', 'feed', [{ unit, time, lon, lat: 1.5 }]);
        await duty.run(new AbortController().signal);
      }
    },
  };
}

it('a unit that was sent and does not come is an alarm for those who sent it, and no position for the others', async () => {
  const { call, look, raise, stand, server } = await scene();
  const id = await raise({ lon: 1.6, lat: 1.5 });
  await stand('q1', 1.2, 1);
  for (const [step, body] of [
    ['task', { units: ['q1'] }],
    ['accept', { unit: 'q1' }],
    ['en-route', { unit: 'q1' }],
  ] as const)
    expect((await call('POST', `/api/alerts/${id}/${step}`, 'watch', body)).status).toBe(200);
  await stand('q1', 1.2, 12);

  const seen = await look(id, 'watch');
  expect(seen.tasks[0]).toMatchObject({
    unit: 'q1',
    expected: { via: 'road' },
    offWay: { why: 'halted' },
  });
  expect(seen.clock.segments.find(({ segment }) => segment === 'travel')?.targetS).toBeGreaterThan(600);
  const running = seen.clock.segments.filter(({ endedAt }) => endedAt === undefined);
  expect(running.map(({ segment }) => segment).sort()).toEqual(['diversion', 'report', 'travel']);
  expect((await look(id, 'patrol')).tasks).toHaveLength(1);
  expect((await look(id, 'command')).tasks[0]).toHaveProperty('expected');
  // Units are an hour late for an analyst: how far one is now would tell where it is.
  const analyst = await look(id, 'analyst');
  expect(analyst.tasks[0]).not.toHaveProperty('expected');
  expect(JSON.stringify(analyst.history)).not.toContain('etaS');
  expect((await look(id, 'wall')).tasks).toEqual([]);

  const log = await server.call('GET', '/api/watch-log?lang=fr', { token: await server.token('watch') });
  expect(JSON.stringify(log.body)).toContain('q1 est à l’arrêt');
  expect(JSON.stringify(log.body)).toContain('q1 attendue à');
  const theirs = await server.call('GET', '/api/watch-log?lang=fr', { token: await server.token('analyst') });
  expect(JSON.stringify(theirs.body)).toContain('q1 est à l’arrêt');
  expect(JSON.stringify(theirs.body)).not.toContain('attendue');

  // Whoever is called for it takes it over by name; a unit that arrives is offered for confirmation.
  await stand('q1', 1.6, 1);
  expect((await look(id, 'watch')).tasks[0]?.seemsThereSince).toBeDefined();
  const there = await call('POST', `/api/alerts/${id}/on-scene`, 'watch', { unit: 'q1' });
  expect(there.body.tasks[0]).not.toHaveProperty('offWay');
  expect(there.body.clock.segments.filter(({ endedAt }) => endedAt === undefined).map(({ segment }) => segment).sort()).toEqual(['hold', 'report']); // prettier-ignore
});

it('nothing that is found of a way leads to the place of a restricted record', async () => {
  const { call, look, raise, stand } = await scene();
  const id = await raise({ category: 'crsv', priority: 'P1', lon: 1.6012, lat: 1.5 });
  await stand('q2', 1.2, 1);
  await call('POST', `/api/alerts/${id}/task`, 'watch', { units: ['q2'] });
  for (const step of ['accept', 'en-route'])
    await call('POST', `/api/alerts/${id}/${step}`, 'watch', { unit: 'q2' });
  await stand('q2', 1.2, 2);
  const expected = async (role: Role) => (await look(id, role)).tasks[0]?.expected?.distanceM;
  const told = await expected('watch');
  expect(told).toBeGreaterThan(0);
  expect(await expected('adviser')).toBe(told);
  // The same as to any other place of the same cell.
  const other = await raise({ category: 'crsv', priority: 'P1', lon: 1.6492, lat: 1.549 });
  await call('POST', `/api/alerts/${other}/task`, 'watch', { units: ['q2'] });
  for (const step of ['accept', 'en-route'])
    await call('POST', `/api/alerts/${other}/${step}`, 'watch', { unit: 'q2' });
  await stand('q2', 1.2, 1);
  expect((await look(other, 'watch')).tasks[0]?.expected?.distanceM).toBe(told);
});

it('units are told to be ready before anybody is sent, by those who send, and the unit hears of it', async () => {
  const { call, look, raise } = await scene();
  const id = await raise({ lon: 1.6, lat: 1.5, sourceGrade: 'F' });
  const may: readonly Role[] = ['admin', 'watch', 'chief', 'sector'];
  for (const role of roles) {
    const { status } = await call('POST', `/api/alerts/${id}/prewarn`, role, { units: ['q1'] });
    expect([role, status]).toEqual([role, may.includes(role) ? 200 : 403]);
  }
  const seen = await look(id, 'watch');
  expect(seen).toMatchObject({ state: 'received', tasks: [], prewarned: [{ unit: 'q1' }] });
  expect(seen.history?.map(({ what }) => what)).toEqual(['received', 'prewarned']);
  // The patrol sees where and what, and neither what was said nor who told it.
  const patrol = await look(id, 'patrol');
  expect(patrol).toMatchObject({ lon: 1.6, prewarned: [{ unit: 'q1' }] });
  expect(patrol.prewarned?.[0]).not.toHaveProperty('by');
  expect(patrol).not.toHaveProperty('text');

  expect((await call('POST', `/api/alerts/${id}/prewarn`, 'watch', { units: ['no'] })).body.error?.code).toBe('unit-unknown'); // prettier-ignore
  expect((await call('POST', `/api/alerts/${id}/prewarn`, 'watch', {})).body.error?.code).toBe(
    'field-missing',
  );
  await call('POST', `/api/alerts/${id}/prewarn`, 'watch', { units: ['q2'] });
  await call('POST', `/api/alerts/${id}/prewarn/end`, 'watch', { unit: 'q1' });
  expect((await call('GET', `/api/alerts/${id}`, 'patrol')).status).toBe(404);
  // Who is tasked is told so; what was to be ready is ready.
  await call('POST', `/api/alerts/${id}/task`, 'watch', { units: ['q2'] });
  expect(await look(id, 'watch')).not.toHaveProperty('prewarned');

  // Of a restricted record no phone hears anything.
  const hidden = await raise({ category: 'crsv', lon: 1.6, lat: 1.5 });
  await call('POST', `/api/alerts/${hidden}/prewarn`, 'watch', { units: ['q1'] });
  expect((await call('GET', `/api/alerts/${hidden}`, 'patrol')).status).toBe(404);
});

it('no flash report is due of a restricted record, whenever it became one', async () => {
  const { call, look, raise } = await scene();
  const running = async (id: string) =>
    (await look(id, 'watch')).clock.segments
      .filter(({ endedAt }) => endedAt === undefined)
      .map(({ segment }) => segment);
  const born = await raise({ category: 'crsv', priority: 'P1', lon: 1.6, lat: 1.5 });
  await call('POST', `/api/alerts/${born}/acknowledge`, 'watch', {});
  expect(await running(born)).not.toContain('report');
  const id = await raise({ lon: 1.6, lat: 1.5 });
  await call('POST', `/api/alerts/${id}/acknowledge`, 'watch', {});
  expect(await running(id)).toContain('report');
  await call('PATCH', `/api/alerts/${id}`, 'watch', { restricted: 'child' });
  expect(await running(id)).not.toContain('report');
  expect(await running(id)).toContain('referral');
});
