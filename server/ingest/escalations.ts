import { Failure } from '../../shared/failure.ts';
import type { Principal } from '../../shared/role.ts';
import { answeringRoles } from '../../shared/rules/escalation.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { idOrRefusal, type Submit } from './submit.ts';

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
      if (call && !answeringRoles[call.level].includes(principal.role)) {
        const may = answeringRoles[call.level].join(', ');
        throw new Failure('role-not-allowed', `${principal.role} may not answer this call; ${may} may`);
      }
      idOrRefusal(
        await submit.event(principal, { kind: 'alert.escalation-answered', alertId, id: escalationId }),
      );
    },
  };
}
