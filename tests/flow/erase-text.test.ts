import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { backUp } from '../../server/record/backup.ts';
import { readBackup } from '../../server/record/backup-file.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { startRedis } from '../support/redis.ts';
import { serverProcess } from '../support/server-process.ts';
import { call, temporaryFolder, testServer, type TestServer } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

const caller = '+447700900123';
const words = 'the priest hides nineteen under the altar';
const later = 'they moved to the schoolhouse';

interface Around {
  readonly env: Record<string, string>;
  /** Everything that lies on disk or in Redis. */
  readonly everything: () => Promise<string>;
}

function filesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

const kinds = {
  embedded: (): Promise<Around> => {
    const folder = temporaryFolder();
    return Promise.resolve({
      env: { DATA_DIR: folder },
      everything: () => Promise.resolve(filesIn(folder)),
    });
  },
  redis: async (): Promise<Around> => {
    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const folder = temporaryFolder();
    return {
      env: { REDIS_URL: redis.url, DATA_DIR: folder },
      everything: () => Promise.resolve(filesIn(redis.folder) + filesIn(folder)),
    };
  },
};

async function lookAt(url: string, token: string, id: string): Promise<AlertOut> {
  return (await call(url, 'GET', `/api/alerts/${id}`, { token })).body as AlertOut;
}

/** Where the words or the number stand, in any encoding that they could lie in. */
function standsIn(text: string): string[] {
  return [words, later, 'nineteen', 'altar', 'schoolhouse', '7700900123'].filter(
    (said) => text.includes(said) || text.includes(Buffer.from(said).toString('base64').slice(1, -4)),
  );
}

