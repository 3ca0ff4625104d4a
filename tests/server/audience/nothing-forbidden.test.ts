import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missionSchema } from '../../../shared/model/mission.ts';
import type { PictureOut } from '../../../shared/picture/picture.ts';
import { distanceM } from '../../../shared/geo/distance.ts';
import { roles, type Principal, type Role } from '../../../shared/role.ts';
import { audienceOf } from '../../../server/audience/audience.ts';
import { pictureView } from '../../../server/audience/picture-view.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import {
  foldRandom,
  randomPicture,
  sectors,
  type RandomAlert,
  type RandomPicture,
} from '../../support/random-picture.ts';

const mission = missionOf(missionSchema.parse({ sectors }));
const own: Record<Role, Partial<Principal>> = {
  ...(Object.fromEntries(roles.map((role) => [role, {}])) as Record<Role, Partial<Principal>>),
  sector: { sectors: ['S1'] },
  liaison: { sectors: ['S1'] },
  patrol: { units: ['unit0'] },
  feed: { id: 'feed-1', units: ['unit1'] },
};
const principal = (role: Role): Principal => ({
  id: `p-${role}`,
  role,
  name: role,
  units: [],
  sectors: [],
  ...own[role],
});

function seenBy(role: Role, random: RandomPicture): { view: PictureOut; bytes: string } {
  const folding = foldRandom(random);
  // Two hours later, so that even an analyst sees the units.
  const context = { mission, picture: folding.picture, atMs: folding.atMs + 7_200_000 };
  const view = pictureView(audienceOf(principal(role)), context, 'e.1');
  return { view, bytes: JSON.stringify(view) };
}

/** Written from the contract's table, not from the code: what a role may find of an alert's own words. */
function mayReadText(role: Role, alert: RandomAlert): boolean {
  const isOwn = alert.sector === 'S1';
  if (role === 'feed') return alert.raisedBy === 'feed-1';
  if (alert.restricted) return role === 'adviser';
  if (['watch', 'chief', 'admin', 'command', 'analyst'].includes(role)) return true;
  return (role === 'sector' || role === 'liaison') && isOwn;
}

function mayKnowPlace(role: Role, alert: RandomAlert): boolean {
  return mayReadText(role, alert) || (role === 'patrol' && alert.taskedTo === 'unit0' && !alert.restricted);
}

function mayKnowOf(role: Role, alert: RandomAlert): boolean {
  if (mayKnowPlace(role, alert)) return true;
  if (['watch', 'chief', 'admin'].includes(role)) return true;
  if (role === 'sector' || role === 'liaison') return alert.sector === 'S1';
  return role === 'wall' && !alert.restricted && ['P1', 'P2'].includes(alert.report.priority ?? '');
}

const check = (property: (random: RandomPicture) => void): void =>
  fc.assert(fc.property(randomPicture, property), { numRuns: 60 });

describe.each(roles)('what %s may see', (role) => {
  it('holds no word, place or order of an alert that is not for it', () => {
    check((random) => {
      const { view, bytes } = seenBy(role, random);
      random.alerts.forEach((alert, number) => {
        const given = view.alerts.find(({ id }) => id === alert.id);
        if (!mayKnowOf(role, alert)) {
          expect(bytes).not.toContain(`"${alert.id}"`);
          expect(bytes).not.toContain(`ORDER-${alert.id}!`);
        }
        if (!mayReadText(role, alert)) {
          expect(bytes).not.toContain(`TEXT${number}!`);
          for (const name of ['sourceGrade', 'infoGrade', 'channel', 'history', 'restricted']) {
            expect(given ?? {}).not.toHaveProperty(name);
          }
        }
        if (!mayKnowPlace(role, alert)) {
          expect(bytes).not.toContain(`PLACE${number}!`);
          expect(bytes).not.toContain(`PLACEID${number}!`);
          if (given) expect(bytes).not.toContain(String(alert.report.lon));
        }
        if (alert.restricted && role !== 'adviser' && given && role !== 'feed') {
          expect(given.category).toBe('protection-incident');
        }
      });
    });
  });

  it('holds everything of an alert that is for it', () => {
    check((random) => {
      const { view } = seenBy(role, random);
      random.alerts.forEach((alert, number) => {
        const given = view.alerts.find(({ id }) => id === alert.id);
        if (mayKnowOf(role, alert)) expect(given).toBeDefined();
        if (mayReadText(role, alert)) expect(given?.text).toContain(`TEXT${number}!`);
      });
    });
  });

  it('holds no more of a unit than it may', () => {
    check((random) => {
      const { view, bytes } = seenBy(role, random);
      const base = random.units[0];
      for (const unit of random.units) {
        const given = view.units.find(({ id }) => id === unit.id);
        const full =
          ['watch', 'chief', 'admin', 'command', 'analyst'].includes(role) ||
          ((role === 'sector' || role === 'liaison') && unit.sector === 'S1') ||
          (role === 'patrol' && unit.id === 'unit0') ||
          (role === 'feed' && unit.id === 'unit1');
        const isNear = !!base && distanceM(base.lon, base.lat, unit.lon, unit.lat) <= 20_000;
        const plain = role === 'sector' || (role === 'patrol' && isNear);
        if (!full && role !== 'wall') expect(bytes).not.toContain(`CALL-${unit.id}!`);
        if (!full) {
          expect(bytes).not.toContain(`CAP-${unit.id}!`);
          expect(given ?? {}).not.toHaveProperty('batteryPct');
          expect(given ?? {}).not.toHaveProperty('speedMps');
        }
        expect(given !== undefined).toBe(full || plain || role === 'wall');
      }
    });
  });

  it('holds no more of a threat than it may', () => {
    check((random) => {
      const { view, bytes } = seenBy(role, random);
      for (const threat of random.threats) {
        const given = view.threats.find(({ id }) => id === threat.id);
        const inFull =
          ['watch', 'chief', 'admin', 'command', 'analyst'].includes(role) ||
          (role === 'sector' && threat.sector !== 'S3') ||
          (role === 'liaison' && threat.sector === 'S1');
        if (!inFull) {
          expect(bytes).not.toContain(`THREAT-${threat.id}!`);
          expect(bytes).not.toContain(`ACTOR-${threat.id}!`);
          expect(given ?? {}).not.toHaveProperty('sourceGrade');
          expect(given ?? {}).not.toHaveProperty('infoGrade');
        } else expect(given?.text).toBe(`THREAT-${threat.id}!`);
        if (role === 'wall') expect(bytes).not.toContain(String(threat.lon));
        if (['adviser', 'feed', 'dpo', 'auditor'].includes(role)) expect(given).toBeUndefined();
      }
    });
  });

  it('holds no telephone number where contact hints are taken out', () => {
    if (role !== 'command' && role !== 'analyst') return;
    check((random) => {
      expect(seenBy(role, random).bytes).not.toMatch(/0990 123|123 4567/);
    });
  });
});

describe('a lowered position', () => {
  it('is the same for the same record every time, and never nearer than its cell', () => {
    check((random) => {
      const first = seenBy('wall', random).view.alerts.map(({ lon, lat }) => [lon, lat]);
      expect(seenBy('wall', random).view.alerts.map(({ lon, lat }) => [lon, lat])).toEqual(first);
      for (const [lon, lat] of first) {
        for (const value of [lon, lat])
          expect(Math.abs((((value ?? 0) * 1000) % 50) - 25) % 50).toBeCloseTo(0, 3);
      }
    });
  });
});
