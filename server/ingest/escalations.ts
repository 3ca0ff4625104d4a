import { Failure } from '../../shared/failure.ts';
import type { EscalationLevel } from '../../shared/model/alert-lists.ts';
import type { Principal, Role } from '../../shared/role.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { idOrRefusal, type Submit } from './submit.ts';

/** Who answers for a level, by name. The administrator stands in for the watch, as everywhere. */
const answering: Readonly<Record<EscalationLevel, readonly Role[]>> = {
  watch: ['watch', 'chief', 'admin'],
  chief: ['chief'],
  sector: ['sector'],
  command: ['command'],
  adviser: ['adviser'],
};

export interface EscalationsDoor {
  /** Says that the call has arrived; refuses with `role-not-allowed` whoever the call was not for. */
  answer(principal: Principal, alertId: string, escalationId: string): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly maySee: (principal: Principal, alert: Alert) => boolean;
}

export function createEscalationsDoor({ submit, picture, maySee }: Parts): EscalationsDoor {
  return {
    async answer(principal, alertId, escalationId) {
      const alert = picture().alerts.get(alertId);
      if (!alert || !maySee(principal, alert))
        throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'id' });
      const call = alert.escalations.find(({ id }) => id === escalationId);
      if (call && !answering[call.level].includes(principal.role)) {
        const may = answering[call.level].join(', ');
        throw new Failure('role-not-allowed', `${principal.role} may not answer this call; ${may} may`);
      }
      idOrRefusal(
        await submit.event(principal, { kind: 'alert.escalation-answered', alertId, id: escalationId }),
      );
    },
  };
}