describe.each(['embedded', 'redis'] as const)('what a caller said, on the %s record', (kind) => {
  it('stands nowhere in the clear, outlives kill -9, and what is erased is gone after it', async () => {
    const { env, everything } = await kinds[kind]();
    const first = await testServer({ env });
    const [desk, chief] = [await first.token('admin'), await first.token('chief')];
    await first.stop();

    const killed = await serverProcess(env);
    const messages = [1, 2].map((at) => ({
      id: `m${at}`,
      from: caller,
      text: `${words} ${at}, call ${caller}`,
    }));
    const [gone = '', kept = ''] = await Promise.all(
      messages.map(async (body) => {
        const raised = await call(killed.url, 'POST', '/intake/sms/generic', { token: desk, body });
        return (raised.body as { alertId: string }).alertId;
      }),
    );
    const path = `/api/alerts/${gone}`;
    await call(killed.url, 'PATCH', path, { token: desk, body: { text: `${words}; ${later}` } });
    await call(killed.url, 'POST', `${path}/acknowledge`, { token: desk, body: {} });
    const report = `/api/reports/flash-en-${gone}`;
    const edits = { sections: { who: `The caller says: ${words}.` } };
    expect((await call(killed.url, 'PUT', report, { token: desk, body: edits })).status).toBe(200);
    expect((await call(killed.url, 'POST', `${report}/sign`, { token: desk, body: {} })).status).toBe(200);
    const quoted = JSON.stringify((await call(killed.url, 'GET', report, { token: desk })).body);
    expect([quoted.includes(later), quoted.includes('The caller says: the priest')]).toEqual([true, true]);
    const before = await lookAt(killed.url, desk, gone);
    expect(before.text).toBe(`${words}; ${later}`);
    const reason = `asked by ${caller}, no longer needed`;
    const erase = (url: string, token: string): Promise<{ status: number }> =>
      call(url, 'POST', `${path}/erase-text`, { token, body: { reason } });
    expect((await erase(killed.url, desk)).status).toBe(403);
    expect((await erase(killed.url, chief)).status).toBe(200);
    await killed.kill9();
    const left = await everything();
    expect(left).toContain('alert.text-erased');
    expect(standsIn(left)).toEqual([]);

    const server = await testServer({ env });
    expect((await lookAt(server.url, desk, kept)).text).toContain(`${words} 2, call FP-`);
    const after = await lookAt(server.url, desk, gone);
    expect(after).toMatchObject({
      text: '',
      textErasedAt: expect.any(String) as string,
      state: before.state,
    });
    const begun = ({ clock }: AlertOut): string[] => clock.segments.map(({ startedAt }) => startedAt);
    expect(begun(after)).toEqual(begun(before));
    expect(after).not.toHaveProperty('textUnreadable');
    // The gateway sends the same once more, the chief presses the button once more: nothing comes back.
    await server.call('POST', '/intake/sms/generic', { token: desk, body: messages[0] });
    expect((await erase(server.url, chief)).status).toBe(200);
    for (const place of [path, report, `${report}?version=1`, '/api/watch-log']) {
      const told = await server.call('GET', place, { token: desk });
      expect(told.status).toBe(200);
      expect(standsIn(JSON.stringify(told.body))).toEqual([]);
    }
    const rewritten = await server.call('PATCH', path, { token: desk, body: { text: words } });
    expect([rewritten.status, rewritten.body]).toMatchObject([
      409,
      { error: { code: 'conflict', field: 'text' } },
    ]);
    expect(standsIn(await everything())).toEqual([]);
  });

  it('is not in a backup in any way that opens, and snapshots hold it sealed', async () => {
    const { env } = await kinds[kind]();
    const server = await testServer({ env });
    const [token, chief] = [await server.token('feed'), await server.token('chief')];
    const texts = await Promise.all(
      [words, later].map(async (text, at) => {
        const body = { id: `m${at}`, from: caller, text };
        return (await server.call('POST', '/intake/sms/generic', { token, body })).body as {
          alertId: string;
        };
      }),
    );
    const [first, second] = texts.map(({ alertId }) => alertId);
    await server.livePicture.saveSnapshot({ writer: 'test' });
    const file = join(temporaryFolder(), 'backup');
    await backUp(server.record, file);
    const shelfKeys: string[] = [];
    const bodies: string[] = [];
    for await (const item of readBackup(file)) {
      if (item.kind === 'shelf') shelfKeys.push(item.key);
      if (item.kind === 'entry') bodies.push(Buffer.from(item.entry.body).toString());
    }
    expect(shelfKeys.some((key) => key.startsWith('source/'))).toBe(true);
    expect(shelfKeys.filter((key) => key.startsWith('source/text/'))).toEqual([]);
    expect(bodies.filter((body) => body.includes('"sealed":"'))).toHaveLength(2);
    expect(standsIn(bodies.join('\n'))).toEqual([]);
    await server.call('POST', `/api/alerts/${first}/erase-text`, { token: chief, body: { reason: 'asked' } });
    await server.stop();
    // From the snapshot, with the erasure behind it.
    const again = await testServer({ env });
    expect((await lookAt(again.url, chief, first ?? '')).text).toBe('');
    expect((await lookAt(again.url, chief, second ?? '')).text).toBe(later);
    expect((await again.call('GET', '/health')).body).toMatchObject({ sources: 'open', unreadableTexts: 0 });
  });
});

