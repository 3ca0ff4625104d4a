import { handoverInSchema, type HandoverBrief } from '../../shared/model/handover.ts';
import type { Principal } from '../../shared/role.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface HandoversDoor {
  /** The outgoing shift signs the brief as it is now. */
  signOff(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
  /** The incoming shift signs. */
  take(principal: Principal, id: string): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly newId: () => string;
  readonly brief: (principal: Principal) => HandoverBrief;
}

/** The door of shift handovers: both sides sign, each with its own account. */
export function createHandoversDoor({ submit, newId, brief }: Parts): HandoversDoor {
  return {
    async signOff(principal, body) {
      mustMay(principal, 'hand-over', 'hand the watch over');
      const { id, notes } = parseBody(handoverInSchema, body);
      const handoverId = id ?? newId();
      return idOrRefusal(
        await submit.event(principal, {
          ...{ kind: 'handover.signed-off', handoverId, notes },
          brief: brief(principal),
        }),
      );
    },
    async take(principal, id) {
      mustMay(principal, 'hand-over', 'take the watch over');
      idOrRefusal(await submit.event(principal, { kind: 'handover.taken', handoverId: id }));
    },
  };
}
