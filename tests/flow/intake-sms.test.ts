import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { MissionFile } from '../../shared/model/mission.ts';
import { createLogger } from '../../server/diagnostics/logger.ts';
import { startRedis } from '../support/redis.ts';
import { temporaryFolder, testServer, type Answer, type TestServer } from '../support/test-server.ts';

const caller = '+447700900123';
/** Every way in which the number could be written somewhere. */
const spellings = ['7700900123', '7700 900 123', Buffer.from(caller).toString('base64').slice(0, 12)];

function secretFile(secret: string): string {
  const file = join(temporaryFolder(), 'secret');
  writeFileSync(file, `${secret}\n`);
  return file;
}

const places: MissionFile['places'] = [
  { id: 'v1', kind: 'village', name: 'Mabiri', lon: 1.5, lat: 1.5 },
  { id: 'v2', kind: 'village', name: 'Kolwa', lon: 11.5, lat: 1.5 },
];

function gatewayMission(): Partial<MissionFile> {
  return {
    country: 'GB',
    places,
    gateways: {
      cap: [],
      sms: [
        { kind: 'twilio', secretFile: secretFile('twilio-secret') },
        { kind: 'smssync', secretFile: secretFile('smssync-secret') },
        { kind: 'rapidpro', secretFile: secretFile('rapidpro-secret') },
      ],
    },
  };
}

async function alertsOf(server: TestServer): Promise<AlertOut[]> {
  const { body } = await server.call('GET', '/api/picture', { token: await server.token('watch') });
  return (body as { alerts: AlertOut[] }).alerts;
}

function form(fields: Readonly<Record<string, string>>): { body: string; headers: Record<string, string> } {
  return {
    body: new URLSearchParams(fields).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  };
}

function twilio(
  server: TestServer,
  fields: Readonly<Record<string, string>>,
  secret = 'twilio-secret',
): Promise<Answer> {
  const told = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const signature = createHmac('sha1', secret)
    .update(`${server.url}/intake/sms/twilio${told.flat().join('')}`)
    .digest('base64');
  const { body, headers } = form(fields);
  return server.call('POST', '/intake/sms/twilio', {
    body,
    headers: { ...headers, 'X-Twilio-Signature': signature },
  });
}

async function redisServer(): Promise<Record<string, string>> {
  const redis = await startRedis();
  onTestFinished(() => redis.remove());
  return { REDIS_URL: redis.url };
}

