import { Failure } from '../../shared/failure.ts';
import { rumourAnswerSchema, rumourInSchema } from '../../shared/model/rumour.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import type { Rumour } from '../picture/watch.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface RumoursDoor {
  raise(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
  answer(principal: Principal, id: string, body: unknown, changeId?: string): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly newId: () => string;
  readonly maySeeAlert: (principal: Principal, alert: Alert) => boolean;
  readonly maySee: (principal: Principal, rumour: Rumour) => boolean;
}

/** The door of rumours: what is said, how it spreads, and what has been verified. */
export function createRumoursDoor({ submit, picture, newId, maySeeAlert, maySee }: Parts): RumoursDoor {
  return {
    async raise(principal, body) {
      mustMay(principal, 'raise-rumour', 'note a rumour');
      const { id, claim, spread, alertId } = parseBody(rumourInSchema, body);
      const alert = alertId ? picture().alerts.get(alertId) : undefined;
      if (alertId && (!alert || !maySeeAlert(principal, alert))) {
        throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'alertId' });
      }
      const rumour = { claim, spread, ...(alertId ? { alertId } : {}) };
      return idOrRefusal(
        await submit.event(principal, { kind: 'rumour.raised', rumourId: id ?? newId(), ...rumour }),
      );
    },
    async answer(principal, id, body, changeId) {
      mustMay(principal, 'answer-rumour', 'answer a rumour');
      const rumour = picture().watch.rumours.get(id);
      if (!rumour || !maySee(principal, rumour)) {
        throw new Failure('not-found', `there is no rumour ${id}`, { field: 'id' });
      }
      const answer = parseBody(rumourAnswerSchema, body);
      const change = changeId === undefined ? {} : { changeId: `${principal.id} ${changeId}` };
      idOrRefusal(
        await submit.event(principal, { kind: 'rumour.answered', rumourId: id, ...answer, ...change }),
      );
    },
  };
}
