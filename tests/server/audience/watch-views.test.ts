import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertView } from '../../../server/audience/alert-view.ts';
import { alertSight } from '../../../server/audience/alert-sight.ts';
import { missionSchema } from '../../../shared/model/mission.ts';
import { roleMay, roles, type Principal, type Role } from '../../../shared/role.ts';
import { briefView } from '../../../server/audience/handover-view.ts';
import { logView } from '../../../server/audience/watch-log-view.ts';
import type { ViewContext } from '../../../server/audience/view-context.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import { draftBrief } from '../../../server/reports/handover-brief.ts';
import { paperOf } from '../../../server/reports/paper.ts';
import { readReport } from '../../../server/reports/reports.ts';
import { reportSubjectVisible } from '../../../server/audience/report-view.ts';
import {
  foldRandom,
  randomPicture,
  sectors,
  type RandomAlert,
  type RandomPicture,
} from '../../support/random-picture.ts';

const mission = missionOf(missionSchema.parse({ sectors }));
const principal = (role: Role): Principal => ({
  ...{ id: `p-${role}`, role, name: role, units: [] },
  sectors: ['S1'],
});

/** Everything that the watch's pages give a role, as bytes; reports and paper apart from log and brief. */
function papersOf(role: Role, random: RandomPicture): { log: string; papers: string } {
  const folding = foldRandom(random);
  const context: ViewContext = { mission, picture: folding.picture, atMs: folding.atMs + 7_200_000 };
  const reader = { ...context, principal: principal(role), lang: 'en' as const, isExercise: false };
  const log = roleMay(role, 'read-watch-log')
    ? logView(reader.principal, context, { lang: 'en', limit: 500 })
    : {};
  const brief = roleMay(role, 'hand-over') ? briefView(draftBrief(reader.principal, context), reader) : {};
  const date = new Date(folding.atMs).toISOString().slice(0, 10);
  const reports = [
    ...random.alerts.flatMap(({ id }) =>
      (['flash', 'incident'] as const).map((kind) => ({ kind, lang: 'en' as const, alertId: id })),
    ),
    { kind: 'sitrep' as const, lang: 'en' as const, date },
    { kind: 'sitrep' as const, lang: 'en' as const, date, sector: 'S1' },
  ]
    .filter((subject) => reportSubjectVisible(subject, reader.principal, context))
    .map((subject) => readReport(subject, reader.principal, context, { isExercise: false }));
  const paper = roleMay(role, 'print-paper') ? paperOf(reader) : {};
  return { log: JSON.stringify([log, brief]), papers: JSON.stringify([reports, paper]) };
}

/** From the contract's table: who may read an alert's own words and place, restricted ones in no paper at all. */
function mayReadPlace(role: Role, alert: RandomAlert, where: 'log' | 'papers'): boolean {
  if (alert.restricted) return role === 'adviser' && where === 'log';
  if (['watch', 'chief', 'admin', 'command', 'analyst'].includes(role)) return true;
  return role === 'sector' && alert.sector === 'S1';
}

it('reads of an alert what the view of the alert lets it read', () => {
  fc.assert(
    fc.property(randomPicture, (random) => {
      const { picture, atMs } = foldRandom(random);
      for (const role of roles) {
        for (const alert of picture.alerts.values()) {
          const view = alertView(alert, principal(role), { mission, picture, atMs });
          const sight = view?.history
            ? 'full'
            : view && alert.restricted && role !== 'feed'
              ? 'protection'
              : undefined;
          expect([role, alertSight(alert, principal(role))]).toEqual([role, sight]);
        }
      }
    }),
    { numRuns: 40 },
  );
});

describe.each(roles)('what the papers of the watch tell %s', (role) => {
  it('is no word, place or order of an alert that is not for it, and no number to call', () => {
    fc.assert(
      fc.property(randomPicture, (random) => {
        const { log, papers } = papersOf(role, random);
        const all = { log, papers };
        random.alerts.forEach((alert, number) => {
          for (const where of ['log', 'papers'] as const) {
            const may = mayReadPlace(role, alert, where);
            if (may && (where === 'log' || alert.report.placeName))
              expect(all[where]).toContain(`PLACE${number}!`);
            if (!may) {
              expect(all[where]).not.toContain(`PLACE${number}!`);
              expect(all[where]).not.toContain(`ORDER-${alert.id}!`);
              if (where === 'papers' && alert.restricted)
                expect(all[where]).not.toContain(String(alert.report.lon));
            }
            if (!may || where === 'log') expect(all[where]).not.toContain(`TEXT${number}!`);
          }
        });
        expect(papers).not.toMatch(/0990 123|123 4567/);
      }),
      { numRuns: 25 },
    );
  });
});
