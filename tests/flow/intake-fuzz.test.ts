import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { failures } from '../../shared/failure.ts';
import { temporaryFolder, testServer, type Answer, type TestServer } from '../support/test-server.ts';

const caller = '+447700900123';

/** Everything that a field may hold that should hold something else. */
const anything = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 1_600 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '🔥'.repeat(800),
      'ش'.repeat(1_600),
      '\u0000',
      '\ud800',
      -0,
      1e308,
      '__proto__',
    ),
  },
);

async function fuzzServer(): Promise<{ server: TestServer; feed: string; liaison: string }> {
  const secretFile = join(temporaryFolder(), 'secret');
  writeFileSync(secretFile, 'gateway-secret\n');
  const server = await testServer({
    mission: {
      country: 'GB',
      places: [{ id: 'v1', kind: 'village', name: 'Mabiri', lon: 1.5, lat: 1.5 }],
      gateways: {
        cap: [],
        sms: (['twilio', 'smssync', 'rapidpro'] as const).map((kind) => ({ kind, secretFile })),
      },
    },
  });
  const liaison = await server.token('liaison', { sectors: ['S1'] });
  return { server, feed: await server.token('feed'), liaison };
}

/** Taken, or refused as the sender's fault, with a code of the closed table and the field that is wrong. */
function mustBeClear({ status, body }: Answer): boolean {
  const { error } = (body ?? {}) as { error?: { code: string; message: string; field?: string } };
  if (status === 200 || status === 201) {
    expect(error).toBeUndefined();
    return true;
  }
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(Object.keys(failures)).toContain(error?.code);
  expect(error?.message).toEqual(expect.any(String));
  if (status === 422) expect(error?.field).toEqual(expect.any(String));
  return false;
}

/** Nothing that was taken is an entry that no server can read. */
async function mustStand(server: TestServer): Promise<void> {
  const { status, body } = await server.call('GET', '/health');
  expect([status, body]).toMatchObject([200, { status: 'ok', passedOver: 0, unreadableTexts: 0 }]);
}

/** Sends a body with one field after the other, or several, put wrong. */
function spoiled(good: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .dictionary(fc.constantFrom(...Object.keys(good), 'more', 'constructor'), anything, { maxKeys: 3 })
    .map((wrong) => ({ ...good, ...wrong }));
}

it('signals and focal points with any field wrong are taken or refused by code and field', async () => {
  const { server, liaison: token } = await fuzzServer();
  const signal = { id: 's', kind: 'bell', lon: 1, lat: 1, bearingDeg: 90, atMs: 1, text: 'bell' };
  const point = {
    number: caller,
    placeId: 'v1',
    languages: ['fr'],
    safeToCall: true,
    safeWhen: 'noon',
    codeWord: 'x',
  };
  const care = { id: 'c', kind: 'contact', text: 'well' };
  const { body } = await server.call('POST', '/api/focal-points', { token, body: point });
  const { pseudonym } = body as { pseudonym: string };
  const calls = fc.oneof(
    spoiled(signal).map((given) => ['POST', '/api/signals', given] as const),
    spoiled(point).map((given) => ['POST', '/api/focal-points', given] as const),
    spoiled(point).map((given) => ['PATCH', `/api/focal-points/${pseudonym}`, given] as const),
    spoiled(care).map((given) => ['POST', `/api/focal-points/${pseudonym}/care`, given] as const),
    anything.map((given) => ['POST', '/api/signals', given] as const),
    anything.map(
      (given) =>
        ['GET', `/api/focal-points/${encodeURIComponent(JSON.stringify(given))}`, undefined] as const,
    ),
  );
  await fc.assert(
    fc.asyncProperty(calls, async ([method, path, given]) => {
      const answer = await server.call(
        method,
        path,
        given === undefined ? { token } : { token, body: JSON.stringify(given) },
      );
      const isTaken = mustBeClear(answer);
      const { id } = (answer.body ?? {}) as { id?: string };
      if (isTaken && path === '/api/signals')
        expect(server.livePicture.picture.alerts.has(id ?? '')).toBe(true);
      expect(JSON.stringify(answer.body)).not.toContain('7700900123');
    }),
    { numRuns: 250, endOnFailure: true },
  );
  await mustStand(server);
});