describe.each([
  ['embedded', () => Promise.resolve({})],
  ['redis', redisServer],
] as const)('text messages on the %s record', (_kind, settings) => {
  it('become one alert each, by four gateways, each answered as it expects, and again when they come again', async () => {
    const server = await testServer({ env: await settings(), mission: gatewayMission() });
    const feed = await server.token('feed');
    const sends: ReadonlyArray<readonly [() => Promise<Answer>, (answer: Answer) => void]> = [
      [
        () =>
          server.call('POST', '/intake/sms/generic', {
            token: feed,
            body: { id: 'm1', from: caller, text: 'shots at the market 🔥' },
          }),
        (answer) => expect(answer.body).toMatchObject({ alertId: expect.stringMatching(/^sms-/) as string }),
      ],
      [
        () => twilio(server, { MessageSid: 'SM1', From: caller, Body: 'they burn houses', NumMedia: '0' }),
        (answer) => expect(answer.body).toBe('<?xml version="1.0" encoding="UTF-8"?><Response></Response>'),
      ],
      [
        () =>
          server.call(
            'POST',
            '/intake/sms/smssync',
            form({ from: '07700900123', message: 'à l’aide', message_id: '7', secret: 'smssync-secret' }),
          ),
        (answer) => expect(answer.body).toEqual({ payload: { success: true, error: null } }),
      ],
      [
        () =>
          server.call('POST', '/intake/sms/rapidpro', {
            headers: { authorization: 'Token rapidpro-secret', 'content-type': 'application/json' },
            body: {
              contact: { uuid: 'c', name: 'X', urn: `tel:${caller}` },
              input: { uuid: 'i1', text: 'men with guns', type: 'msg' },
              run: { uuid: 'r1' },
            },
          }),
        (answer) => expect(answer.body).toMatchObject({ duplicate: expect.any(Boolean) as boolean }),
      ],
    ];
    for (const [send, holds] of [...sends, ...sends]) {
      const answer = await send();
      expect(answer.status).toBe(200);
      holds(answer);
    }
    const alerts = await alertsOf(server);
    expect(alerts.map(({ text }) => text).sort()).toEqual(
      ['shots at the market 🔥', 'they burn houses', 'à l’aide', 'men with guns'].sort(),
    );
    expect(new Set(alerts.map(({ source }) => source)).size).toBe(1);
    expect(alerts[0]).toMatchObject({
      channel: 'sms',
      source: expect.stringMatching(/^FP-[0-9A-Z]{3}$/) as string,
      sourceGrade: 'F',
      infoGrade: 6,
    });
  });

  it('keep the number from data, logs and every answer, also where the text repeats it', async () => {
    const folder = temporaryFolder();
    const lines: string[] = [];
    const log = createLogger('trace', { write: (line: string) => void lines.push(line) });
    const env = { DATA_DIR: folder, ...(await settings()) };
    const server = await testServer({ env, mission: gatewayMission(), log });
    const feed = await server.token('feed');
    const answers: Answer[] = [];
    const ask = async (...call: Parameters<TestServer['call']>): Promise<Answer> => {
      const answer = await server.call(...call);
      answers.push(answer);
      return answer;
    };
    const text = `call me on 07700900123 or ${caller}, not 1.5 29.123456`;
    await ask('POST', '/intake/sms/generic', { token: feed, body: { id: 'a', from: caller, text } });
    await ask('POST', '/intake/sms/generic', { token: feed, body: { id: 'b', from: caller, text: 5 } });
    await ask('POST', '/intake/sms/generic', { token: feed, body: `{"from": "${caller}", "text": nonsense` });
    await ask('POST', '/intake/call', { token: feed, body: { from: caller } });
    const liaison = await server.token('liaison', { sectors: ['S1'] });
    const point = { number: caller, placeId: 'v1', safeToCall: true, codeWord: 'mango' };
    await ask('POST', '/api/focal-points', { token: liaison, body: point });
    await ask('POST', '/api/focal-points', { token: liaison, body: { ...point, placeId: 'v2' } });
    const reason = `to call ${caller} back`;
    const pseudonym = (await alertsOf(server))[0]?.source ?? '';
    const opened = await server.call('POST', `/api/focal-points/${pseudonym}/open`, {
      token: liaison,
      body: { reason },
    });
    expect(opened.body).toEqual({ pseudonym, number: caller, codeWord: 'mango' });
    for (const role of ['watch', 'dpo', 'liaison', 'feed'] as const) {
      const token = await server.token(role, { sectors: ['S1'] });
      for (const path of ['/api/picture', '/api/focal-points', '/api/audit/sources', '/api/log', '/health'])
        await ask('GET', path, { token });
    }
    const backup = server.record.kind === 'redis' ? await everythingIn(server) : [];
    await server.stop();
    const told = answers.map((answer) => JSON.stringify(answer.body)).join('\n');
    expect(told).toContain(pseudonym);
    expect(told).toContain('29.123456');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
    for (const spelling of spellings) {
      for (const place of [told, lines.join('\n'), ...files, ...backup])
        expect(place.includes(spelling)).toBe(false);
    }
    expect(lines.length).toBeGreaterThan(0);
    for (const place of [...files, ...backup]) expect(place.includes('mango')).toBe(false);
  });

  it('make one alert of the parts of a message in any order, and of several calls of one caller', async () => {
    const server = await testServer({ env: await settings(), mission: gatewayMission() });
    const token = await server.token('feed');
    const part = (number: number, text: string): Promise<Answer> =>
      server.call('POST', '/intake/sms/generic', {
        token,
        body: { id: `p${number}`, from: caller, text, part: { reference: '17', number, total: 3 } },
      });
    await part(2, 'cross the river ');
    const [first] = await alertsOf(server);
    expect(first?.text).toBe('cross the river ');
    await Promise.all([part(3, 'now'), part(1, 'Forty men ')]);
    await part(3, 'now');
    expect(await alertsOf(server)).toMatchObject([{ id: first?.id, text: 'Forty men cross the river now' }]);

    const ring = (id: string): Promise<Answer> =>
      server.call('POST', '/intake/call', { token, body: { id, from: caller } });
    await ring('c1');
    await Promise.all([ring('c2'), ring('c3')]);
    await ring('c2');
    const calls = (await alertsOf(server)).filter(({ channel }) => channel === 'missed-call');
    expect(calls).toMatchObject([{ calls: 3, priority: 'P2', text: '' }]);
  });
});

