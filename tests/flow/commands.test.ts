import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { runCommand } from '../support/command.ts';
import { startRedis } from '../support/redis.ts';
import { makeToken, serverProcess } from '../support/server-process.ts';
import { call, temporaryFolder } from '../support/test-server.ts';

const serve = 'tests/support/serve-live.ts';
const position = (unit: string, lon: number) => ({ unit, time: new Date().toISOString(), lon, lat: 1 });
const alert = {
  category: 'displacement',
  text: 'forty families on the road',
  channel: 'radio',
  lon: 1,
  lat: 1,
};

describe('npm start', () => {
  it('prints READY, the administrator’s link at the very first start only, and stops when told', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    expect(server.stdout()).toContain(`READY ${server.url}\n`);
    const [, link = ''] = /^LINK admin (\S+)$/m.exec(server.stdout()) ?? [];
    const code = new URL(link).hash.replace('#code=', '');
    const signIn = (): ReturnType<typeof call> =>
      call(server.url, 'POST', '/api/session', { body: { code } });
    expect((await signIn()).body).toMatchObject({ role: 'admin', mode: 'live' });
    expect((await signIn()).status).toBe(401);
    expect(await server.stop()).toBe(0);
    await server.start();
    expect(server.stdout()).not.toContain('LINK');
  });

  it.each([
    [{ PORT: 'eighty' }, 'PORT: "eighty" is not a whole number from 0 to 65535'],
    [{ HOST: '0.0.0.0' }, 'HOST: "0.0.0.0" is not a loopback address'],
    [{ REDIS_URL: 'http://x:secret@y' }, 'REDIS_URL: the value given is not redis://'],
    [{ TLS_CERT: '/x' }, 'TLS_KEY: is missing'],
    [{ BEHIND_PROXY: 'yes' }, 'BEHIND_PROXY: "yes" is not 0 or 1'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is not one of'],
    [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL: "ftp://x" is not an http'],
    [{ MISSION: '/nowhere.json' }, 'MISSION: /nowhere.json cannot be read (ENOENT)'],
  ])('ends with one clear line for %j', async (wrong, line) => {
    const { code, err, out } = await runCommand(serve, [], {
      DATA_DIR: temporaryFolder(),
      PORT: '0',
      ...wrong,
    });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(line);
    expect(err).not.toContain('secret');
  });

  it('names the path of what is wrong in a mission file', async () => {
    const file = join(temporaryFolder(), 'mission.json');
    writeFileSync(file, JSON.stringify({ name: 'M', clockTargets: { P1: { acknowledgeS: 'soon' } } }));
    const { err } = await runCommand(serve, [], { DATA_DIR: temporaryFolder(), PORT: '0', MISSION: file });
    expect(err).toContain('clockTargets.P1.acknowledgeS');
  });

  it('says so in one line when the port or the folder is in use, or the record is of the other mode', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo; // listening on TCP
    const taken = await runCommand(serve, [], { DATA_DIR: temporaryFolder(), PORT: String(port) });
    expect(taken.err).toContain(`PORT: 127.0.0.1:${port} is in use`);
    const env = { DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    const second = await runCommand(serve, [], { ...env, PORT: '0' });
    expect([second.code, second.err.trim().split('\n').length]).toEqual([1, 1]);
    expect(second.err).toContain('in use by another Nightflash server');
    await server.stop();
    const exercise = await runCommand('server/cli/token.ts', ['--role=watch', '--exercise'], env);
    expect([exercise.code, exercise.err.trim().split('\n').length]).toEqual([1, 1]);
    expect(exercise.err).toMatch(/live|exercise/);
  });
});

describe('npm run token', () => {
  it('makes tokens while the server runs and while it does not, as the last line', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const before = await makeToken(env, ['--role=watch', '--name=Sgt Before']);
    const server = await serverProcess(env);
    const during = await makeToken(env, ['--role=patrol', '--unit=a,b', '--expires=2h']);
    for (const [token, role] of [
      [before, 'watch'],
      [during, 'patrol'],
    ] as const) {
      const { body } = await call(server.url, 'GET', '/api/session', { token });
      expect(body).toMatchObject({ role });
    }
    expect((await call(server.url, 'GET', '/api/session', { token: during })).body).toMatchObject({
      units: ['a', 'b'],
    });
  });

  it('refuses what it does not know in one line', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const wrongRole = await runCommand('server/cli/token.ts', ['--role=king'], env);
    expect([wrongRole.code, wrongRole.out]).toEqual([1, '']);
    expect(wrongRole.err).toContain('"king" is not one of admin, watch');
    expect((await runCommand('server/cli/token.ts', ['--role=watch', '--expires=soon'], env)).err).toContain(
      '--expires',
    );
    expect((await runCommand('server/cli/token.ts', ['--nonsense'], env)).code).toBe(2);
  });

  it('makes a door key that reports positions at its door and does nothing else', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    const admin = await makeToken(env, ['--role=admin']);
    await call(server.url, 'PUT', '/api/units/LRP4', { token: admin, body: { callsign: 'LRP 4' } });
    const key = await makeToken(env, ['--role=feed', '--unit=LRP4', '--door']);
    const at = Math.floor(Date.now() / 1000);
    const sent = await fetch(
      `${server.url}/osmand/${key}?id=LRP4&lat=1.5&lon=29.5&timestamp=${at}&speed=10&bearing=90`,
    );
    expect(sent.status).toBe(200);
    const { body } = await call(server.url, 'GET', '/api/picture', { token: admin });
    expect((body as PictureOut).units[0]).toMatchObject({
      id: 'LRP4',
      lon: 29.5,
      lat: 1.5,
      speedMps: 5.14,
      courseDeg: 90,
    });
    expect((await call(server.url, 'GET', '/api/picture', { token: key })).status).toBe(401);
    expect((await fetch(`${server.url}/osmand/wrong?id=LRP4&lat=1&lon=1`)).status).toBe(401);
  });
});

