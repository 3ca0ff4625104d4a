import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sendText } from '../../server/feeds/sms/outgoing.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { startRedis } from '../support/redis.ts';
import { freePort, serverProcess } from '../support/server-process.ts';
import { sectors } from '../support/random-picture.ts';
import { startGateway, type TestGateway } from '../support/sms-gateway.ts';
import { temporaryFolder, testServer, type Answer, type TestServer } from '../support/test-server.ts';
import { until } from '../support/wait.ts';

const caller = '+447700900123';
const mission = {
  country: 'GB',
  places: [{ id: 'v1', kind: 'village' as const, name: 'Mabiri', lon: 1.5, lat: 1.5 }],
};

/** A focal point that is safe to tell has written; answers the id of the alert. */
async function written(server: TestServer, text = 'men with guns near Mabiri', id = 'm1'): Promise<string> {
  const liaison = await server.token('liaison', { sectors: ['S1'] });
  const point = { number: caller, placeId: 'v1', safeToCall: true, languages: ['sw', 'fr'] };
  await server.call('POST', '/api/focal-points', { token: liaison, body: point });
  const body = { id, from: caller, text };
  const taken = await server.call('POST', '/intake/sms/generic', { token: await server.token('feed'), body });
  return (taken.body as { alertId: string }).alertId;
}

async function tell(
  server: TestServer,
  token: string,
  id: string,
  template = 'received',
): Promise<[number, unknown]> {
  const { status, body } = await server.call('POST', `/api/alerts/${id}/feedback`, {
    token,
    body: { template },
  });
  return [status, body];
}

async function told(
  server: TestServer,
  token: string,
  id: string,
): Promise<NonNullable<AlertOut['feedback']>> {
  const { body } = await server.call('GET', `/api/alerts/${id}`, { token });
  return (body as AlertOut).feedback ?? [];
}

async function withGateway(): Promise<{
  server: TestServer;
  gateway: TestGateway;
  skip: (s: number) => void;
}> {
  const gateway = await startGateway();
  let skippedMs = 0;
  const env = { SMS_SEND_URL_GENERIC: gateway.url, SMS_SEND_SECRET_GENERIC: 'gateway-secret' };
  const server = await testServer({ env, mission, nowMs: () => Date.now() + skippedMs });
  return { server, gateway, skip: (s) => void (skippedMs += s * 1_000) };
}

