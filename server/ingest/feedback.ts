import { Failure } from '../../shared/failure.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import { reportLanguages } from '../../shared/model/report.ts';
import type { FeedbackTemplate } from '../../shared/model/feedback-lists.ts';
import { feedbackInSchema } from '../../shared/model/source.ts';
import type { Principal } from '../../shared/role.ts';
import type { Mission } from '../mission/mission.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import type { FocalPoints } from '../sources/focal-points.ts';
import type { Sources } from '../sources/sources.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface FeedbackDoor {
  /** Queues a message to the caller; the same one again changes nothing, unless it has failed. */
  tell(principal: Principal, alertId: string, body: unknown): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly sources: Sources;
  readonly points: FocalPoints;
  readonly maySee: (principal: Principal, alert: Alert) => boolean;
}

export function createFeedbackDoor(parts: Parts): FeedbackDoor {
  const { submit, picture, mission, sources, points, maySee } = parts;
  return {
    async tell(principal, alertId, body) {
      mustMay(principal, 'tell-caller', 'tell a caller');
      const alert = picture().alerts.get(alertId);
      if (!alert || !maySee(principal, alert))
        throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'id' });
      if (alert.restricted && principal.role !== 'adviser')
        throw new Failure(
          'role-not-allowed',
          'the caller of a protection incident is told by an adviser only',
        );
      const { template } = parseBody(feedbackInSchema, body);
      const { source } = alert;
      if (sources.state === 'closed') throw new Failure('sources-closed', sources.reason ?? 'no source key');
      const point = source === undefined ? undefined : await points.of(source);
      const number = source === undefined ? undefined : await sources.numberOf(source);
      const isSafe = alert.callerSafe && point?.safeToCall === true && point.withdrawnAtMs === undefined;
      if (!isSafe || number === undefined || (await sources.hasStopped(number)))
        throw new Failure('sender-not-safe', 'this caller is not marked safe to be told, or asked not to be');
      const language = languageOf([...point.languages, ...mission.file.languages]);
      const entry = { kind: 'alert.feedback', alertId, template, language, state: 'queued' } as const;
      idOrRefusal(await submit.event(principal, { ...entry, id: idOf(alert, template) }));
    },
  };
}

/** One message of each kind for an alert; another where the one before has failed for good, or has not arrived. */
function idOf({ id, feedback = [] }: Alert, template: FeedbackTemplate): string {
  const failed = feedback.filter(
    (one) => one.template === template && (one.state === 'failed' || one.state === 'undelivered'),
  ).length;
  return `${id} ${template} ${failed + 1}`;
}

function languageOf(languages: readonly string[]): ReportLanguage {
  const known = (one: string): one is ReportLanguage => (reportLanguages as readonly string[]).includes(one);
  return languages.find(known) ?? 'en';
}
