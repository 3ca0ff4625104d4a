import { describe, expect, it } from 'vitest';
import { memoryShelf } from '../../support/memory-shelf.ts';
import { author, Folding } from '../../support/entries.ts';
import { loadSnapshot, saveSnapshot } from '../../../server/picture/snapshot.ts';
import { crisisNow } from '../../../server/picture/watch.ts';

const [watch, chief] = [author('watch'), author('chief')];
const subject = { kind: 'flash' as const, lang: 'en' as const, alertId: 'a' };
const content = { title: 't', serial: 's', sections: [] };
const brief = {
  ...{ openAlerts: [], overdue: [], expiringThreats: [], decisions: [] },
  ...{ staleUnits: [], silentFeeds: [], silentVillages: [], openRumours: [] },
};

function alertFolding(): Folding {
  const folding = new Folding();
  const alert = { category: 'killing' as const, priority: 'P1' as const, text: '', channel: 'sms' as const };
  folding.event({ kind: 'alert.received', alertId: 'a', alert, facts: {} });
  folding.event({ kind: 'alert.step', alertId: 'a', step: 'acknowledge', body: {}, facts: {} });
  return folding;
}

/** One of everything that the watch does. */
function busyFolding(): Folding {
  const folding = alertFolding();
  folding.event({ kind: 'watch.logged', id: 'n', text: 'x', links: [{ kind: 'alert', id: 'a' }] }, watch);
  folding.event({ kind: 'unit.registered', unitId: 'u', unit: { callsign: 'LRP', kind: 'patrol' } });
  folding.event({ kind: 'report.saved', reportId: 'r', subject, sections: { why: 'because' } }, watch);
  folding.event({ kind: 'report.signed', reportId: 'r', subject, content, changeId: 'c' }, watch);
  folding.event({ kind: 'handover.signed-off', handoverId: 'h', notes: '', brief }, watch);
  folding.event({ kind: 'rumour.raised', rumourId: 'q', claim: 'c', spread: 's', alertId: 'a' }, watch);
  folding.event({ kind: 'rumour.answered', rumourId: 'q', answer: 'no', status: 'false' }, watch);
  folding.event({ kind: 'crisis.switched', on: true, name: 'Kiza', reason: 'x' }, chief);
  folding.event({ kind: 'crisis.decided', decisionId: 'd', what: 'w', who: 'fc', onWhat: 'o' }, chief);
  return folding;
}

const running = (folding: Folding) =>
  folding.picture.alerts
    .get('a')
    ?.segments.filter(({ endedAtMs }) => endedAtMs === undefined)
    .map(({ segment }) => segment);