describe('npm run backup and restore', () => {
  it('copies a running record and restores it into an empty one of the other kind, compared', async () => {
    const env = { DATA_DIR: temporaryFolder() };
    const server = await serverProcess(env);
    const watch = await makeToken(env, ['--role=watch']);
    const feed = await makeToken(env, ['--role=feed']);
    await call(server.url, 'POST', '/api/positions', {
      token: feed,
      body: [position('a', 1), position('b', 2)],
    });
    await call(server.url, 'POST', '/api/alerts', { token: watch, body: { ...alert, id: 'a1' } });
    const file = join(temporaryFolder(), 'copy.nightflash');
    expect((await runCommand('server/cli/backup.ts', [file], env)).code).toBe(0);
    await call(server.url, 'POST', '/api/positions', { token: feed, body: [position('after', 3)] });

    const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
    onTestFinished(() => redis.remove());
    const there = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
    const restored = await runCommand('server/cli/restore.ts', [file], there);
    expect([restored.code, restored.err]).toEqual([0, '']);
    expect((await runCommand('server/cli/restore.ts', [file], there)).code).toBe(1);
    const copy = await serverProcess(there);
    const picture = (await call(copy.url, 'GET', '/api/picture', { token: watch })).body as PictureOut;
    const original = (await call(server.url, 'GET', '/api/picture', { token: watch })).body as PictureOut;
    const lasting = (units: PictureOut['units']) =>
      units.map(({ ageS: _age, state: _state, ...unit }) => unit);
    expect(lasting(picture.units)).toEqual(lasting(original.units.filter(({ id }) => id !== 'after')));
    expect(picture.alerts.map(({ id, receivedAt, number }) => [id, receivedAt, number])).toEqual(
      original.alerts.map(({ id, receivedAt, number }) => [id, receivedAt, number]),
    );
    expect(picture.cursor.split('.')[0]).not.toBe(original.cursor.split('.')[0]);
  });
});
