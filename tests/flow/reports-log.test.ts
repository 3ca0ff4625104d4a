import { describe, expect, it } from 'vitest';
import type { LogPage } from '../../shared/model/watch-log.ts';
import { roles } from '../../shared/role.ts';
import { testServer, type TestServer } from '../support/test-server.ts';

const log = async (server: TestServer, token: string, query = ''): Promise<LogPage> =>
  (await server.call('GET', `/api/watch-log${query}`, { token })).body as LogPage;
const texts = (page: LogPage): string[] => page.lines.map(({ text }) => text);

async function withAlerts(server: TestServer) {
  const watch = await server.token('watch', { name: 'Sgt Watch' });
  const ordinary = {
    ...{ id: 'ord', category: 'killing', channel: 'sms', lon: 1, lat: 1, placeName: 'Kiza' },
    text: 'ORDTEXT call me +243 990 123 4567',
  };
  const restricted = { ...ordinary, id: 'res', category: 'crsv', text: 'RESTEXT', placeName: 'RESPLACE' };
  for (const body of [ordinary, restricted]) {
    expect((await server.call('POST', '/api/alerts', { token: watch, body })).status).toBe(201);
  }
  await server.call('POST', '/api/alerts/ord/acknowledge', { token: watch, body: {} });
  await server.call('POST', '/api/alerts/res/acknowledge', { token: watch, body: {} });
  return watch;
}

