import { Failure } from '../../shared/failure.ts';
import { prewarnEndSchema, prewarnSchema } from '../../shared/model/prewarning.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { isOwnUnit } from './alerts.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface PrewarningsDoor {
  /** Tells units to be ready while the alert is still being verified; the same again changes nothing. */
  prewarn(principal: Principal, alertId: string, body: unknown): Promise<void>;
  /** One of them need not be ready any more; no reason is asked for. */
  end(principal: Principal, alertId: string, body: unknown): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly maySee: (principal: Principal, alert: Alert) => boolean;
}

export function createPrewarningsDoor({ submit, picture, maySee }: Parts): PrewarningsDoor {
  const mayTouch = (principal: Principal, alertId: string): void => {
    mustMay(principal, 'prewarn-units', 'pre-warn units');
    const alert = picture().alerts.get(alertId);
    if (!alert || !maySee(principal, alert))
      throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'id' });
  };
  const mustBeOwn = (principal: Principal, units: readonly string[], field: string): void => {
    const foreign = units.find((unit) => !isOwnUnit(principal, unit, picture()));
    if (foreign !== undefined)
      throw new Failure('unit-not-yours', `${foreign} is not one of your units`, { field });
  };
  return {
    async prewarn(principal, alertId, body) {
      mayTouch(principal, alertId);
      const { units } = parseBody(prewarnSchema, body);
      mustBeOwn(principal, units, 'units');
      idOrRefusal(await submit.event(principal, { kind: 'alert.prewarned', alertId, units }));
    },
    async end(principal, alertId, body) {
      mayTouch(principal, alertId);
      const { unit } = parseBody(prewarnEndSchema, body);
      mustBeOwn(principal, [unit], 'unit');
      idOrRefusal(await submit.event(principal, { kind: 'alert.prewarning-ended', alertId, unit }));
    },
  };
}
