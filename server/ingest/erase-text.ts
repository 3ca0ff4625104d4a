import { Failure } from '../../shared/failure.ts';
import { eraseTextSchema } from '../../shared/model/sealed.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { removePieces } from '../sources/gathering.ts';
import type { Sources } from '../sources/sources.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface EraseTextDoor {
  /** What a caller said goes for ever; the same again changes nothing. Answers when it was erased. */
  erase(principal: Principal, alertId: string, body: unknown): Promise<{ id: string; textErasedAt: string }>;
  /** Destroys the keys of erased words that a server which died meanwhile has left. */
  finish(signal: AbortSignal): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly sources: Sources;
  readonly picture: () => Picture;
}

export function createEraseTextDoor({ submit, sources, picture }: Parts): EraseTextDoor {
  const finished = new Set<string>();
  const destroy = async (alertId: string): Promise<void> => {
    await sources.words.erase(alertId);
    await removePieces(sources, alertId);
    finished.add(alertId);
  };
  return {
    async erase(principal, alertId, body) {
      mustMay(principal, 'erase-text', 'erase what a caller said');
      const alert = picture().alerts.get(alertId);
      if (!alert) throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'id' });
      mustBeTheirs(principal, alert);
      const { reason } = parseBody(eraseTextSchema, body);
      const why = await sources.withoutNumbers(reason);
      // First that, by whom and why it was erased: a server that dies between the two leaves the rest to `finish`.
      idOrRefusal(await submit.event(principal, { kind: 'alert.text-erased', alertId, reason: why }));
      await destroy(alertId);
      const erasedAtMs = picture().alerts.get(alertId)?.textErasedAtMs ?? alert.changedAtMs;
      return { id: alertId, textErasedAt: new Date(erasedAtMs).toISOString() };
    },
    async finish(signal) {
      for (const { id, textErasedAtMs } of picture().alerts.values()) {
        if (signal.aborted) return;
        if (textErasedAtMs === undefined || finished.has(id)) continue;
        if (await sources.words.isErased(id)) finished.add(id);
        else await destroy(id);
      }
    },
  };
}

/** Restricted records are the adviser's, all others the shift leader's; who watches over data may erase either. */
function mustBeTheirs({ role }: Principal, { id, restricted }: Alert): void {
  if (role === 'adviser' && !restricted)
    throw new Failure('not-found', `there is no alert ${id}`, { field: 'id' });
  if (role === 'chief' && restricted)
    throw new Failure('role-not-allowed', 'chief may not erase a protection incident; adviser and dpo may');
}