describe('a caller', () => {
  it('who is a focal point calls from the village; the liaison of the area alone may open who it is', async () => {
    const server = await testServer({ mission: gatewayMission() });
    const liaison = await server.token('liaison', { sectors: ['S1'], name: 'Amina' });
    const other = await server.token('liaison', { sectors: ['S2'] });
    const body = {
      number: '07700900123',
      placeId: 'v1',
      languages: ['sw'],
      safeToCall: true,
      sourceGrade: 'B',
    };
    const registered = await server.call('POST', '/api/focal-points', { token: liaison, body });
    expect([registered.status, registered.body]).toMatchObject([201, { placeId: 'v1', sector: 'S1' }]);
    expect((await server.call('POST', '/api/focal-points', { token: liaison, body })).status).toBe(200);
    const { pseudonym } = registered.body as { pseudonym: string };
    await server.call('POST', '/intake/sms/generic', {
      token: await server.token('feed'),
      body: { id: '1', from: caller, text: 'they are coming' },
    });
    const [alert] = await alertsOf(server);
    expect(alert).toMatchObject({ source: pseudonym, placeId: 'v1', sector: 'S1', sourceGrade: 'B' });
    expect(alert?.clock.segments.map(({ segment }) => segment)).toContain('feedback');

    const open = async (token: string): Promise<number> =>
      (
        await server.call('POST', `/api/focal-points/${pseudonym}/open`, {
          token,
          body: { reason: 'call back' },
        })
      ).status;
    expect(await open(other)).toBe(404);
    for (const role of ['watch', 'chief', 'admin', 'sector', 'adviser', 'dpo'] as const)
      expect(await open(await server.token(role, { sectors: ['S1'] }))).toBe(403);
    expect(await open(liaison)).toBe(200);
    const audit = await server.call('GET', '/api/audit/sources', { token: await server.token('auditor') });
    expect(audit.body).toMatchObject({
      deeds: [
        { what: 'source.registered', pseudonym, by: 'Amina' },
        { what: 'source.opened', pseudonym, by: 'Amina', reason: 'call back' },
      ],
    });
    const desk = await server.call('GET', '/api/focal-points', { token: await server.token('watch') });
    expect(desk.body).toEqual({ focalPoints: [{ pseudonym, sector: 'S1' }] });
    for (const role of ['sector', 'adviser', 'command', 'analyst', 'wall'] as const) {
      const seen = await server.call('GET', '/api/picture', {
        token: await server.token(role, { sectors: ['S1'] }),
      });
      expect(JSON.stringify(seen.body)).not.toContain(pseudonym);
    }

    const note = { id: 'n1', kind: 'threat-against', text: `seen near ${caller}` };
    await server.call('POST', `/api/focal-points/${pseudonym}/care`, { token: liaison, body: note });
    const cared = await server.call('POST', `/api/focal-points/${pseudonym}/care`, {
      token: liaison,
      body: note,
    });
    expect(cared.body).toMatchObject({ care: [{ kind: 'threat-against', text: `seen near ${pseudonym}` }] });
    expect(
      (await server.call('POST', `/api/focal-points/${pseudonym}/withdraw`, { token: liaison })).status,
    ).toBe(204);
    expect(await open(liaison)).toBe(404);
    await server.call('POST', '/intake/sms/generic', {
      token: await server.token('feed'),
      body: { id: '2', from: caller, text: 'again' },
    });
    const again = (await alertsOf(server)).find(({ text }) => text === 'again');
    expect(again?.source).toMatch(/^FP-/);
    expect(again?.source).not.toBe(pseudonym);
  });

  it('without a key for the sources is heard all the same', async () => {
    const folder = temporaryFolder();
    const env = { DATA_DIR: folder, SOURCE_KEY_FILE: join(temporaryFolder(), 'key') };
    const first = await testServer({ env, mission: gatewayMission() });
    await first.stop();
    writeFileSync(env.SOURCE_KEY_FILE, `${'ab'.repeat(32)}\n`);
    const server = await testServer({ env, mission: gatewayMission() });
    const token = await server.token('feed');
    const body = { id: '1', from: caller, text: `help, ${caller}` };
    await server.call('POST', '/intake/sms/generic', { token, body });
    await server.call('POST', '/intake/sms/generic', { token, body });
    expect(await alertsOf(server)).toMatchObject([{ text: 'help, […]' }]);
    expect((await alertsOf(server))[0]).not.toHaveProperty('source');
    const list = await server.call('GET', '/api/focal-points', { token: await server.token('watch') });
    expect([list.status, list.body]).toMatchObject([503, { error: { code: 'sources-closed' } }]);
  });
});

