import { crisisDecisionSchema, crisisSwitchSchema } from '../../shared/model/crisis.ts';
import type { Principal } from '../../shared/role.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface CrisisDoor {
  turn(principal: Principal, body: unknown): Promise<void>;
  decide(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
}

interface Parts {
  readonly submit: Submit;
  readonly newId: () => string;
}

/** The one switch of crisis mode, and the register of what is decided in it. */
export function createCrisisDoor({ submit, newId }: Parts): CrisisDoor {
  return {
    async turn(principal, body) {
      mustMay(principal, 'switch-crisis', 'switch crisis mode');
      const { on, name, reason } = parseBody(crisisSwitchSchema, body);
      const switched = { on, reason, ...(on && name ? { name } : {}) };
      idOrRefusal(await submit.event(principal, { kind: 'crisis.switched', ...switched }));
    },
    async decide(principal, body) {
      mustMay(principal, 'log-decision', 'log a decision');
      const { id, what, who, when, onWhat } = parseBody(crisisDecisionSchema, body);
      const decision = { what, who, onWhat, ...(when ? { when } : {}) };
      return idOrRefusal(
        await submit.event(principal, { kind: 'crisis.decided', decisionId: id ?? newId(), ...decision }),
      );
    },
  };
}
