import { Failure } from '../../shared/failure.ts';
import { geometryCentre } from '../../shared/geo/area.ts';
import {
  threatInSchema,
  threatPatchSchema,
  type Geometry,
  type ThreatPatch,
} from '../../shared/model/threat.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import type { Mission } from '../mission/mission.ts';
import type { Picture, Threat } from '../picture/picture.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface ThreatsDoor {
  raise(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
  change(principal: Principal, id: string, body: unknown): Promise<void>;
  end(principal: Principal, id: string): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly newId: () => string;
  readonly maySee: (principal: Principal, threat: Threat) => boolean;
}

export function createThreatsDoor({ submit, picture, mission, newId, maySee }: Parts): ThreatsDoor {
  const mayWork = (principal: Principal): void => {
    if (roleMay(principal.role, 'raise-threat')) return;
    const may = rolesThatMay('raise-threat').join(', ');
    throw new Failure('role-not-allowed', `${principal.role} may not work on threats; ${may} may`);
  };
  const seen = (principal: Principal, id: string): void => {
    const threat = picture().threats.get(id);
    if (!threat || !maySee(principal, threat)) {
      throw new Failure('not-found', `there is no threat ${id}`, { field: 'id' });
    }
    if (!isOwn(principal, threat.threat.geometry)) {
      throw new Failure('role-not-allowed', 'sector may work on the threats of its own sector only', {
        field: 'id',
      });
    }
  };
  const isOwn = ({ role, sectors }: Principal, geometry: Geometry): boolean =>
    role !== 'sector' || sectors.includes(mission.sectorAt(...geometryCentre(geometry)) ?? '');
  return {
    async raise(principal, body) {
      mayWork(principal);
      const { id, ...threat } = parseBody(threatInSchema, body);
      mustEndAfterItBegins(threat);
      const threatId = id ?? newId();
      return idOrRefusal(await submit.event(principal, { kind: 'threat.raised', threatId, threat }));
    },
    async change(principal, id, body) {
      mayWork(principal);
      seen(principal, id);
      const patch = parseBody(threatPatchSchema, body);
      mustEndAfterItBegins({ ...picture().threats.get(id)?.threat, ...patch });
      idOrRefusal(await submit.event(principal, { kind: 'threat.changed', threatId: id, patch }));
    },
    async end(principal, id) {
      mayWork(principal);
      seen(principal, id);
      idOrRefusal(await submit.event(principal, { kind: 'threat.ended', threatId: id }));
    },
  };
}

function mustEndAfterItBegins({ validFrom, validTo }: Pick<ThreatPatch, 'validFrom' | 'validTo'>): void {
  if (!validFrom || !validTo || Date.parse(validTo) >= Date.parse(validFrom)) return;
  throw new Failure('field-invalid', 'validTo is before validFrom', { field: 'validTo' });
}
