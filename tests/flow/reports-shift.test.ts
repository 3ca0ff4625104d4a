import { describe, expect, it } from 'vitest';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { HandoverOut } from '../../shared/model/handover.ts';
import type { RumourOut, RumoursOut } from '../../shared/model/rumour.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import { roles } from '../../shared/role.ts';
import { temporaryFolder, testServer } from '../support/test-server.ts';
import { openViewer } from '../support/viewer.ts';
import { until } from '../support/wait.ts';

const alert = { channel: 'sms', lon: 1, lat: 1, text: 'TEXT', placeName: 'Kiza' };

describe('the handover of a shift', () => {
  it('is drafted from the picture, signed by both, each with its own account, and survives a restart', async () => {
    const folder = temporaryFolder();
    let server = await testServer({ env: { DATA_DIR: folder } });
    const out = await server.token('watch', { name: 'Sgt Out' });
    const incoming = await server.token('watch', { name: 'Sgt In' });
    await server.call('PUT', '/api/units/u1', { token: out, body: { callsign: 'LRP 1' } });
    for (const body of [
      { ...alert, id: 'ord', category: 'killing' },
      { ...alert, id: 'res', category: 'crsv', text: 'RESTEXT', placeName: 'RESPLACE' },
    ]) {
      await server.call('POST', '/api/alerts', { token: out, body });
    }
    await server.call('POST', '/api/alerts/ord/triage', { token: out, body: { priority: 'P2' } });
    const ends = new Date(Date.now() + 3_600_000).toISOString();
    await server.call('POST', '/api/threats', {
      token: out,
      body: {
        kind: 'militia',
        geometry: { type: 'Point', coordinates: [1, 1] },
        likelihood: 3,
        impact: 3,
        validTo: ends,
      },
    });
    const draft = (await server.call('GET', '/api/handover/draft', { token: incoming })).body as HandoverOut;
    expect(draft.openAlerts.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^ALT-S1-\d{6}-01: Killing, P2, Kiza \(Triaged\)$/),
        expect.stringMatching(/^PRT-S1-\d{6}-01: protection incident, P2 \(Received\)$/),
      ]),
    );
    expect(draft.decisions.map(({ id }) => id)).toEqual(['ord']);
    expect(draft.expiringThreats).toHaveLength(1);
    expect(draft.staleUnits).toEqual([{ id: 'u1', text: 'LRP 1: never heard' }]);
    expect(JSON.stringify(draft)).not.toMatch(/RESTEXT|RESPLACE/);
    expect(draft.unread?.lines.length).toBeGreaterThan(3);

    const body = { id: 'h1', notes: 'Watch the bridge.' };
    const signed = await server.call('POST', '/api/handover', { token: out, body });
    expect([signed.status, signed.body]).toMatchObject([
      201,
      { outgoing: { by: 'Sgt Out' }, notes: body.notes },
    ]);
    expect((await server.call('POST', '/api/handover', { token: out, body })).status).toBe(200);
    const sign = (token: string) => server.call('POST', '/api/handover/h1/sign', { token, body: {} });
    expect((await sign(out)).body).toMatchObject({ error: { code: 'conflict' } });
    expect((await sign(incoming)).body).toMatchObject({ incoming: { by: 'Sgt In' } });
    expect((await sign(incoming)).status).toBe(200);
    expect((await sign(await server.token('chief'))).status).toBe(409);
    expect((await server.call('POST', '/api/handover/nothing/sign', { token: out, body: {} })).status).toBe(
      404,
    );
    await server.call('POST', '/api/watch-log', { token: incoming, body: { text: 'AFTERWARDS' } });

    await server.stop();
    server = await testServer({ env: { DATA_DIR: folder } });
    const { body: list } = await server.call('GET', '/api/handover?lang=fr', { token: out });
    expect(list).toMatchObject({ handovers: [{ id: 'h1', incoming: { by: 'Sgt In' } }] });
    expect(JSON.stringify(list)).toContain('Meurtre');
    const mine = (await server.call('GET', '/api/handover/draft', { token: out })).body as HandoverOut;
    expect(mine.unread?.lines.map(({ text }) => text)).toEqual([
      'AFTERWARDS',
      'Watch taken over from Sgt Out',
    ]);
    const theirs = (await server.call('GET', '/api/handover/draft', { token: incoming })).body as HandoverOut;
    expect(theirs.unread?.lines.length).toBeGreaterThan(5);
    for (const role of roles) {
      const { status } = await server.call('GET', '/api/handover', { token: await server.token(role) });
      expect([role, status]).toEqual([role, ['admin', 'watch', 'chief'].includes(role) ? 200 : 403]);
    }
  });
});

