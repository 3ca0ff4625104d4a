import { describe, expect, it } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { ReportOut } from '../../shared/model/report.ts';
import { roles } from '../../shared/role.ts';
import { testServer, type TestServer } from '../support/test-server.ts';
import { unzipped } from '../support/unzip.ts';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const today = new Date().toISOString().slice(0, 10);

/** An alert with everything that must not travel, and a restricted one. */
async function stage(server: TestServer) {
  const watch = await server.token('watch', { name: 'Sgt Watch' });
  await server.call('PUT', '/api/units/q1', { token: watch, body: { callsign: 'QRF 1', kind: 'qrf' } });
  const common = { channel: 'sms', lon: 1, lat: 1, sourceGrade: 'B', infoGrade: 2 };
  const alerts = [
    {
      ...common,
      id: 'ord',
      category: 'attack-in-progress',
      placeName: 'Kiza',
      text: 'ORDTEXT <b>, call +243 990 123 456 of FP-7Q3',
    },
    { ...common, id: 'res', category: 'crsv', priority: 'P1', placeName: 'RESPLACE', text: 'RESTEXT' },
    { ...common, id: 'far', category: 'looting', lon: 25, placeName: 'FARPLACE', text: 'FARTEXT' },
  ];
  for (const body of alerts) await server.call('POST', '/api/alerts', { token: watch, body });
  const step = (id: string, name: string, body: unknown = {}) =>
    server.call('POST', `/api/alerts/${id}/${name}`, { token: watch, body });
  await step('ord', 'acknowledge');
  await step('ord', 'triage', { priority: 'P1' });
  await step('ord', 'task', { units: ['q1'], order: 'ORDERTEXT' });
  return { watch, step };
}

const get = (server: TestServer, path: string, token: string, accept?: string) =>
  server.call('GET', path, { token, ...(accept ? { headers: { accept } } : {}) });

describe('a flash report', () => {
  it('is drafted in two languages, edited, signed, and ends the clock that asks for it', async () => {
    const server = await testServer();
    const { watch } = await stage(server);
    const draft = (await get(server, '/api/reports/flash/ord', watch)).body as ReportOut;
    expect(draft).toMatchObject({
      ...{ id: 'flash-en-ord', kind: 'flash', state: 'draft', version: 1, classification: 'UN CONFIDENTIAL' },
      serial: expect.stringMatching(/^FLASH-ALT-S1-\d{6}-01\/1$/) as string,
    });
    const ids = draft.sections.map(({ id }) => id);
    expect(ids).toEqual(['what', 'who', 'when', 'where', 'why', 'action', 'assessment', 'next']);
    const text = (report: ReportOut, id: string): string =>
      report.sections.find((section) => section.id === id)?.text ?? '';
    expect(text(draft, 'what')).toContain('Attack in progress, P1.');
    expect(text(draft, 'where')).toMatch(/Kiza, sector Sector S1\.\nMGRS 31N/);
    expect(text(draft, 'action')).toContain('tasked to QRF 1');
    expect(Date.parse(draft.nextUpdateAt ?? '') - Date.parse(draft.at)).toBe(30 * 60_000);
    const french = (await get(server, '/api/reports/flash/ord?lang=fr', watch)).body as ReportOut;
    expect(french.sections.map(({ title }) => title).slice(0, 4)).toEqual(['Quoi', 'Qui', 'Quand', 'Où']);
    expect(text(french, 'action')).toContain('confiée à QRF 1');

    const put = (body: unknown) => server.call('PUT', `/api/reports/${draft.id}`, { token: watch, body });
    const saved = await put({ sections: { why: 'Revenge for the raid.\nTell 0990 123 456' } });
    expect(text(saved.body as ReportOut, 'why')).toBe('Revenge for the raid.\nTell […]');
    expect(await put({ sections: { nonsense: 'x' } })).toMatchObject({
      status: 422,
      body: { error: { code: 'field-invalid', field: 'sections.nonsense' } },
    });
    const running = (alert: AlertOut) =>
      alert.clock.segments.filter(({ segment, endedAt }) => segment === 'report' && !endedAt).length;
    const before = (await get(server, '/api/alerts/ord', watch)).body as AlertOut;
    expect(running(before)).toBe(1);
    const sign = () => server.call('POST', `/api/reports/${draft.id}/sign`, { token: watch, body: {} });
    expect((await sign()).body).toMatchObject({ state: 'signed', version: 1, signedBy: 'Sgt Watch' });
    expect((await sign()).body).toMatchObject({ version: 1 });
    const after = (await get(server, '/api/alerts/ord', watch)).body as AlertOut;
    expect([running(after), after.state]).toEqual([0, 'tasked']);
    await put({ sections: { why: 'Not known.' } });
    expect((await sign()).body).toMatchObject({ version: 2 });
    const first = (await get(server, '/api/reports/flash/ord?version=1', watch)).body as ReportOut;
    expect(text(first, 'why')).toContain('Revenge');
    expect((await get(server, '/api/reports/flash/ord?version=3', watch)).status).toBe(404);
    const log = await get(server, '/api/watch-log?alert=ord', watch);
    expect(JSON.stringify(log.body)).toContain('Report flash-en-ord signed, version 2');
  });
});

