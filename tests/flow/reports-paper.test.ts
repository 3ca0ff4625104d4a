import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { roles } from '../../shared/role.ts';
import { temporaryFolder, testServer, type TestServer } from '../support/test-server.ts';

const contacts = [{ callsign: 'BASE KIZA', use: 'Battalion', channels: ['VHF 7', '+243 990 123 456'] }];

async function stage(server: TestServer): Promise<string> {
  const watch = await server.token('watch', { name: 'Sgt Watch' });
  await server.call('PUT', '/api/units/u1', { token: watch, body: { callsign: 'LRP <1>', kind: 'patrol' } });
  await server.call('PUT', '/api/units/u2', { token: watch, body: { callsign: 'LRP 2' } });
  await server.call('POST', '/api/positions', {
    token: await server.token('feed'),
    body: [{ unit: 'u1', time: new Date(Date.now() - 120_000).toISOString(), lon: 1.01, lat: 1.02 }],
  });
  const base = {
    type: 'Feature',
    id: 'b',
    properties: { kind: 'base', name: 'Base Kiza' },
    geometry: { type: 'Point', coordinates: [1.05, 1.0] },
  };
  await server.call('POST', '/api/places/import', {
    token: watch,
    body: { type: 'FeatureCollection', features: [base] },
    headers: { 'content-type': 'application/geo+json' },
  });
  const alert = {
    channel: 'sms',
    lon: 1.031,
    lat: 1.017,
    text: 'WORDS of +243 990 123 456',
    placeName: 'Kiza',
  };
  for (const body of [
    { ...alert, id: 'ord', category: 'killing' },
    {
      ...alert,
      id: 'res',
      category: 'crsv',
      text: 'RESTEXT',
      placeName: 'RESPLACE',
      lon: 1.2468,
      lat: 1.3579,
    },
    { ...alert, id: 'far', category: 'looting', lon: 25, placeName: 'FARPLACE' },
  ]) {
    await server.call('POST', '/api/alerts', { token: watch, body });
  }
  return watch;
}

describe('the state of the watch on paper', () => {
  it('has alerts with clocks, units with grid and age, bases, contacts and a map, and no script', async () => {
    const server = await testServer({ mission: { contacts } });
    const watch = await stage(server);
    const { body, headers } = await server.call('GET', '/api/paper', { token: watch });
    const html = String(body);
    expect(headers.get('content-type')).toContain('text/html');
    for (const words of [
      'P2 Killing',
      'Kiza, 31N',
      '<td>Ack: 5:00 left',
      'LRP &lt;1&gt;',
      '2\u00a0min',
      'never heard',
      'Base Kiza',
      'BASE KIZA',
      'VHF 7',
    ]) {
      expect(html).toContain(words);
    }
    expect(html).toMatch(/<svg [^>]*viewBox="0 0 700 \d+"/);
    expect(html).not.toMatch(/<script|<style|style=|990 123|WORDS|RESTEXT|RESPLACE|NaN|undefined/);
    expect(html).toContain('P2 Protection incident');
    expect(html).toContain('area, about 8 km');
    const french = String((await server.call('GET', '/api/paper?lang=fr', { token: watch })).body);
    expect(french).toContain('Alertes en cours (3)');
    const empty = await testServer();
    const bare = await empty.call('GET', '/api/paper', { token: await empty.token('chief') });
    expect(String(bare.body)).toContain('Open alerts (0)');
  });

  it('keeps every role to what it may see', async () => {
    const server = await testServer();
    await stage(server);
    const all = ['Killing', 'Protection incident', 'FARPLACE', 'RESPLACE', 'WORDS'];
    const desk = ['Killing', 'Protection incident', 'FARPLACE'];
    const may: Record<string, readonly string[]> = {
      ...{ admin: desk, watch: desk, chief: desk },
      ...{ sector: ['Killing', 'Protection incident'], command: ['Killing', 'FARPLACE'] },
    };
    for (const role of roles) {
      const token = await server.token(role, { sectors: ['S1'] });
      const { status, body } = await server.call('GET', '/api/paper', { token });
      const found = status === 200 ? all.filter((word) => String(body).includes(word)) : undefined;
      expect([role, found]).toEqual([role, may[role]]);
    }
  });

  it('is kept on disk where the mission file asks for it, with its style in itself', async () => {
    const folder = temporaryFolder();
    const server = await testServer({ mission: { paperEveryMin: 60 }, env: { DATA_DIR: folder } });
    await stage(server);
    const { paperDuties } = await import('../../server/open-paper.ts');
    const picture = () => server.livePicture.picture;
    const parts = {
      picture,
      mission: server.mission,
      mode: 'live',
      nowMs: Date.now,
      dataDir: folder,
    } as const;
    const [duty] = paperDuties(parts);
    await duty?.run(new AbortController().signal);
    const [name = ''] = readdirSync(join(folder, 'paper'));
    const html = readFileSync(join(folder, 'paper', name), 'utf8');
    expect(html).toContain('<style>@page { size: A4');
    expect(html).not.toContain('href=');
    expect(html).toContain('P2 Killing');
    expect(html).not.toMatch(/RESPLACE|WORDS/);
    expect(paperDuties({ ...parts, mission: (await testServer()).mission })).toEqual([]);
  });
});