describe('rumours', () => {
  it('are noted and answered, and mark an alert that keeps its clock', async () => {
    const server = await testServer();
    const watch = await server.token('watch', { name: 'Sgt Watch' });
    await server.call('POST', '/api/alerts', {
      token: watch,
      body: { ...alert, id: 'ord', category: 'killing' },
    });
    const claim = {
      id: 'r1',
      claim: 'The UN brings rebels, ask +243 990 123 456',
      spread: 'Radio, market',
      alertId: 'ord',
    };
    const raised = await server.call('POST', '/api/rumours', { token: watch, body: claim });
    expect([raised.status, raised.body]).toMatchObject([201, { status: 'open', raisedBy: 'Sgt Watch' }]);
    expect((await server.call('POST', '/api/rumours', { token: watch, body: claim })).status).toBe(200);
    const marked = (await server.call('GET', '/api/alerts/ord', { token: watch })).body as AlertOut;
    expect(marked).toMatchObject({ rumourId: 'r1', state: 'received' });
    expect(marked.clock.segments[0]?.endedAt).toBeUndefined();
    const answer = (body: unknown) => server.call('POST', '/api/rumours/r1/answer', { token: watch, body });
    const verified = { answer: 'It was a planned patrol.', status: 'false' };
    expect((await answer(verified)).body).toMatchObject({ status: 'false' });
    expect(((await answer(verified)).body as RumourOut).answers).toHaveLength(1);
    expect((await answer({ ...verified, status: 'perhaps' })).body).toMatchObject({
      error: { code: 'field-invalid', field: 'status' },
    });
    const all = (await server.call('GET', '/api/rumours', { token: watch })).body as RumoursOut;
    expect(Object.keys(all.templates)).toEqual(['en', 'fr']);
    expect(all.templates['fr']?.[0]?.text).toContain('Nous avons entendu cela');
    // Two alerts of two sectors, a restricted one: who reads which rumour.
    const far = { ...alert, lon: 25, id: 'far', category: 'looting' };
    const res = { ...alert, id: 'res', category: 'crsv' };
    const adviser = await server.token('adviser');
    for (const body of [far, res]) await server.call('POST', '/api/alerts', { token: watch, body });
    await server.call('POST', '/api/rumours', {
      token: watch,
      body: { id: 'r2', claim: 'FAR', spread: 'x', alertId: 'far' },
    });
    await server.call('POST', '/api/rumours', {
      token: adviser,
      body: { id: 'r3', claim: 'RES', spread: 'x', alertId: 'res' },
    });
    const desk = ['r1', 'r2'];
    const may: Record<string, readonly string[]> = {
      ...{ admin: desk, watch: desk, chief: desk, command: desk, analyst: desk },
      ...{ sector: ['r1'], liaison: ['r1'], adviser: ['r3'] },
    };
    for (const role of roles) {
      const token = await server.token(role, { sectors: ['S1'] });
      const { status, body } = await server.call('GET', '/api/rumours', { token });
      const seen = status === 200 ? (body as RumoursOut).rumours.map(({ id }) => id).sort() : undefined;
      expect([role, seen]).toEqual([role, may[role]]);
      if (role === 'command' || role === 'analyst') expect(JSON.stringify(body)).not.toContain('990');
    }
  });
});

