import { Failure } from '../../shared/failure.ts';
import { maxFutureMs } from '../../shared/model/position.ts';
import { contactInSchema } from '../../shared/model/village.ts';
import { contactBys, type ContactBy } from '../../shared/model/village-lists.ts';
import type { Principal } from '../../shared/role.ts';
import type { Picture, PlaceRecord } from '../picture/picture.ts';
import type { Sources } from '../sources/sources.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

/** What is older than this is history, and no contact that the watch over silence could use. */
const oldestMs = 30 * 24 * 3_600_000;

export interface VillagesDoor {
  /** Notes that somebody was in contact with a village. The same `id` again changes nothing. */
  contacted(principal: Principal, villageId: string, body: unknown): Promise<{ id: string; isNew: boolean }>;
}

interface Parts {
  readonly submit: Submit;
  readonly sources: Pick<Sources, 'withoutNumbers'>;
  readonly picture: () => Picture;
  readonly maySee: (principal: Principal, record: PlaceRecord) => boolean;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

export function createVillagesDoor({ submit, sources, picture, maySee, newId, nowMs }: Parts): VillagesDoor {
  return {
    async contacted(principal, villageId, body) {
      mustMay(principal, 'note-contact', 'note a contact');
      const record = picture().places.get(villageId);
      if (!record || !maySee(principal, record))
        throw new Failure('not-found', `there is no village ${villageId}`, { field: 'id' });
      const { id, at, how, by, result, note } = parseBody(contactInSchema, body);
      const told = note ? { note: await sources.withoutNumbers(note) } : {};
      const contact = { contactId: id ?? newId(), atMs: timeOf(at, nowMs()), how, result, ...told };
      const entry = { kind: 'village.contacted' as const, villageId, by: by ?? byOf(principal), ...contact };
      return idOrRefusal(await submit.event(principal, entry));
    },
  };
}

function byOf({ role }: Principal): ContactBy {
  return contactBys.find((by) => by === role) ?? 'watch';
}

function timeOf(at: string | null | undefined, nowMs: number): number {
  if (!at) return nowMs;
  const atMs = Date.parse(at);
  if (atMs > nowMs + maxFutureMs) throw new Failure('time-future', 'at is in the future', { field: 'at' });
  if (atMs < nowMs - oldestMs)
    throw new Failure('field-out-of-range', 'at is more than thirty days ago', { field: 'at' });
  return Math.min(atMs, nowMs);
}