describe('what the watch does', () => {
  it('lies in a snapshot whole, and what comes after it is decided the same', async () => {
    const folding = busyFolding();
    const shelf = memoryShelf();
    await saveSnapshot(shelf, 'e', folding.picture, { writer: 'w' });
    const again = await loadSnapshot(shelf, 'e');
    expect(again?.watch).toEqual(folding.picture.watch);
    expect(Object.values(folding.picture.watch).every((part) => part.size === 1)).toBe(true);
    expect(again && crisisNow(again.watch)?.name).toBe('Kiza');
  });

  it('is not done twice by a retry, and not overwritten by somebody else', () => {
    const folding = busyFolding();
    const before = structuredClone(folding.picture.watch);
    const verdicts = [
      folding.event({ kind: 'watch.logged', id: 'n', text: 'x', links: [{ kind: 'alert', id: 'a' }] }, watch),
      folding.event({ kind: 'report.signed', reportId: 'r', subject, content, changeId: 'c' }, watch),
      folding.event({ kind: 'handover.signed-off', handoverId: 'h', notes: '', brief }, watch),
      folding.event({ kind: 'rumour.raised', rumourId: 'q', claim: 'c', spread: 's', alertId: 'a' }, watch),
      folding.event({ kind: 'rumour.answered', rumourId: 'q', answer: 'no', status: 'false' }, watch),
      folding.event({ kind: 'crisis.switched', on: true, name: 'Kiza', reason: 'x' }, chief),
      folding.event({ kind: 'crisis.decided', decisionId: 'd', what: 'w', who: 'fc', onWhat: 'o' }, chief),
    ].map((folded) => folded?.verdict.kind);
    expect(new Set(verdicts)).toEqual(new Set(['nothing-new']));
    const refusals = [
      folding.event({ kind: 'watch.logged', id: 'n', text: 'other', links: [] }, chief),
      folding.event({ kind: 'handover.signed-off', handoverId: 'h', notes: 'other', brief }, chief),
      folding.event({ kind: 'handover.taken', handoverId: 'h' }, watch),
      folding.event({ kind: 'rumour.raised', rumourId: 'q', claim: 'other', spread: 's' }, chief),
      folding.event({ kind: 'crisis.switched', on: true, name: 'Other', reason: 'x' }, chief),
      folding.event(
        { kind: 'crisis.decided', decisionId: 'd', what: 'other', who: 'fc', onWhat: 'o' },
        chief,
      ),
    ].map((folded) => folded?.verdict);
    for (const verdict of refusals) expect(verdict).toMatchObject({ kind: 'refused', code: 'conflict' });
    expect(folding.picture.watch).toEqual(before);
  });

  it('ends the report clock with a flash report, of an open alert and of a closed one, and no other clock', () => {
    const open = alertFolding();
    expect(running(open)).toEqual(['triage', 'report']);
    const folded = open.event({ kind: 'report.signed', reportId: 'r', subject, content }, watch);
    expect([running(open), folded?.changes]).toEqual([['triage'], [{ kind: 'alerts', id: 'a' }]]);
    const incident = { ...subject, kind: 'incident' as const };
    const other = alertFolding();
    other.event({ kind: 'report.signed', reportId: 'i', subject: incident, content }, watch);
    expect(running(other)).toEqual(['triage', 'report']);
    other.event(
      { kind: 'alert.step', alertId: 'a', step: 'no-response', body: { reason: 'weather' }, facts: {} },
      chief,
    );
    expect(running(other)).toEqual(['report']);
    other.event({ kind: 'report.signed', reportId: 'r', subject, content }, watch);
    expect([running(other), other.picture.alerts.get('a')?.state]).toEqual([[], 'no-response']);
  });

  it('takes a second signature of the same hand within a minute for the first', () => {
    const folding = alertFolding();
    const sign = (by = watch) =>
      folding.event({ kind: 'report.signed', reportId: 'r', subject, content }, by)?.verdict.kind;
    expect([sign(), sign(), sign(chief), sign(chief)]).toEqual([
      'done',
      'nothing-new',
      'done',
      'nothing-new',
    ]);
    folding.event({ kind: 'report.saved', reportId: 'r', subject, sections: { why: 'x' } }, watch);
    expect(sign(chief)).toBe('done');
    folding.atMs += 60_000;
    expect(sign(chief)).toBe('done');
    expect(folding.picture.watch.reports.get('r')?.signed.map(({ version }) => version)).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('notes units that change, not those that are registered again as they are, nor what never happened', () => {
    const folding = new Folding();
    const unit = { callsign: 'LRP', kind: 'patrol' };
    for (let time = 0; time < 3; time++) folding.event({ kind: 'unit.registered', unitId: 'u', unit });
    folding.event({ kind: 'unit.registered', unitId: 'u', unit: { ...unit, callsign: 'LRP 2' } });
    folding.event({ kind: 'unit.removed', unitId: 'u' });
    folding.event({ kind: 'unit.removed', unitId: 'u' });
    folding.event({ kind: 'threat.ended', threatId: 'nothing' });
    const told = [...folding.picture.watch.happenings.values()].map(({ what, named }) => [what, named]);
    expect(told).toEqual([
      ['unit.registered', 'LRP'],
      ['unit.registered', 'LRP 2'],
      ['unit.removed', 'LRP 2'],
    ]);
  });
});
