import { Failure } from '../../shared/failure.ts';
import { alertInSchema, alertPatchSchema, type AlertIn } from '../../shared/model/alert.ts';
import { stepBodies, type StepBody } from '../../shared/model/step-bodies.ts';
import {
  roleMayStep,
  stepAllowed,
  stepRules,
  stepsFor,
  steps,
  type Step,
} from '../../shared/model/alert-steps.ts';
import type { AlertFacts, AlertStepBody } from '../../shared/model/entry.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import type { Mission } from '../mission/mission.ts';
import { lastDeed } from '../picture/last-deed.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface AlertsDoor {
  raise(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
  change(principal: Principal, id: string, body: unknown, changeId?: string): Promise<void>;
  step(principal: Principal, id: string, step: string, body: unknown, changeId?: string): Promise<void>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly newId: () => string;
  /** Whether the principal may see the alert: what it may not see it may not touch, nor learn that it is there. */
  readonly maySee: (principal: Principal, alert: Alert) => boolean;
}

export function createAlertsDoor(parts: Parts): AlertsDoor {
  return {
    async raise(principal, body) {
      if (!roleMay(principal.role, 'raise-alert')) throw notYours(principal, 'raise an alert', 'raise-alert');
      const { id, restricted, ...given } = parseBody(alertInSchema, body);
      const alert = placed(given, parts.picture());
      const facts = factsOf(parts.mission, alert, principal, restricted);
      const alertId = id ?? parts.newId();
      return idOrRefusal(
        await parts.submit.event(principal, { kind: 'alert.received', alertId, alert, facts }),
      );
    },

    async change(principal, id, body, changeId) {
      const alert = seenAlert(parts, principal, id);
      mayChange(principal, alert);
      const { restricted, ...given } = parseBody(alertPatchSchema, body);
      mayRestrict(principal, restricted);
      if (typeof given.text === 'string' && alert.textErasedAtMs !== undefined)
        throw new Failure('conflict', 'the text of this alert was erased for ever', { field: 'text' });
      const patch = placed(given, parts.picture());
      const facts = changedFacts(parts.mission, patch, principal, restricted);
      const entry = { kind: 'alert.changed' as const, alertId: id, patch, facts };
      idOrRefusal(
        await parts.submit.event(principal, { ...entry, ...changeOf(principal, 'change', changeId) }),
      );
    },

    async step(principal, id, step, body, changeId) {
      if (!isStep(step)) {
        throw new Failure('not-found', `there is no step ${step}; the steps are ${steps.join(', ')}`, {
          field: 'step',
        });
      }
      mayEver(principal, step);
      const alert = seenAlert(parts, principal, id);
      const change = changeOf(principal, step, changeId);
      const isRetry = change.changeId !== undefined && alert.changeIds.includes(change.changeId);
      if (!isRetry) mayTake(principal, alert, step, namedUnits(body), parts.picture());
      const parsed = parseBody<StepBody<Step>>(stepBodies[step], body ?? {});
      const entry: AlertStepBody = {
        kind: 'alert.step',
        alertId: id,
        step,
        body: parsed,
        facts: {},
        ...change,
      };
      const facts = stepFacts(parts, alert, entry);
      idOrRefusal(await parts.submit.event(principal, { ...entry, ...facts }));
    },
  };
}

/** A client's id of a change counts for its author and this kind of change only. */
function changeOf(principal: Principal, what: string, changeId: string | undefined): { changeId?: string } {
  return changeId === undefined ? {} : { changeId: `${principal.id} ${what} ${changeId}` };
}

/** The units that a step's body names, read before the body is checked in full. */
function namedUnits(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null) return [];
  const one: unknown = 'unit' in body ? body.unit : undefined;
  const many: unknown = 'units' in body ? body.units : undefined;
  const named: unknown[] = Array.isArray(many) ? many : [one];
  return named.filter((unit) => typeof unit === 'string');
}

function isStep(step: string): step is Step {
  return (steps as readonly string[]).includes(step);
}

function seenAlert({ picture, maySee }: Parts, principal: Principal, id: string): Alert {
  const alert = picture().alerts.get(id);
  if (!alert || !maySee(principal, alert))
    throw new Failure('not-found', `there is no alert ${id}`, { field: 'id' });
  return alert;
}

function notYours(principal: Principal, what: string, deed: Parameters<typeof rolesThatMay>[0]): Failure {
  const may = rolesThatMay(deed).join(', ');
  return new Failure('role-not-allowed', `${principal.role} may not ${what}; ${may} may`);
}

/** Restricted records are corrected by advisers only: nobody else sees what they would overwrite. */
function mayChange(principal: Principal, alert: Alert): void {
  if (!roleMay(principal.role, 'change-alert')) throw notYours(principal, 'change an alert', 'change-alert');
  if (alert.restricted && principal.role !== 'adviser') {
    throw new Failure(
      'role-not-allowed',
      `${principal.role} may not change a protection incident; adviser may`,
    );
  }
}