describe('crisis mode', () => {
  it('is one switch with a register, changes the targets of clocks, and lifts the delay of analysts', async () => {
    const clockTargets = { P2: { acknowledgeS: 30 } };
    const server = await testServer({ mission: { crisis: { clockTargets } } });
    const watch = await server.token('watch');
    const chief = await server.token('chief', { name: 'Maj Chief' });
    const analyst = await server.token('analyst');
    await server.call('POST', '/api/alerts', {
      token: watch,
      body: { ...alert, id: 'ord', category: 'killing' },
    });
    await server.call('POST', '/api/positions', {
      token: await server.token('feed'),
      body: [{ unit: 'u1', time: new Date().toISOString(), lon: 1, lat: 1 }],
    });
    const target = async () =>
      ((await server.call('GET', '/api/alerts/ord', { token: watch })).body as AlertOut).clock.segments[0]
        ?.targetS;
    const units = async () =>
      ((await server.call('GET', '/api/picture', { token: analyst })).body as { units: UnitOut[] }).units;
    const turn = (token: string, body: unknown) => server.call('POST', '/api/crisis', { token, body });
    const wall = await openViewer(server.url, { token: await server.token('wall') });
    const desk = await openViewer(server.url, { token: watch });
    expect([await target(), await units()]).toEqual([300, []]);

    expect((await turn(watch, { on: true, name: 'Kiza', reason: 'x' })).status).toBe(403);
    expect((await turn(chief, { on: true, reason: 'x' })).body).toMatchObject({ error: { field: 'name' } });
    expect((await turn(chief, { on: true, name: 'Kiza', reason: 'REASON' })).body).toMatchObject({
      on: true,
    });
    expect((await turn(chief, { on: true, name: 'Kiza', reason: 'REASON' })).status).toBe(200);
    expect((await turn(chief, { on: true, name: 'Other', reason: 'x' })).status).toBe(409);
    await until(() => wall.statuses.at(-1)?.crisis?.name === 'Kiza', { what: 'the banner on a wall' });
    expect(JSON.stringify(wall.statuses)).not.toContain('REASON');
    await until(() => desk.held.alerts.get('ord')?.clock.segments[0]?.targetS === 30, {
      what: 'the target of a crisis',
    });
    expect([await target(), (await units()).map(({ id }) => id)]).toEqual([30, ['u1']]);
    const track = await server.call('GET', '/api/units/u1/track', { token: analyst });
    expect(track.body).toMatchObject({ geometry: { coordinates: [[1, 1]] } });

    const decision = {
      id: 'd1',
      what: 'Send the QRF',
      who: 'Force Commander',
      onWhat: 'Two callers, one patrol',
    };
    const decide = (token: string, body: unknown = decision) =>
      server.call('POST', '/api/crisis/decisions', { token, body });
    expect((await decide(watch)).body).toMatchObject({ crises: [{ decisions: [decision] }] });
    expect((await decide(watch)).status).toBe(200);
    expect((await decide(await server.token('sector'))).status).toBe(403);

    await turn(chief, { on: false, reason: 'Quiet since noon' });
    await until(() => wall.statuses.at(-1)?.crisis === undefined, { what: 'the banner to go' });
    expect([await target(), await units()]).toEqual([300, []]);
    expect((await decide(watch, { ...decision, id: 'd2' })).status).toBe(409);
    expect((await turn(chief, { on: false, reason: 'again' })).status).toBe(200);
    const log = await server.call('GET', '/api/watch-log', { token: watch });
    const texts = (log.body as { lines: Array<{ text: string }> }).lines.map(({ text }) => text).slice(0, 3);
    expect(texts).toEqual([
      'Crisis mode off: Kiza',
      'Decision by Force Commander: Send the QRF',
      'Crisis mode on: Kiza',
    ]);
  });
});