describe('a daily situation report', () => {
  it('has its sections, and every figure the ids of its records', async () => {
    const server = await testServer();
    const { watch, step } = await stage(server);
    await step('far', 'acknowledge');
    await step('far', 'no-response', { reason: 'no-access' });
    await step('ord', 'accept', { unit: 'q1' });
    await step('ord', 'en-route', { unit: 'q1' });
    await step('ord', 'on-scene', { unit: 'q1' });
    const { body } = await get(server, `/api/reports/sitrep?date=${today}`, watch);
    const report = body as ReportOut;
    expect(report.sections.map(({ id }) => id)).toEqual([
      ...['summary', 'political', 'security', 'protection', 'incidents', 'operations', 'rights'],
      ...['humanitarian', 'safety', 'logistics', 'outlook', 'media'],
    ]);
    const figures = new Map(
      report.sections.flatMap(({ figures: all }) =>
        all.map(({ id, value, records }) => [id, { value, ids: records.map((one) => one.id) }]),
      ),
    );
    expect(Object.fromEntries(figures)).toMatchObject({
      received: { value: 2, ids: ['ord', 'far'] },
      answered: { value: 1, ids: ['ord'] },
      unanswered: { value: 1, ids: ['far'] },
      'sector-S1': { value: 1, ids: ['ord'] },
      'no-response-no-access': { value: 1, ids: ['far'] },
      tasked: { value: 1, ids: ['q1'] },
    });
    expect(report.sections[3]?.text).toContain('Response rate: 50 % of 2 alerts');
    const restricted = [...figures].filter(([id]) => id.startsWith('restricted-'));
    expect(restricted.map(([, figure]) => figure)).toEqual([{ value: null, ids: [] }]);
    const yesterday = await get(server, '/api/reports/sitrep?date=2026-01-01', watch);
    expect((yesterday.body as ReportOut).sections[0]?.figures[0]?.value).toBe(0);
    for (const date of ['2026-02-31', 'today', '']) {
      expect((await get(server, `/api/reports/sitrep?date=${date}`, watch)).status).toBe(422);
    }
  });
});