/** Anyone at the desk may restrict a record at once; releasing one is the adviser's. */
function mayRestrict({ role }: Principal, restricted: AlertIn['restricted']): void {
  if (restricted === undefined || role === 'adviser') return;
  if (restricted === null)
    throw new Failure('role-not-allowed', `${role} may not release a restricted record; adviser may`);
  if (role === 'liaison') {
    throw new Failure(
      'role-not-allowed',
      'liaison may not restrict a record that is there; watch, chief, adviser may',
    );
  }
}

/** A role that can never take a step is told so, whether the alert is there or not. */
function mayEver({ role }: Principal, step: Step): void {
  const { roles, rolesForHigh } = stepRules[step];
  const may = [...new Set([...roles, ...(rolesForHigh ?? [])])];
  if (!may.includes(role))
    throw new Failure('role-not-allowed', `${role} may not ${step} an alert; ${may.join(', ')} may`);
}

/** Role, then own units and sector, then the state: the first that stands in the way is the answer. */
function mayTake(
  principal: Principal,
  alert: Alert,
  step: Step,
  units: readonly string[],
  picture: Picture,
): void {
  const { role } = principal;
  if (!roleMayStep(role, step, alert.priority)) {
    const { rolesForHigh, roles } = stepRules[step];
    const may = (rolesForHigh ?? roles).join(', ');
    throw new Failure('role-not-allowed', `${role} may not ${step} a ${alert.priority} alert; ${may} may`);
  }
  const foreign = units.find((unit) => !isOwnUnit(principal, unit, picture));
  if (foreign !== undefined)
    throw new Failure('unit-not-yours', `${foreign} is not one of your units`, { field: 'unit' });
  const unit = stepRules[step].taskFrom ? units[0] : undefined;
  if (!stepAllowed(alert, step, unit)) {
    const details = { state: alert.state, allowed: stepsFor(role, alert), ...lastDeed(alert, role) };
    const whose = unit === undefined ? '' : ` for ${unit}`;
    throw new Failure('step-not-allowed', `${step} is not possible${whose}: the alert is ${alert.state}`, {
      details,
    });
  }
}

/** "Own": the units of a patrol's token; for a sector, units registered there or in none. The desk has all. */
export function isOwnUnit({ role, units, sectors }: Principal, unit: string, picture: Picture): boolean {
  if (role === 'patrol') return units.includes(unit);
  const sector = picture.units.get(unit)?.sector;
  return role !== 'sector' || sector === undefined || sectors.includes(sector);
}

/** An alert that names a known place and no position is at that place, to the precision of a village. */
export function placed<A extends Partial<AlertIn>>(alert: A, picture: Picture): A {
  const place = alert.placeId ? picture.places.get(alert.placeId)?.place : undefined;
  if (!place || typeof alert.lon === 'number') return alert;
  const name = alert.placeName ?? place.name;
  return {
    ...alert,
    lon: place.lon,
    lat: place.lat,
    placeName: name,
    precision: alert.precision ?? 'village',
  };
}

export function factsOf(
  mission: Mission,
  alert: Partial<AlertIn>,
  principal: Principal,
  restricted: AlertIn['restricted'],
): AlertFacts {
  const { lon, lat, category } = alert;
  const sector =
    typeof lon === 'number' && typeof lat === 'number'
      ? mission.sectorAt(lon, lat)
      : principal.sectors.length === 1
        ? principal.sectors[0]
        : undefined;
  const kept =
    restricted ?? (category && restricted !== null ? mission.restrictedClass(category) : undefined);
  return { ...(sector ? { sector } : {}), ...(kept ? { restricted: kept } : {}) };
}

/** What a correction changes of the facts: the sector follows the position, the restriction what is said now. */
export function changedFacts(
  mission: Mission,
  patch: Partial<AlertIn>,
  principal: Principal,
  restricted: AlertIn['restricted'],
): AlertFacts {
  const moved = typeof patch.lon === 'number';
  const { sector, restricted: kept } = factsOf(mission, patch, principal, restricted);
  return {
    ...(moved && sector ? { sector } : {}),
    ...(kept ? { restricted: kept } : {}),
    ...(restricted === null ? { released: true } : {}),
  };
}

/** A triage that gives a place places the alert; the sector follows. */
function stepFacts(parts: Parts, alert: Alert, entry: AlertStepBody): Pick<AlertStepBody, 'body' | 'facts'> {
  if (entry.step !== 'triage') return { body: entry.body, facts: {} };
  const body = entry.body as StepBody<'triage'>; // the step says which body it has
  const given = placed({ lon: body.lon, lat: body.lat, placeId: body.placeId }, parts.picture());
  const { lon, lat } = given;
  if (typeof lon !== 'number' || typeof lat !== 'number') return { body, facts: {} };
  const sector = parts.mission.sectorAt(lon, lat) ?? alert.sector;
  const located: StepBody<'triage'> = { ...body, lon, lat };
  return { body: located, facts: sector ? { sector } : {} };
}
