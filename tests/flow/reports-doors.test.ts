import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogPage } from '../../shared/model/watch-log.ts';
import { call, testServer } from '../support/test-server.ts';
import { openWireViewer } from '../support/wire-viewer.ts';
import { startRedis } from '../support/redis.ts';
import { until } from '../support/wait.ts';

/** Words as people and machines send them: any characters, controls and lone halves among them, and long ones. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constantFrom(
    '{',
    "'{name}'",
    '<script>alert(1)</script>',
    '=1+1',
    '\u202e',
    '🔥'.repeat(900),
    'x'.repeat(5_000),
  ),
);
const anyValue = fc.oneof(
  anyText,
  fc.integer(),
  fc.constant(null),
  fc.array(anyText, { maxLength: 3 }),
  fc.object({ maxDepth: 1 }),
);
const anyBody = (fields: readonly string[]) =>
  fc.oneof(
    fc.record(Object.fromEntries(fields.map((field) => [field, anyText]))),
    fc.record(Object.fromEntries(fields.map((field) => [field, anyValue])), { requiredKeys: [] }),
    anyValue,
  );

const doors: ReadonlyArray<readonly [method: string, path: string, fields: readonly string[]]> = [
  ['POST', '/api/watch-log', ['text', 'links', 'corrects', 'id']],
  ['POST', '/api/handover', ['notes', 'id']],
  ['POST', '/api/handover/x/sign', []],
  ['POST', '/api/rumours', ['claim', 'spread', 'alertId', 'id']],
  ['POST', '/api/rumours/r/answer', ['answer', 'status']],
  ['PUT', '/api/reports/flash-en-a', ['sections']],
  ['POST', '/api/crisis', ['on', 'name', 'reason']],
  ['POST', '/api/crisis/decisions', ['what', 'who', 'onWhat', 'when', 'id']],
];

describe('the doors of the watch', () => {
  it('answer anything with a result or a failure that has a code, and everything can be read and printed after it', async () => {
    const server = await testServer();
    const chief = await server.token('chief');
    const alert = { id: 'a', category: 'killing', channel: 'sms', text: 'x' };
    await server.call('POST', '/api/alerts', { token: chief, body: alert });
    await server.call('POST', '/api/rumours', {
      token: chief,
      body: { id: 'r', claim: 'c', spread: 's', alertId: 'a' },
    });
    await server.call('POST', '/api/crisis', { token: chief, body: { on: true, name: 'n', reason: 'r' } });
    for (const [method, path, fields] of doors) {
      await fc.assert(
        fc.asyncProperty(anyBody(fields), async (body) => {
          const answer = await server.call(method, path, { token: chief, body: JSON.stringify(body) });
          expect(answer.status).toBeLessThan(500);
          if (answer.status >= 400)
            expect(answer.body).toMatchObject({ error: { code: expect.any(String) as string } });
        }),
        { numRuns: 25 },
      );
    }
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const sections = { why: text };
        const saved = await server.call('PUT', '/api/reports/flash-en-a', {
          token: chief,
          body: { sections },
        });
        expect([200, 422]).toContain(saved.status);
      }),
      { numRuns: 25 },
    );
    for (const path of [
      '/api/watch-log?limit=500&lang=fr',
      '/api/handover/draft',
      '/api/handover',
      '/api/rumours',
      '/api/crisis',
      '/api/paper',
      '/api/impact',
    ]) {
      expect([path, (await server.call('GET', path, { token: chief })).status]).toEqual([path, 200]);
    }
    for (const format of ['json', 'html', 'docx']) {
      const answer = await server.call('GET', `/api/reports/flash/a?draft=1&format=${format}`, {
        token: chief,
      });
      expect([format, answer.status]).toEqual([format, 200]);
      if (format === 'html') expect(String(answer.body)).not.toContain('<script');
    }
  });
});

describe('what the watch writes', () => {
  it('is the same for every server of one record, over Redis, and after all of them were gone', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.remove());
    const env = { REDIS_URL: redis.url, REDIS_PREFIX: 'watch' };
    const [one, two] = [await testServer({ env }), await testServer({ env })];
    const watch = await one.token('watch');
    const alert = { id: 'a', category: 'attack-in-progress', channel: 'sms', text: 'x', lon: 1, lat: 1 };
    await one.call('POST', '/api/alerts', { token: watch, body: alert });
    await one.call('POST', '/api/alerts/a/acknowledge', { token: watch, body: {} });
    await one.call('POST', '/api/watch-log', { token: watch, body: { id: 'n', text: 'NOTE' } });
    await one.call('POST', '/api/reports/flash-en-a/sign', { token: watch, body: {} });
    const page = async (url: string): Promise<string[]> => {
      const { body } = await call(url, 'GET', '/api/watch-log', { token: watch });
      return (body as LogPage).lines.map(({ id, text }) => `${id} ${text}`);
    };
    const lines = await page(one.url);
    expect(lines).toHaveLength(4);
    await until(async () => (await page(two.url)).length === lines.length, {
      what: 'the log on the other server',
    });
    expect(await page(two.url)).toEqual(lines);
    await Promise.all([one.stop(), two.stop()]);
    const three = await testServer({ env });
    expect(await page(three.url)).toEqual(lines);
    const report = await three.call('GET', '/api/reports/flash/a', { token: watch });
    expect(report.body).toMatchObject({ state: 'signed', version: 1 });
  });

  it('shows analysts the units of now on the packed wire while a crisis is on, and those of then when it is over', async () => {
    const server = await testServer();
    const chief = await server.token('chief');
    const viewer = await openWireViewer(server.url, { token: await server.token('analyst') });
    await server.call('POST', '/api/positions', {
      token: await server.token('feed'),
      body: [{ unit: 'u1', time: new Date().toISOString(), lon: 1, lat: 1 }],
    });
    expect(viewer.held.units.size).toBe(0);
    await server.call('POST', '/api/crisis', { token: chief, body: { on: true, name: 'Kiza', reason: 'x' } });
    await until(() => viewer.held.units.has('u1'), { what: 'the unit of now' });
    await server.call('POST', '/api/crisis', { token: chief, body: { on: false, reason: 'x' } });
    await until(() => !viewer.held.units.has('u1'), { what: 'the unit to go again' });
  });
});
