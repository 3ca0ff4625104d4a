import { expect, it } from 'vitest';
import { missionSchema } from '../../../shared/model/mission.ts';
import type { RestrictedClass } from '../../../shared/model/entry.ts';
import type { Reading } from '../../../shared/model/reading.ts';
import { roles, type Role } from '../../../shared/role.ts';
import { alertView } from '../../../server/audience/alert-view.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import { foldAlertReceived } from '../../../server/picture/fold-alert.ts';
import { newPicture } from '../../../server/picture/fold.ts';

const reading: Reading = {
  place: {
    ...{ lon: -20, lat: 5, confidence: 0.8 },
    precision: 'village',
    how: 'name',
    matched: 'Tanduru 0612345678',
  },
  otherPlaces: [],
  category: { value: 'looting', confidence: 0.6, words: ['WORDREAD'] },
};

function seenBy(role: Role, restricted?: RestrictedClass): string {
  const picture = newPicture();
  const author = { id: 'feed-1', role: 'feed', name: 'gateway' } as const;
  const alert = { category: 'looting', priority: 'P1', text: 'x', channel: 'sms', reading } as const;
  const facts = { sector: 'S1', ...(restricted ? { restricted } : {}) };
  foldAlertReceived(picture, { kind: 'alert.received', alertId: 'a', alert, facts }, author, {
    seq: 1,
    atMs: 0,
  });
  const received = picture.alerts.get('a');
  if (!received) throw new Error('the alert is not there');
  const principal = { id: 'feed-1', role, name: role, units: ['u'], sectors: ['S1'] };
  const tasked = {
    ...received,
    tasks: [{ unit: 'u', state: 'offered', offeredAtMs: 0, changedAtMs: 0 } as const],
  };
  const context = { mission: missionOf(missionSchema.parse({})), picture, atMs: 1 };
  return JSON.stringify(alertView(tasked, principal, context) ?? '');
}

it('shows what was read to those who see the text, and to nobody else', () => {
  const readers = roles.filter((role) => seenBy(role).includes('WORDREAD'));
  expect(readers.sort()).toEqual(['admin', 'analyst', 'chief', 'command', 'liaison', 'sector', 'watch']);
  expect(roles.filter((role) => seenBy(role, 'crsv').includes('WORDREAD'))).toEqual(['adviser']);
});

it('keeps numbers in what was read from those who see no contact hints', () => {
  expect(seenBy('watch')).toContain('0612345678');
  expect(seenBy('analyst')).not.toContain('0612345678');
  expect(seenBy('command')).not.toContain('0612345678');
});
