import type { AlertReport } from '../../shared/model/alert.ts';
import type { AlertFacts } from '../../shared/model/entry.ts';
import type { Principal } from '../../shared/role.ts';
import type { Mission } from '../mission/mission.ts';
import type { Picture } from '../picture/picture.ts';
import { changedFacts, factsOf, placed } from './alerts.ts';
import { mustMay } from './may.ts';
import { idOrRefusal, type Submit } from './submit.ts';

/** The way in of what gateways bring: reports that a machine wrote, with facts that only the front door knows. */
export interface IntakeDoor {
  /** The same id twice is one alert, whatever the second says: `isNew` tells. */
  raise(
    principal: Principal,
    alert: { readonly id: string; readonly report: AlertReport; readonly facts?: AlertFacts },
  ): Promise<{ id: string; isNew: boolean }>;
  change(
    principal: Principal,
    alert: {
      readonly id: string;
      readonly patch: Partial<AlertReport>;
      readonly changeId: string;
      readonly facts?: AlertFacts;
    },
  ): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly mission: Mission;
}

export function createIntakeDoor({ submit, picture, mission }: Parts): IntakeDoor {
  return {
    async raise(principal, { id, report, facts = {} }) {
      mustMay(principal, 'raise-alert', 'raise an alert');
      if (picture().alerts.has(id)) return { id, isNew: false };
      const alert = placed(report, picture());
      const verdict = await submit.event(principal, {
        kind: 'alert.received',
        alertId: id,
        alert,
        facts: { ...factsOf(mission, alert, principal, report.reading?.restricted), ...facts },
      });
      // Another call with the same id was quicker, and what was read of the message had changed meanwhile.
      if (verdict.kind === 'refused' && verdict.code === 'conflict') return { id, isNew: false };
      return idOrRefusal(verdict);
    },
    async change(principal, { id, patch, changeId, facts: known = {} }) {
      const corrected = placed(patch, picture());
      const facts = { ...changedFacts(mission, corrected, principal, undefined), ...known };
      const change = `${principal.id} intake ${changeId}`;
      const entry = { kind: 'alert.changed' as const, alertId: id, patch: corrected, facts };
      idOrRefusal(await submit.event(principal, { ...entry, changeId: change }));
    },
  };
}