describe('a caller who is marked safe', () => {
  it('is told once in neutral words, however the gateway fails on the way', async () => {
    const { server, gateway, skip } = await withGateway();
    const watch = await server.token('watch');
    const id = await written(server);
    gateway.mood = 500;
    expect((await tell(server, watch, id))[0]).toBe(200);
    expect((await tell(server, watch, id))[0]).toBe(200);
    await until(() => gateway.requests.length === 1, { what: 'the first try' });
    gateway.mood = 'takes-and-drops';
    skip(10);
    await until(() => gateway.requests.length === 2, { what: 'the second try' });
    expect(await told(server, watch, id)).toMatchObject([
      { template: 'received', state: 'queued', language: 'fr' },
    ]);
    gateway.mood = 200;
    skip(20);
    await until(async () => (await told(server, watch, id))[0]?.state === 'sent', { what: 'it to be sent' });
    expect([...gateway.delivered.values()]).toEqual([
      { to: caller, text: 'Votre message est bien reçu. Merci. Pour ne plus rien recevoir\u00a0: STOP' },
    ]);
    expect(new Set(gateway.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(gateway.requests[0]?.headers.authorization).toBe('Bearer gateway-secret');
    const alert = (await server.call('GET', `/api/alerts/${id}`, { token: watch })).body as AlertOut;
    const clock = alert.clock.segments.find(({ segment }) => segment === 'feedback');
    expect(clock?.endedAt).toEqual(expect.any(String));
    skip(3_600);
    expect((await tell(server, watch, id))[0]).toBe(200);
    expect(await told(server, watch, id)).toHaveLength(1);
  });

  it('hears nothing after the stop word, nor a message that waited when it came', async () => {
    const { server, gateway, skip } = await withGateway();
    const watch = await server.token('watch');
    const id = await written(server);
    gateway.mood = 503;
    await tell(server, watch, id, 'help-coming');
    await until(() => gateway.requests.length === 1, { what: 'the first try' });
    await written(server, ' stop! ', 'm2');
    gateway.mood = 200;
    skip(60);
    await until(async () => (await told(server, watch, id))[0]?.state === 'failed', {
      what: 'it to be given up',
    });
    expect(gateway.delivered.size).toBe(0);
    expect(await tell(server, watch, id, 'closed')).toMatchObject([
      409,
      { error: { code: 'sender-not-safe' } },
    ]);
  });

  it('is told by those who may only; of a restricted record by an adviser; others never', async () => {
    const { server, gateway, skip } = await withGateway();
    const id = await written(server);
    const adviser = await server.token('adviser');
    for (const role of ['admin', 'sector', 'patrol', 'wall', 'command', 'analyst', 'dpo', 'feed'] as const)
      expect((await tell(server, await server.token(role, { sectors: ['S1'] }), id))[0]).toBe(403);
    expect((await tell(server, await server.token('liaison', { sectors: ['S2'] }), id))[0]).toBe(404);
    const watch = await server.token('watch');
    const stranger = await server.call('POST', '/intake/sms/generic', {
      token: await server.token('feed'),
      body: { id: 's', from: '+447700900999', text: 'help' },
    });
    const { alertId } = stranger.body as { alertId: string };
    expect((await tell(server, watch, alertId))[1]).toMatchObject({ error: { code: 'sender-not-safe' } });
    await server.call('PATCH', `/api/alerts/${id}`, { token: watch, body: { restricted: 'child' } });
    expect((await tell(server, watch, id))[0]).toBe(403);
    expect((await tell(server, adviser, id))[0]).toBe(200);
    await until(async () => (await told(server, adviser, id))[0]?.state === 'sent', {
      what: 'it to be sent',
    });
    const seen = (await server.call('GET', `/api/alerts/${id}`, { token: adviser })).body as AlertOut;
    expect(seen).not.toHaveProperty('source');
    expect(await told(server, watch, id)).toEqual([]);
    // What a gateway will never take is not tried for ever, and another may be sent.
    gateway.mood = 400;
    await tell(server, adviser, id, 'closed');
    const second = async (): Promise<unknown> => (await told(server, adviser, id))[1];
    await until(async () => JSON.stringify(await second()).includes('failed'), { what: 'it to be refused' });
    gateway.mood = 200;
    skip(1);
    await tell(server, adviser, id, 'closed');
    await until(async () => (await told(server, adviser, id))[2]?.state === 'sent', {
      what: 'the other one',
    });
    expect(JSON.stringify(await told(server, adviser, id))).not.toContain('7700900123');
  });
});

it('a leader killed while a gateway has taken the message is followed by one who sends the same again', async () => {
  const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  onTestFinished(() => redis.remove());
  const gateway = await startGateway();
  const missionFile = join(temporaryFolder(), 'mission.json');
  writeFileSync(missionFile, JSON.stringify({ name: 'Test mission', sectors, ...mission }));
  const env = { REDIS_URL: redis.url, SMS_SEND_URL_GENERIC: gateway.url };
  const a = await serverProcess({ ...env, DATA_DIR: temporaryFolder(), MISSION: missionFile });
  const b = await testServer({ env, mission });
  const watch = await b.token('watch');
  const id = await written(b);
  gateway.mood = 'takes-and-hangs';
  await tell(b, watch, id);
  await until(() => gateway.requests.length === 1, { what: 'the try of the leader', timeoutMs: 15_000 });
  await a.kill9();
  gateway.mood = 200;
  await until(async () => (await told(b, watch, id))[0]?.state === 'sent', {
    what: 'the other to send it',
    timeoutMs: 20_000,
  });
  expect(gateway.requests.length).toBeGreaterThan(1);
  expect(gateway.delivered.size).toBe(1);
});

it('a telephone with SMSSync asks for its messages, has each once it says so, and shows its secret', async () => {
  const secretFile = join(temporaryFolder(), 'secret');
  writeFileSync(secretFile, 'smssync-secret\n');
  const gateways = { cap: [], sms: [{ kind: 'smssync' as const, secretFile }] };
  const server = await testServer({ mission: { ...mission, gateways } });
  const watch = await server.token('watch');
  await written(server);
  const form = { from: caller, message: 'again', message_id: '1', secret: 'smssync-secret' };
  const path = '/intake/sms/smssync';
  await server.call('POST', path, { body: new URLSearchParams(form).toString() });
  const id = [...server.livePicture.picture.alerts.keys()].at(-1) ?? '';
  await tell(server, watch, id, 'passed-on');
  const ask = async (secret = 'smssync-secret'): Promise<Answer> =>
    server.call('GET', `${path}?task=send&secret=${secret}`);
  expect((await ask('guessed')).status).toBe(401);
  const first = await ask();
  expect(first.body).toMatchObject({
    payload: { task: 'send', messages: [{ to: caller, uuid: expect.any(String) as string }] },
  });
  expect((await ask()).body).toEqual(first.body);
  const { payload } = first.body as { payload: { messages: Array<{ uuid: string }> } };
  const uuids = payload.messages.map(({ uuid }) => uuid);
  const sent = (secret: string): Promise<Answer> =>
    server.call('POST', `${path}?task=sent&secret=${secret}`, { body: { queued_messages: uuids } });
  expect((await sent('guessed')).status).toBe(401);
  expect((await sent('smssync-secret')).body).toEqual({ message_uuids: uuids });
  expect((await ask()).body).toMatchObject({ payload: { messages: [] } });
  expect(await told(server, watch, id)).toMatchObject([{ template: 'passed-on', state: 'sent' }]);
});

it('each gateway gets its own form', async () => {
  const gateway = await startGateway();
  const message = { id: 'X1', to: caller, text: 'Merci.' };
  const at = (path: string): string => gateway.url.replace('/send', path);
  const signal = new AbortController().signal;
  const rapidpro = { kind: 'rapidpro', url: at('/api/v2/broadcasts.json'), secret: 'token' } as const;
  const account = '/2010-04-01/Accounts/AC1/Messages.json';
  const twilio = { kind: 'twilio', url: at(`${account}?From=%2B447700900001`), secret: 'auth' } as const;
  for (const one of [rapidpro, twilio])
    expect(await sendText(one, message, signal)).toEqual({ state: 'sent' });
  const [first, second] = gateway.requests;
  expect(JSON.parse(first?.body ?? '')).toEqual({ urns: [`tel:${caller}`], text: 'Merci.' });
  expect(first?.headers.authorization).toBe('Token token');
  expect([second?.path, second?.body]).toEqual([
    account,
    'From=%2B447700900001&To=%2B447700900123&Body=Merci.',
  ]);
  expect(second?.headers.authorization).toBe(`Basic ${Buffer.from('AC1:auth').toString('base64')}`);
  const gone = { ...rapidpro, url: 'http://127.0.0.1:9/' };
  expect(await sendText(gone, message, signal)).toMatchObject({ state: 'later' });
});

it('a gateway says later that a message has arrived, or has not: then the clock of the caller runs again', async () => {
  const { server, gateway, skip } = await withGateway();
  const [watch, feed] = [await server.token('watch'), await server.token('feed')];
  const id = await written(server);
  const segments = async (): Promise<Array<boolean>> => {
    const { body } = await server.call('GET', `/api/alerts/${id}`, { token: watch });
    const runs = (body as AlertOut).clock.segments.filter(({ segment }) => segment === 'feedback');
    return runs.map(({ endedAt }) => endedAt === undefined);
  };
  const receipt = async (message: string, state: string, token: string | undefined = feed): Promise<Answer> =>
    server.call('POST', '/intake/sms/generic/receipts', {
      ...(token ? { token } : {}),
      body: { id: message, state },
    });
  await tell(server, watch, id);
  await until(async () => (await told(server, watch, id))[0]?.state === 'sent', { what: 'it to be sent' });
  const [message = ''] = gateway.delivered.keys();
  expect((await receipt(message, 'delivered', '')).status).toBe(401);
  expect((await receipt(message, 'lost')).body).toMatchObject({ error: { field: 'state' } });
  expect((await receipt('another', 'delivered')).body).toEqual({ noted: false });
  expect((await receipt(message, 'undelivered')).body).toEqual({ noted: true });
  expect((await told(server, watch, id))[0]?.state).toBe('undelivered');
  expect(await segments()).toEqual([false, true]);
  // It may be said again; what arrives late after all is told too, and is not taken back.
  skip(1);
  expect((await tell(server, watch, id))[0]).toBe(200);
  await until(async () => (await told(server, watch, id))[1]?.state === 'sent', { what: 'the second one' });
  expect(await segments()).toEqual([false, false]);
  await receipt(message, 'delivered');
  await receipt(message, 'undelivered');
  expect((await told(server, watch, id)).map(({ state }) => state)).toEqual(['delivered', 'sent']);
});

it('Twilio is told where to report, and is believed by its signature only', async () => {
  const gateway = await startGateway();
  const secretFile = join(temporaryFolder(), 'secret');
  writeFileSync(secretFile, 'twilio-secret\n');
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const env = {
    PORT: `${port}`,
    PUBLIC_URL: publicUrl,
    SMS_SEND_URL_TWILIO: gateway.url.replace('/send', '/2010-04-01/Accounts/AC1/Messages.json?From=+44'),
  };
  const gateways = { cap: [], sms: [{ kind: 'twilio' as const, secretFile }] };
  const server = await testServer({ env, mission: { ...mission, gateways } });
  const watch = await server.token('watch');
  await written(server);
  const signed = async (
    path: string,
    form: Record<string, string>,
    secret = 'twilio-secret',
  ): Promise<Answer> => {
    const said = Object.keys(form).sort().map((name) => name + form[name]).join(''); // prettier-ignore
    const signature = createHmac('sha1', secret).update(`${publicUrl}${path}${said}`).digest('base64');
    return server.call('POST', path, {
      body: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
    });
  };
  await signed('/intake/sms/twilio', { MessageSid: 'SM1', From: caller, Body: 'men with guns again' });
  const id =
    [...server.livePicture.picture.alerts.values()].find((one) => one.gateway === 'twilio')?.id ?? '';
  await tell(server, watch, id);
  await until(async () => (await told(server, watch, id))[0]?.state === 'sent', { what: 'it to be sent' });
  const form = new URLSearchParams(gateway.requests.at(-1)?.body);
  const path = new URL(form.get('StatusCallback') ?? '').pathname;
  expect(path).toMatch(/^\/intake\/sms\/twilio\/receipts\/.+/);
  expect(path).not.toContain('447700');
  expect((await signed(path, { MessageStatus: 'delivered' }, 'guessed')).status).toBe(401);
  expect((await signed(path, { MessageStatus: 'sending' })).body).toEqual({ noted: false });
  expect((await signed(path, { MessageStatus: 'delivered' })).body).toEqual({ noted: true });
  expect((await told(server, watch, id))[0]?.state).toBe('delivered');
});