describe('a gateway', () => {
  it('that does not show its secret is refused, and told so in its own form', async () => {
    const server = await testServer({ mission: gatewayMission() });
    const message = { MessageSid: 'SM1', From: caller, Body: 'x' };
    expect((await twilio(server, message, 'guessed')).status).toBe(401);
    const sync = await server.call(
      'POST',
      '/intake/sms/smssync',
      form({ from: caller, message: 'x', message_id: '1', secret: 'guessed' }),
    );
    expect([sync.status, sync.body]).toMatchObject([401, { payload: { success: false } }]);
    const watch = await server.token('watch');
    for (const token of [undefined, 'guessed', watch]) {
      const answer = await server.call('POST', '/intake/sms/generic', {
        ...(token === undefined ? {} : { token }),
        body: { id: '1', from: caller, text: 'x' },
      });
      expect(answer.status).toBe(token === watch ? 403 : 401);
    }
    expect(await alertsOf(server)).toEqual([]);
  });

  it('is never the reason that a message is lost, whatever its letters are', async () => {
    const server = await testServer({ mission: gatewayMission() });
    const token = await server.token('feed');
    const latin = Buffer.from('{"id":"1","from":"+447700900123","text":"attaque à l\u2019est"}', 'latin1');
    await server.call('POST', '/intake/sms/generic', { token, body: latin });
    await server.call('POST', '/intake/sms/smssync', {
      body: `from=07700900123&message=br%FBl%E9&message_id=2&secret=smssync-secret`,
    });
    const texts = (await alertsOf(server)).map(({ text }) => text);
    expect(texts).toContain('brûlé');
    expect(texts.some((text) => text?.startsWith('attaque à'))).toBe(true);
  });

  it('may send anything: it is taken as one alert or refused as its own fault, and never fails here', async () => {
    const server = await testServer({ mission: gatewayMission() });
    const token = await server.token('feed');
    const anything = fc.oneof(fc.string({ unit: 'binary', maxLength: 1_600 }), fc.jsonValue());
    const paths = fc.constantFrom(
      ...['/intake/sms/generic', '/intake/sms/rapidpro', '/intake/sms/smssync'],
      ...['/intake/sms/twilio', '/intake/call', '/intake/call/rapidpro', '/intake/call/twilio'],
    );
    await fc.assert(
      fc.asyncProperty(paths, anything, anything, anything, async (path, id, from, text) => {
        const asForm = /smssync|twilio/.test(path);
        const fields = { id, from, text, From: from, Body: text, message: text, secret: token };
        const body = asForm
          ? Object.entries(fields)
              .map(
                ([name, value]) =>
                  `${name}=${encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : JSON.stringify(value))}`,
              )
              .join('&')
          : JSON.stringify({ ...fields, part: text, contact: { urn: from }, input: id });
        const answer = await server.call('POST', path, { token, body });
        expect([200, 400, 413, 422]).toContain(answer.status);
      }),
      { numRuns: 300 },
    );
    const long = 'ш🔥'.repeat(800);
    const body = { id: 'long', from: caller, text: long };
    await server.call('POST', '/intake/sms/generic', { token, body });
    expect((await alertsOf(server)).some(({ text }) => text === long)).toBe(true);
  });
});

/** Everything that the record holds, as a backup would write it. */
async function everythingIn(server: TestServer): Promise<string[]> {
  const parts: string[] = [];
  for await (const { body } of server.record.read(0)) parts.push(Buffer.from(body).toString('latin1'));
  for (const [key, value] of await server.record.shelf.list('source/'))
    parts.push(key, Buffer.from(value).toString('latin1'));
  return parts;
}
