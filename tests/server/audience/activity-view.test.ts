import { describe, expect, it } from 'vitest';
import { missionSchema } from '../../../shared/model/mission.ts';
import type { Priority } from '../../../shared/model/alert-lists.ts';
import type { Principal, Role } from '../../../shared/role.ts';
import { activityView } from '../../../server/audience/activity-view.ts';
import { audienceOf } from '../../../server/audience/audience.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import { quarterMs } from '../../../server/picture/fix-counts.ts';
import { author, fix, Folding } from '../../support/entries.ts';

const mission = missionOf(missionSchema.parse({}));
const principal = (role: Role, more: Partial<Principal> = {}): Principal => ({
  id: `p-${role}`,
  role,
  name: role,
  units: [],
  sectors: [],
  ...more,
});

const folding = new Folding();
function raise(id: string, priority: Priority, restricted = false): void {
  folding.event(
    {
      kind: 'alert.received',
      alertId: id,
      alert: { category: 'killing', priority, text: 'x', channel: 'radio', lon: 29.5, lat: 1.5 },
      facts: restricted ? { restricted: 'crsv' } : {},
    },
    author('liaison', 'raiser'),
  );
}
raise('a1', 'P1');
raise('a2', 'P2');
raise('secret', 'P1', true);
folding.fixes([fix('u', folding.atMs), fix('v', folding.atMs)]);
const atMs = folding.atMs + 2 * quarterMs;

function seenBy(who: Principal, hours = 2) {
  return activityView(audienceOf(who), { picture: folding.picture, mission, atMs }, hours);
}
const sum = (counts: readonly number[] | undefined) => counts?.reduce((total, count) => total + count, 0);

describe('activity', () => {
  it('counts by quarters up to the one that runs now', () => {
    const view = seenBy(principal('watch'));
    expect(view).toMatchObject({ stepS: 900, at: new Date(atMs).toISOString() });
    expect(view.fixes).toHaveLength(9);
    expect(Date.parse(view.from) + 8 * quarterMs).toBe(Math.floor(atMs / quarterMs) * quarterMs);
    const place = Math.floor((folding.atMs - Date.parse(view.from)) / quarterMs);
    expect([view.fixes?.[place], view.alerts.P1[place], view.alerts.P2[place]]).toEqual([2, 2, 1]);
    expect([sum(view.fixes), sum(view.alerts.P1)]).toEqual([2, 2]);
  });

  it.each([
    ['watch', { p1: 2, p2: 1, fixes: 2 }],
    ['command', { p1: 1, p2: 1, fixes: 2 }],
    // Nothing here lies in a sector of theirs.
    ['sector', { p1: 0, p2: 0, fixes: 2 }],
    ['liaison', { p1: 0, p2: 0, fixes: undefined }],
    ['analyst', { p1: 1, p2: 1, fixes: undefined }],
    ['adviser', { p1: 1, p2: 0, fixes: undefined }],
    ['patrol', { p1: 0, p2: 0, fixes: undefined }],
  ] as const)('is for %s what it may see', (role, { p1, p2, fixes }) => {
    const view = seenBy(principal(role));
    expect({ p1: sum(view.alerts.P1), p2: sum(view.alerts.P2), fixes: sum(view.fixes) }).toEqual({
      p1,
      p2,
      fixes,
    });
  });
});