describe('two servers on one Redis', () => {
  it('read what came in at the other, and both drop what one erases', async () => {
    const { env } = await kinds.redis();
    const [a, b] = [await testServer({ env }), await testServer({ env })];
    const [feed, chief] = [await a.token('feed'), await a.token('chief')];
    const ids = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const body = { id: `m${at}`, from: caller, text: `${words} ${at}` };
        const taken = await (at % 2 ? a : b).call('POST', '/intake/sms/generic', { token: feed, body });
        return (taken.body as { alertId: string }).alertId;
      }),
    );
    for (const server of [a, b]) {
      await until(() => server.livePicture.picture.alerts.size === 20, { what: 'all alerts' });
      for (const [at, id] of ids.entries())
        expect((await lookAt(server.url, chief, id)).text).toBe(`${words} ${at}`);
    }
    const [id = ''] = ids;
    await a.call('POST', `/api/alerts/${id}/erase-text`, { token: chief, body: { reason: 'asked' } });
    await until(async () => (await lookAt(b.url, chief, id)).textErasedAt !== undefined, {
      what: 'b to know',
    });
    expect(standsIn(JSON.stringify(await lookAt(b.url, chief, id)))).toEqual([]);
    expect(standsIn(JSON.stringify(b.livePicture.picture.alerts.get(id)))).toEqual([]);
  });

  it('go on where one has another source key: it cannot read, says so, and counts', async () => {
    const { env } = await kinds.redis();
    const wrongKey = join(temporaryFolder(), 'key');
    writeFileSync(wrongKey, `${'ab'.repeat(32)}\n`);
    const right = await testServer({ env });
    const wrong = await testServer({ env: { ...env, SOURCE_KEY_FILE: wrongKey } });
    const [feed, watch, chief] = [
      await right.token('feed'),
      await right.token('watch'),
      await right.token('chief'),
    ];
    const send = async (server: TestServer, id: string, text: string): Promise<string> => {
      const body = { id, from: caller, text };
      const taken = await server.call('POST', '/intake/sms/generic', { token: feed, body });
      expect(taken.status).toBe(200);
      return (taken.body as { alertId: string }).alertId;
    };
    const first = await send(right, '1', words);
    const second = await send(wrong, '2', later);
    await until(() => [right, wrong].every(({ livePicture }) => livePicture.picture.alerts.size === 2), {
      what: 'both alerts on both',
    });
    expect(await lookAt(wrong.url, watch, first)).toMatchObject({ text: '', textUnreadable: true });
    expect((await lookAt(wrong.url, watch, second)).text).toBe(later);
    expect((await lookAt(right.url, watch, second)).text).toBe(later);
    expect((await wrong.call('GET', '/health')).body).toMatchObject({
      ...{ status: 'ok', sources: 'closed', sourceKey: 'wrong', unreadableTexts: 1 },
    });
    const answered = await wrong.call('POST', `/api/alerts/${first}/acknowledge`, { token: watch, body: {} });
    expect(answered.status).toBe(200);
    const body = { text: 'in other words' };
    const changed = await wrong.call('PATCH', `/api/alerts/${first}`, { token: watch, body });
    expect([changed.status, changed.body]).toMatchObject([503, { error: { code: 'sources-closed' } }]);
    // Erasing needs no key.
    const reason = { reason: 'asked' };
    await wrong.call('POST', `/api/alerts/${first}/erase-text`, { token: chief, body: reason });
    await until(async () => (await lookAt(right.url, watch, first)).textErasedAt !== undefined, {
      what: 'the other to know',
    });
    expect(
      standsIn(JSON.stringify((await right.call('GET', '/api/picture', { token: watch })).body)),
    ).toEqual([later].concat('schoolhouse'));
  });
});

it('words that are nobody’s private ones stay as they are, and roles that may not erase are refused', async () => {
  const server = await testServer();
  const token = await server.token('watch');
  const report = { category: 'displacement', text: words, channel: 'partner', lon: 1, lat: 1 };
  const { body } = await server.call('POST', '/api/alerts', { token, body: report });
  const { id } = body as AlertOut;
  expect(server.livePicture.picture.alerts.get(id)?.report).toMatchObject({ text: words });
  expect(server.livePicture.picture.alerts.get(id)?.report.sealed).toBeUndefined();
  const restricted = { ...report, id: 'r', restricted: 'child' };
  await server.call('POST', '/api/alerts', { token, body: restricted });
  expect(server.livePicture.picture.alerts.get('r')?.report.sealed).toEqual(expect.any(String));
  const reason = { reason: 'asked' };
  const asked = async (role: Parameters<TestServer['token']>[0], alertId: string): Promise<number> => {
    const own = await server.token(role, { sectors: ['S1'], units: ['u'] });
    return (await server.call('POST', `/api/alerts/${alertId}/erase-text`, { token: own, body: reason }))
      .status;
  };
  for (const role of [
    'watch',
    'admin',
    'sector',
    'patrol',
    'liaison',
    'wall',
    'feed',
    'command',
    'auditor',
  ] as const)
    expect(await asked(role, 'r')).toBe(403);
  expect([await asked('chief', 'r'), await asked('adviser', id)]).toEqual([403, 404]);
  expect([await asked('adviser', 'r'), await asked('dpo', id)]).toEqual([200, 200]);
  const audit = await server.call('GET', '/api/audit/sources', { token: await server.token('dpo') });
  expect(audit.body).toMatchObject({
    deeds: [
      { what: 'alert.text-erased', alertId: 'r', role: 'adviser', reason: 'asked' },
      { what: 'alert.text-erased', alertId: id, role: 'dpo' },
    ],
  });
  const seen = await server.call('GET', `/api/alerts/r`, { token: await server.token('adviser') });
  expect(seen.body).toMatchObject({ text: '', textErasedAt: expect.any(String) as string });
});