describe('the watch log', () => {
  it('drafts what the record holds and takes what people write, newest first, page by page', async () => {
    const server = await testServer();
    const watch = await withAlerts(server);
    const unit = { callsign: 'LRP 4', kind: 'patrol' };
    await server.call('PUT', '/api/units/u4', { token: watch, body: unit });
    await server.call('PUT', '/api/units/u4', { token: watch, body: unit });
    const links = [{ kind: 'alert', id: 'ord' }];
    const note = { id: 'n1', text: 'Called the chief of Kiza', links };
    const written = await server.call('POST', '/api/watch-log', { token: watch, body: note });
    expect([written.status, written.body]).toMatchObject([
      201,
      { id: 'n1', by: 'Sgt Watch', source: 'note' },
    ]);
    expect((await server.call('POST', '/api/watch-log', { token: watch, body: note })).status).toBe(200);
    const other = await server.call('POST', '/api/watch-log', {
      token: watch,
      body: { ...note, text: 'something else' },
    });
    expect([other.status, other.body]).toMatchObject([409, { error: { code: 'conflict', field: 'id' } }]);
    const correction = { text: 'It was his deputy', links, corrects: 'n1' };
    await server.call('POST', '/api/watch-log', { token: watch, body: correction });

    const page = await log(server, watch);
    expect(texts(page)).toEqual([
      'It was his deputy',
      'Called the chief of Kiza',
      'Unit LRP 4 registered',
      expect.stringMatching(/^PRT-S1-\d{6}-01: protection incident, acknowledged$/),
      expect.stringMatching(/^ALT-S1-\d{6}-01: acknowledged$/),
      expect.stringMatching(/^PRT-S1-\d{6}-01: protection incident, received$/),
      expect.stringMatching(/^ALT-S1-\d{6}-01: received by SMS: Killing, P2, Kiza$/),
    ]);
    expect(page.lines[1]?.correctedBy).toHaveLength(1);
    expect(page.lines[0]?.dtg).toMatch(/^\d{6}Z [A-Z]{3} \d\d$/);

    const seen: string[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const part: LogPage = await log(
        server,
        watch,
        `?limit=2${next && `&before=${encodeURIComponent(next)}`}`,
      );
      seen.push(...texts(part));
      next = part.next;
    }
    expect(seen).toEqual(texts(page));
    expect(texts(await log(server, watch, '?unit=u4'))).toEqual(['Unit LRP 4 registered']);
    expect(texts(await log(server, watch, '?alert=ord'))).toHaveLength(4);
    expect(texts(await log(server, watch, '?alert=ord&lang=fr')).at(-1)).toMatch(
      /reçue par SMS\u00a0: Meurtre, P2, Kiza$/,
    );
  });

  it('refuses what a line may not be, by field', async () => {
    const server = await testServer();
    const watch = await withAlerts(server);
    for (const [body, status, code, field] of [
      [{ text: '' }, 422, 'field-out-of-range', 'text'],
      [{}, 422, 'field-missing', 'text'],
      [{ text: 'x', links: [{ kind: 'alert', id: 'nobody' }] }, 404, 'not-found', 'links.0.id'],
      [{ text: 'x', links: [{ kind: 'source', id: 'x' }] }, 422, 'field-invalid', 'links.0.kind'],
      [{ text: 'x', corrects: 'nothing' }, 404, 'not-found', 'corrects'],
    ] as const) {
      const answer = await server.call('POST', '/api/watch-log', { token: watch, body });
      expect([answer.status, answer.body]).toMatchObject([status, { error: { code, field } }]);
    }
    for (const query of ['from=yesterday', 'limit=0', 'limit=501', 'lang=de', 'alert=a&alert=b']) {
      const { status } = await server.call('GET', `/api/watch-log?${query}`, { token: watch });
      expect([query, status]).toEqual([query, 422]);
    }
  });

  it('keeps every role to what it may see', async () => {
    const server = await testServer();
    const watch = await withAlerts(server);
    const far = {
      id: 'far',
      category: 'looting',
      text: 'x',
      channel: 'sms',
      lon: 25,
      lat: 1,
      placeName: 'FARPLACE',
    };
    await server.call('POST', '/api/alerts', { token: watch, body: far });
    const write = (text: string, ...alerts: string[]) =>
      server.call('POST', '/api/watch-log', {
        token: watch,
        body: { text, links: alerts.map((id) => ({ kind: 'alert', id })) },
      });
    await write('NOTE-ORD +447700900456', 'ord');
    await write('NOTE-RES', 'res');
    await write('NOTE-BARE');
    const adviser = await server.token('adviser');
    await server.call('POST', '/api/watch-log', {
      token: adviser,
      body: { text: 'NOTE-ADVISER', links: [{ kind: 'alert', id: 'res' }] },
    });
    const chain = (await log(server, adviser)).lines.find(({ text }) => text === 'NOTE-ADVISER');
    await server.call('POST', '/api/watch-log', {
      token: adviser,
      body: { text: 'NOTE-CHAIN', corrects: chain?.id },
    });

    const words = ['ORDTEXT', 'RESTEXT', 'RESPLACE', 'Sexual', '900456'] as const;
    const all = [
      ...words,
      'NOTE-ORD',
      'NOTE-RES',
      'NOTE-BARE',
      'NOTE-ADVISER',
      'NOTE-CHAIN',
      'PRT-',
      'Kiza',
      'FARPLACE',
    ];
    const desk = ['900456', 'NOTE-ORD', 'NOTE-RES', 'NOTE-BARE', 'PRT-', 'Kiza', 'FARPLACE'];
    const may: Record<string, readonly string[]> = {
      ...{ watch: desk, chief: desk, admin: desk },
      sector: ['900456', 'NOTE-ORD', 'PRT-', 'Kiza'],
      adviser: ['NOTE-RES', 'NOTE-ADVISER', 'NOTE-CHAIN', 'PRT-', 'RESPLACE', 'Sexual'],
      command: ['NOTE-ORD', 'NOTE-BARE', 'Kiza', 'FARPLACE'],
      analyst: ['NOTE-ORD', 'NOTE-BARE', 'Kiza', 'FARPLACE'],
    };
    for (const role of roles) {
      const token = await server.token(role, { sectors: ['S1'] });
      const { status, body } = await server.call('GET', '/api/watch-log', { token });
      const expected = may[role];
      expect([role, status]).toEqual([role, expected ? 200 : 403]);
      const bytes = JSON.stringify(body);
      const found = all.filter((word) => bytes.includes(word)).sort();
      expect([role, found]).toEqual([role, [...(expected ?? [])].sort()]);
      if (!expected) {
        const refused = await server.call('POST', '/api/watch-log', { token, body: { text: 'x' } });
        expect(refused.status).toBe(403);
      }
    }
  });
});
