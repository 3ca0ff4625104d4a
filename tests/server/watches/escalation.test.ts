import { describe, expect, it } from 'vitest';
import { escalationsDue } from '../../../server/watches/escalation.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import { missionSchema } from '../../../shared/model/mission.ts';
import { author, Folding } from '../../support/entries.ts';

const mission = missionOf(missionSchema.parse({}));

function received(): Folding {
  const folding = new Folding();
  folding.event({
    kind: 'alert.received',
    alertId: 'a1',
    alert: { category: 'attack-in-progress', text: 'shots', channel: 'call' },
    facts: { sector: 'S1' },
  });
  return folding;
}
const due = (folding: Folding, afterS: number) =>
  escalationsDue(folding.picture, mission, folding.atMs + afterS * 1000);

describe('the escalation watch', () => {
  it('makes each call once, however often it is asked', () => {
    const folding = received();
    const [call] = due(folding, 61);
    expect(call).toMatchObject({ segment: 'acknowledge', level: 'watch' });
    expect(folding.event(call!)?.verdict.kind).toBe('done');
    expect(folding.event(call!)?.verdict.kind).toBe('nothing-new');
    expect(folding.picture.alerts.get('a1')?.escalations).toHaveLength(1);
    expect(due(folding, 61)).toEqual([]);
    expect(due(folding, 95).map(({ level }) => level)).toEqual(['chief']);
  });

  it('calls nobody for what was done meanwhile', () => {
    const folding = received();
    const [call] = due(folding, 61);
    folding.event({ kind: 'alert.step', alertId: 'a1', step: 'acknowledge', body: {}, facts: {} });
    expect(folding.event(call!)?.verdict).toMatchObject({ kind: 'refused', code: 'conflict' });
    expect(folding.picture.alerts.get('a1')?.escalations).toEqual([]);
  });

  it('names the first who answers', () => {
    const folding = received();
    const [call] = due(folding, 61);
    folding.event(call!);
    const answer = { kind: 'alert.escalation-answered', alertId: 'a1', id: call!.id } as const;
    expect(folding.event(answer, author('watch', 'w1'))?.verdict.kind).toBe('done');
    expect(folding.event(answer, author('chief', 'c1'))?.verdict.kind).toBe('nothing-new');
    expect(folding.picture.alerts.get('a1')?.escalations[0]?.answered?.by.id).toBe('w1');
    expect(folding.event({ ...answer, id: 'no such call' })?.verdict).toMatchObject({ code: 'not-found' });
  });

  it('runs the referral clock of a restricted record until an adviser has it, past its closing', () => {
    const folding = received();
    const change = (facts: object, by = author('watch')) =>
      folding.event({ kind: 'alert.changed', alertId: 'a1', patch: {}, facts }, by);
    change({ restricted: 'crsv' });
    folding.event(
      { kind: 'alert.step', alertId: 'a1', step: 'false', body: { reason: 'a mistake' }, facts: {} },
      author('chief'),
    );
    const levels = () =>
      due(folding, 10_000).flatMap(({ segment, level }) => (segment === 'referral' ? [level] : []));
    expect(levels()).toEqual(['watch', 'chief', 'adviser']);
    change({}, author('adviser'));
    expect(levels()).toEqual([]);
  });
});
