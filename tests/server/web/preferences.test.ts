import { describe, expect, it } from 'vitest';
import { preferencesSchema, readPreferences } from '../../../shared/model/preferences.ts';
import { roles } from '../../../shared/role.ts';
import { createToken } from '../../../server/identity/tokens.ts';
import { testServer } from '../../support/test-server.ts';

const fresh = readPreferences(undefined);

describe('preferences', () => {
  it('are kept for an account of every role, part by part, and are the same at its next sign-in', async () => {
    const server = await testServer();
    for (const role of roles) {
      const token = await server.token(role);
      expect((await server.call('GET', '/api/session', { token })).body).toMatchObject({
        preferences: fresh,
      });
      await server.call('PUT', '/api/preferences', { token, body: { theme: 'bright', language: 'fr' } });
      const sound = { ...fresh.sound, quietFrom: '22:00', quietTo: '05:30' };
      const changed = await server.call('PUT', '/api/preferences', { token, body: { sound } });
      const now = { ...fresh, theme: 'bright', language: 'fr', sound };
      expect(changed).toMatchObject({ status: 200, body: now });
      const cookie = await server.call('POST', '/api/session', { body: { token } });
      expect(cookie.body).toMatchObject({ preferences: now });
    }
  });

  it('are one account’s own', async () => {
    const server = await testServer();
    const [one, other] = [await server.token('watch'), await server.token('watch')];
    await server.call('PUT', '/api/preferences', { token: one, body: { light: true } });
    const session = await server.call('GET', '/api/session', { token: other });
    expect(session.body).toMatchObject({ preferences: { light: false } });
  });

  it('keep both of two changes that come at once', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const patches = [{ theme: 'bright' }, { clock: 'local' }, { light: true }, { trailMinutes: 60 }];
    await Promise.all(patches.map((body) => server.call('PUT', '/api/preferences', { token, body })));
    const { body } = await server.call('GET', '/api/session', { token });
    expect(body).toMatchObject({ preferences: Object.assign({}, fresh, ...patches) as unknown });
  });

  it('take no field that they do not have, and nothing from a key that only reports positions', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const keys = ['__proto__', 'constructor', 'prototype', 'role', 'account', 'preferences/t-other'];
    const foreign = keys.map((key) => `${JSON.stringify(key)}:{"light":true,"role":"admin"}`).join(',');
    const answer = await server.call('PUT', '/api/preferences', {
      token,
      body: `{${foreign},"theme":"auto"}`,
    });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ ...fresh, theme: 'auto' });
    expect(({} as { light?: unknown }).light).toBeUndefined();
    const inside = await server.call('PUT', '/api/preferences', {
      token,
      body: `{"sound":{"__proto__":{"p2":true},"volume":1,"p2":false,"desktop":false}}`,
    });
    expect((inside.body as { sound: unknown }).sound).toEqual({ volume: 1, p2: false, desktop: false });
    const door = await createToken(server.record.shelf, { role: 'feed', use: 'door' }, Date.now());
    expect(await server.call('PUT', '/api/preferences', { token: door, body: {} })).toMatchObject({
      status: 401,
    });
    expect(await server.call('PUT', '/api/preferences', { token, body: '['.repeat(140_000) })).toMatchObject({
      status: 400,
    });
  });

  it('clear what may be absent with null', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    await server.call('PUT', '/api/preferences', { token, body: { language: 'fr' } });
    const { body } = await server.call('PUT', '/api/preferences', { token, body: { language: null } });
    expect(body).toEqual(fresh);
  });

  it.each([
    [{ theme: 'pink' }, 'field-invalid', 'theme'],
    [{ trailMinutes: -1 }, 'field-out-of-range', 'trailMinutes'],
    [{ sound: { ...fresh.sound, volume: 2 } }, 'field-out-of-range', 'sound.volume'],
    [{ sound: { p2: true, desktop: false } }, 'field-missing', 'sound.volume'],
    [{ light: null }, 'field-invalid', 'light'],
    [{ views: [{ name: '', lon: 0, lat: 0, zoom: 3 }] }, 'field-out-of-range', 'views.0.name'],
  ])('refuse %o and name the field; nothing of it is kept', async (body, code, field) => {
    const server = await testServer();
    const token = await server.token('watch');
    const answer = await server.call('PUT', '/api/preferences', {
      token,
      body: { graticule: 'mgrs', ...body },
    });
    expect(answer).toMatchObject({ status: 422, body: { error: { code, field } } });
    expect((await server.call('GET', '/api/session', { token })).body).toMatchObject({ preferences: fresh });
  });

  it('are bounded, and nobody’s without signing in', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const body = { filters: Array.from({ length: 500 }, () => ({ name: 'n', query: 'q'.repeat(300) })) };
    expect(await server.call('PUT', '/api/preferences', { token, body })).toMatchObject({ status: 413 });
    expect(await server.call('PUT', '/api/preferences', { body: {} })).toMatchObject({ status: 401 });
  });

  it('take the largest that the schema allows', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const views = Array.from({ length: 50 }, () => ({
      name: '村'.repeat(60),
      lon: -179.123456,
      lat: 89,
      zoom: 21.5,
    }));
    const filters = Array.from({ length: 50 }, () => ({ name: '村'.repeat(60), query: '村'.repeat(300) }));
    const body = { ...fresh, views, filters };
    expect(preferencesSchema.parse(body)).toEqual(body);
    expect(await server.call('PUT', '/api/preferences', { token, body })).toMatchObject({
      status: 200,
      body,
    });
  });

  it('begin anew where what is kept cannot be read, field by field where some of it can', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const key = `preferences/t-${token.slice(3, 15)}`;
    await server.record.shelf.put(key, new Uint8Array([123, 255]));
    expect((await server.call('GET', '/api/session', { token })).body).toMatchObject({ preferences: fresh });
    const half = JSON.stringify({
      theme: 'bright',
      clock: 7,
      sound: { volume: 'loud', p2: false },
      newer: 1,
    });
    await server.record.shelf.put(key, new TextEncoder().encode(half));
    const { body } = await server.call('GET', '/api/session', { token });
    const sound = { ...fresh.sound, p2: false };
    expect((body as { preferences: unknown }).preferences).toEqual({ ...fresh, theme: 'bright', sound });
  });
});
