import { Failure } from '../../shared/failure.ts';
import { unitIdSchema } from '../../shared/model/position.ts';
import { heartbeatUnitId, unitInSchema } from '../../shared/model/unit.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import type { Picture } from '../picture/picture.ts';
import { parseBody } from './parse-body.ts';
import { mayRegister } from './positions.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface UnitsDoor {
  /** Registers a unit or changes its particulars; answers whether it was new. */
  register(principal: Principal, id: string, body: unknown): Promise<{ isNew: boolean }>;
  remove(principal: Principal, id: string): Promise<void>;
}

export function createUnitsDoor(submit: Submit, picture: () => Picture): UnitsDoor {
  const mayWork = (principal: Principal, id: string, sector: string | null | undefined): void => {
    const { role, sectors } = principal;
    const known = picture().units.get(id);
    if (role === 'sector') {
      const own =
        sectors.includes(sector ?? known?.sector ?? '') && (!known || sectors.includes(known.sector ?? ''));
      if (own) return;
      throw new Failure('role-not-allowed', 'sector may register units of its own sector only', {
        field: 'sector',
      });
    }
    if (role === 'feed') {
      if (mayRegister(principal) && (!known || (!known.registered && known.live?.by === principal.id)))
        return;
      throw new Failure(
        'role-not-allowed',
        'feed may register units that nobody has registered, and change no other',
      );
    }
    if (roleMay(role, 'register-unit')) return;
    const may = [...rolesThatMay('register-unit'), 'sector'].join(', ');
    throw new Failure('role-not-allowed', `${role} may not register units; ${may} may`);
  };
  return {
    async register(principal, id, body) {
      const unitId = checkedId(id);
      const unit = parseBody(unitInSchema, body);
      mayWork(principal, unitId, unit.sector);
      const isNew = !picture().units.has(unitId);
      idOrRefusal(await submit.event(principal, { kind: 'unit.registered', unitId, unit }));
      return { isNew };
    },
    async remove(principal, id) {
      if (principal.role === 'feed')
        throw new Failure('role-not-allowed', 'feed may not remove units; admin may');
      mayWork(principal, id, undefined);
      if (!picture().units.has(id)) throw new Failure('not-found', `there is no unit ${id}`, { field: 'id' });
      idOrRefusal(await submit.event(principal, { kind: 'unit.removed', unitId: id }));
    },
  };
}

function checkedId(id: string): string {
  if (!unitIdSchema.safeParse(id).success) {
    throw new Failure('field-out-of-range', 'a unit id has 1 to 64 characters', { field: 'id' });
  }
  if (id === heartbeatUnitId) {
    throw new Failure('conflict', `the id ${heartbeatUnitId} is kept for the service itself`, {
      field: 'id',
    });
  }
  return id;
}