describe('what travels', () => {
  it('comes as JSON, as a page that prints, and as a Word document, with marks at head and foot', async () => {
    const server = await testServer();
    const { watch } = await stage(server);
    const page = await get(server, '/api/reports/flash/ord', watch, 'text/html');
    const html = String(page.body);
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self'");
    expect(html.match(/UN CONFIDENTIAL/g)).toHaveLength(2);
    expect(html.match(/FLASH-ALT-S1-\d{6}-01\/1 ·/g)).toHaveLength(2);
    expect(html).toContain('<a href="/?sel=alert:ord">');
    expect(html).toContain('ORDTEXT &lt;b&gt;');
    expect(html).not.toMatch(/<script|<style|style=/);
    expect((await get(server, '/api/reports.css', watch)).body).toContain('@page { size: A4');
    await server.call('PUT', '/api/reports/flash-fr-ord', {
      token: watch,
      body: JSON.stringify({ sections: { why: 'A\u0000B\u0008C\ud800D' } }),
    });
    const word = await fetch(`${server.url}/api/reports/flash/ord?lang=fr`, {
      headers: { authorization: `Bearer ${watch}`, accept: docx },
    });
    expect(word.headers.get('content-type')).toContain(docx);
    const parts = unzipped(Buffer.from(await word.arrayBuffer()));
    expect(parts.get('word/document.xml')).toContain('Compte rendu imm');
    expect(parts.get('word/document.xml')).toContain('ABC\ufffdD');
    const marks = [...parts].filter(([name]) => /word\/(header|footer)\d/.test(name)).map(([, xml]) => xml);
    expect(marks).toHaveLength(2);
    for (const xml of marks) expect(xml).toContain('ONU CONFIDENTIEL');
    expect((await get(server, '/api/reports/flash/ord', watch, 'image/png')).status).toBe(400);
    const asked = await get(server, '/api/reports/flash/ord?format=html', watch, 'application/json');
    expect(asked.headers.get('content-type')).toContain('text/html');
    expect((await get(server, '/api/reports/flash/ord?format=exe', watch)).status).toBe(422);
  });

  it('holds no source, no contact and no restricted word in any form, for any role', async () => {
    const server = await testServer();
    const { watch } = await stage(server);
    const paths = [
      'flash/ord',
      'incident/ord',
      'flash/res',
      'incident/res',
      'flash/far',
      `sitrep?date=${today}`,
    ];
    const never = ['RESTEXT', 'RESPLACE', 'crsv', 'Sexual violence', 'PRT-', '990 123', 'FP-7Q3'];
    const may: Record<string, readonly number[]> = {
      ...Object.fromEntries(
        ['admin', 'watch', 'chief'].map((role) => [role, [200, 200, 403, 403, 200, 200]]),
      ),
      ...Object.fromEntries(['command', 'analyst'].map((role) => [role, [200, 200, 404, 404, 200, 200]])),
      sector: [200, 200, 403, 403, 404, 200],
    };
    for (const role of roles) {
      const token = await server.token(role, { sectors: ['S1'] });
      const statuses: number[] = [];
      for (const path of paths) {
        for (const accept of ['application/json', 'text/html', docx]) {
          const response = await fetch(`${server.url}/api/reports/${path}`, {
            headers: { authorization: `Bearer ${token}`, accept },
          });
          const bytes = Buffer.from(await response.arrayBuffer());
          const isWord = response.headers.get('content-type')?.includes(docx) ?? false;
          const all = isWord ? [...unzipped(bytes).values()].join('\n') : bytes.toString();
          const words = role === 'sector' ? [...never, 'FARTEXT', 'FARPLACE'] : never;
          const found = words.filter((word) => all.includes(word) && response.status === 200);
          expect([role, path, accept, found]).toEqual([role, path, accept, []]);
          if (accept === 'application/json') statuses.push(response.status);
        }
      }
      expect([role, statuses]).toEqual([role, may[role] ?? paths.map(() => 403)]);
      const signing = await server.call('POST', '/api/reports/flash-en-ord/sign', { token, body: {} });
      expect([role, signing.status === 200]).toEqual([role, ['admin', 'watch', 'chief'].includes(role)]);
    }
    // What is restricted after it was signed is withheld from then on, in the day's report too.
    await server.call('POST', `/api/reports/sitrep-en-${today}/sign`, { token: watch, body: {} });
    await server.call('PATCH', '/api/alerts/ord', { token: watch, body: { restricted: 'child' } });
    const day = await get(server, `/api/reports/sitrep?date=${today}`, watch);
    expect((day.body as ReportOut).state).toBe('signed');
    expect(JSON.stringify(day.body)).not.toMatch(/Kiza|"ord"/);
    expect(JSON.stringify(day.body)).toContain('Withheld');
    expect((await get(server, '/api/reports/flash/ord', watch)).status).toBe(403);
  });
});
