import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missionSchema } from '../../../shared/model/mission.ts';
import { roles, type Role } from '../../../shared/role.ts';
import { audienceOf } from '../../../server/audience/audience.ts';
import { pictureView } from '../../../server/audience/picture-view.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import { author, Folding } from '../../support/entries.ts';

const mission = missionOf(missionSchema.parse({}));
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

class Night extends Folding {
  restricted(id: string): void {
    const alert = { category: 'crsv', text: 'x', channel: 'radio' } as const;
    this.event(
      { kind: 'alert.received', alertId: id, alert, facts: { restricted: 'crsv' } },
      author('liaison'),
    );
  }
  step(id: string, step: 'false' | 'reopen'): void {
    this.event({ kind: 'alert.step', alertId: id, step, body: { reason: 'x' }, facts: {} }, author('chief'));
  }
  told(role: Role, atMs: number = this.atMs): number | null | undefined {
    const audience = audienceOf({ id: 'p', role, name: role, units: [], sectors: [] });
    return pictureView(audience, { picture: this.picture, mission, atMs }, 'e.1').restrictedOpen;
  }
}

describe('the count of restricted alerts', () => {
  it('is for command and analysts, from five up, in steps of five, as it was when the hour began', () => {
    const night = new Night();
    const hour = Math.ceil(night.atMs / hourMs) * hourMs;
    for (let n = 1; n <= 4; n++) night.restricted(`r${n}`);
    expect(night.told('command', hour)).toBeNull();
    night.restricted('r5');
    expect([night.told('command'), night.told('command', hour)]).toEqual([null, 5]);
    for (let n = 6; n <= 11; n++) night.restricted(`r${n}`);
    expect(night.told('analyst', hour)).toBe(10);
    night.step('r1', 'false');
    night.step('r2', 'false');
    expect(night.told('analyst', hour)).toBe(5);
    night.step('r2', 'reopen');
    expect(night.told('command', hour)).toBe(10);
    const others = roles.filter((role) => role !== 'command' && role !== 'analyst');
    expect(others.map((role) => night.told(role, hour))).toEqual(others.map(() => undefined));
  });

  it('does not count before the hour is over what was restricted within it', () => {
    const night = new Night();
    night.atMs = Math.ceil(night.atMs / hourMs) * hourMs - 10 * minuteMs;
    for (let n = 1; n <= 4; n++) night.restricted(`r${n}`);
    const alert = { category: 'killing', text: 'x', channel: 'radio' } as const;
    night.event({ kind: 'alert.received', alertId: 'late', alert, facts: {} });
    night.atMs += 15 * minuteMs;
    night.event({
      kind: 'alert.changed',
      alertId: 'late',
      patch: { category: 'crsv' },
      facts: { restricted: 'crsv' },
    });
    expect(night.told('command')).toBeNull();
    expect(night.told('command', night.atMs + hourMs)).toBe(5);
  });

  it('never moves between two minutes of one hour, whatever happens in it', () => {
    const deed = fc.record({
      wait: fc.integer({ min: 0, max: 40 }),
      what: fc.constantFrom('in', 'close', 'open'),
    });
    fc.assert(
      fc.property(fc.array(deed, { minLength: 10, maxLength: 60 }), (deeds) => {
        const night = new Night();
        const byHour = new Map<number, Set<number | null | undefined>>();
        deeds.forEach(({ wait, what }, n) => {
          night.atMs += wait * minuteMs;
          if (what === 'in' || n < 8) night.restricted(`r${n}`);
          else night.step(`r${n % 8}`, what === 'close' ? 'false' : 'reopen');
          const hour = Math.floor(night.atMs / hourMs);
          byHour.set(hour, (byHour.get(hour) ?? new Set()).add(night.told('command')));
        });
        for (const answers of byHour.values()) expect(answers.size).toBe(1);
      }),
    );
  });
});