it('what a message says arrives as it was written, whatever its letters, encoding, length and parts', async () => {
  const { server, feed: token } = await fuzzServer();
  const { alerts } = server.livePicture.picture;
  // Figures may be telephone numbers; control characters are nobody’s words.
  const letters = fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 1_600 }),
      fc.string({ unit: 'grapheme', minLength: 1_500, maxLength: 1_600 }),
    )
    .map((text) => text.replace(/[\p{Nd}\p{Cc}]/gu, ''));
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      letters,
      fc.constantFrom('generic', 'rapidpro', 'smssync', 'twilio'),
      async (text, gateway) => {
        const id = `m${++count}`;
        const form = {
          from: caller,
          From: caller,
          message: text,
          Body: text,
          message_id: id,
          MessageSid: id,
          secret: token,
        };
        const asForm = gateway === 'smssync' || gateway === 'twilio';
        const body = asForm
          ? new URLSearchParams(form).toString()
          : JSON.stringify({ id, from: caller, text, contact: { urn: caller }, input: { uuid: id, text } });
        expect((await server.call('POST', `/intake/sms/${gateway}`, { token, body })).status).toBe(200);
        expect([...alerts.values()].at(-1)?.report.text).toBe(text);
        expect(alerts.size).toBe(count);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
  // Cut anywhere, in the middle of an emoji too, and each part sent twice in any order.
  const parts = fc
    .tuple(letters, fc.integer({ min: 100, max: 160 }))
    .map(([text, most]) =>
      Array.from({ length: Math.max(2, Math.ceil(text.length / most)) }, (_, at) =>
        text.slice(at * most, (at + 1) * most),
      ),
    )
    .chain((texts) =>
      fc.tuple(
        fc.constant(texts),
        fc.shuffledSubarray([...texts.keys(), ...texts.keys()], { minLength: texts.length * 2 }),
      ),
    );
  await fc.assert(
    fc.asyncProperty(parts, async ([texts, order]) => {
      const reference = `r${++count}`;
      let alertId = '';
      for (const at of order) {
        const part = { reference, number: at + 1, total: texts.length };
        const body = { id: `${reference}-${at}`, from: caller, text: texts[at], part };
        const answer = await server.call('POST', '/intake/sms/generic', { token, body });
        expect(answer.status).toBe(200);
        const taken = (answer.body as { alertId: string }).alertId;
        if (alertId !== '') expect(taken).toBe(alertId);
        alertId = taken;
      }
      expect(alerts.get(alertId)?.report.text).toBe(texts.join(''));
    }),
    { numRuns: 10, endOnFailure: true },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 2_000 }),
      fc.constantFrom('utf-8', 'latin1', 'utf-16le', 'x-none', '"', 'gsm'),
      fc.constantFrom('generic', 'rapidpro', 'smssync', 'twilio'),
      async (bytes, charset, gateway) => {
        const start = Buffer.from(
          gateway === 'generic' ? '{"id":"x","from":"1","text":"' : `secret=${token}&message=`,
        );
        const body = Buffer.concat([start, bytes]);
        const headers = { 'content-type': `text/plain; charset=${charset}` };
        const answer = await server.call('POST', `/intake/sms/${gateway}`, { token, body, headers });
        if (gateway === 'smssync') expect([200, 401, 422]).toContain(answer.status);
        else mustBeClear(answer);
      },
    ),
    { numRuns: 120, endOnFailure: true },
  );
  await mustStand(server);
});

it('a signature that is played again brings nothing new, and none fits another message', async () => {
  const { server } = await fuzzServer();
  const send = (fields: Readonly<Record<string, string>>, signed = fields): Promise<Answer> => {
    const told = Object.entries(signed).sort(([a], [b]) => (a < b ? -1 : 1));
    const signature = createHmac('sha1', 'gateway-secret')
      .update(`${server.url}/intake/sms/twilio${told.flat().join('')}`)
      .digest('base64');
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': signature };
    return server.call('POST', '/intake/sms/twilio', {
      body: new URLSearchParams(fields).toString(),
      headers,
    });
  };
  const { alerts } = server.livePicture.picture;
  const word = fc.stringMatching(/^[a-zA-Z]{1,12}$/);
  let count = 0;
  await fc.assert(
    fc.asyncProperty(word, word, async (text, other) => {
      const fields = { MessageSid: `SM${++count}`, From: caller, Body: text };
      expect((await send(fields)).status).toBe(200);
      expect((await send(fields)).status).toBe(200);
      expect(alerts.size).toBe(count);
      // Moved from one field to the next, changed, or with a field more.
      for (const forged of [
        { ...fields, Body: `${text}${other}` },
        { ...fields, MessageSid: `${fields.MessageSid}x` },
        { ...fields, [`Z${other}`]: other },
      ]) {
        const answer = await send(forged, fields);
        expect([answer.status, answer.body]).toMatchObject([401, { error: { code: 'not-signed-in' } }]);
      }
      expect(alerts.size).toBe(count);
    }),
    { numRuns: 30, endOnFailure: true },
  );
  await mustStand(server);
});
