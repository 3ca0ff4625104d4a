import { Failure } from '../../shared/failure.ts';
import { quantise } from '../../shared/model/fix-batch.ts';
import {
  maxPositionsPerCall,
  type Fix,
  type PositionsAnswer,
  type RejectedItem,
} from '../../shared/model/position.ts';
import { heartbeatUnitId } from '../../shared/model/unit.ts';
import { roleMay, type Principal } from '../../shared/role.ts';
import type { Picture } from '../picture/picture.ts';
import { parsePosition, type ItemRefusal } from './parse-position.ts';
import type { Submit } from './submit.ts';

/** One item of a batch on its way in, with the device that sent it where the protocol names one. */
export interface PositionCandidate {
  readonly item: unknown;
  readonly device?: string;
  /** Set by a door that could not even read the item; it is listed as refused. */
  readonly refusal?: ItemRefusal;
}

export interface PositionsDoor {
  /** Takes a batch: the good ones are durable when it answers, the others are listed with their index. */
  take(principal: Principal, candidates: readonly PositionCandidate[]): Promise<PositionsAnswer>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly nowMs: () => number;
}

export function createPositionsDoor({ submit, picture, nowMs }: Parts): PositionsDoor {
  return {
    async take(principal, candidates) {
      if (candidates.length > maxPositionsPerCall) {
        const message = `${candidates.length} positions in one call; at most ${maxPositionsPerCall} are taken`;
        throw new Failure('too-many-items', message, { field: 'positions' });
      }
      if (!mayReport(principal)) {
        throw new Failure(
          'role-not-allowed',
          `${principal.role} may not report positions; a feed or patrol token may`,
        );
      }
      const sorted = sortOut(principal, candidates, picture(), nowMs());
      const verdict =
        sorted.fixes.length === 0
          ? { accepted: 0, duplicates: 0, conflicts: [], unknownUnits: [] }
          : await submit.fixes(principal, sorted.fixes, mayRegister(principal));
      const rejected = [
        ...sorted.rejected,
        ...verdict.conflicts.map((at) => conflict(sorted.indices[at] ?? 0)),
        ...verdict.unknownUnits.map((at) =>
          unknownUnit(sorted.indices[at] ?? 0, sorted.fixes[at]?.unit ?? ''),
        ),
      ].sort((a, b) => a.index - b.index);
      return { accepted: verdict.accepted, duplicates: sorted.duplicates + verdict.duplicates, rejected };
    },
  };
}

function mayReport({ role }: Principal): boolean {
  return role === 'feed' || role === 'patrol' || role === 'sector' || roleMay(role, 'report-any-unit');
}

/** Only a feed that is not bound to units may bring a unit into being by reporting it. */
export function mayRegister({ role, units }: Principal): boolean {
  return role === 'feed' && units.length === 0;
}

interface SortedOut {
  readonly fixes: readonly Fix[];
  /** Index in the batch as it was sent, for each of `fixes`. */
  readonly indices: readonly number[];
  readonly duplicates: number;
  readonly rejected: readonly RejectedItem[];
}

/** Splits a batch into fixes to append, fixes already known (nothing to append), and refused items. */
function sortOut(
  principal: Principal,
  candidates: readonly PositionCandidate[],
  picture: Picture,
  nowMs: number,
): SortedOut {
  const fixes: Fix[] = [];
  const indices: number[] = [];
  const rejected: RejectedItem[] = [];
  let duplicates = 0;
  candidates.forEach(({ item, device, refusal: unreadable }, index) => {
    const fix = unreadable ?? parsePosition(item, device ?? principal.id, nowMs);
    const refusal = 'code' in fix ? fix : unitRefusal(principal, fix.unit, picture);
    if (refusal) rejected.push({ index, ...refusal });
    else if (!('code' in fix)) {
      if (picture.tracks.look(quantise(fix)) === 'duplicate') duplicates++;
      else {
        fixes.push(fix);
        indices.push(index);
      }
    }
  });
  return { fixes, indices, duplicates, rejected };
}

function unitRefusal(principal: Principal, unit: string, picture: Picture): ItemRefusal | undefined {
  if (unit === heartbeatUnitId) {
    return {
      code: 'unit-not-yours',
      field: 'unit',
      message: `the id ${heartbeatUnitId} is kept for the service itself`,
    };
  }
  const known = picture.units.get(unit);
  if (!known && !mayRegister(principal)) return unknown(unit);
  const bound = principal.units.length > 0 || principal.role === 'patrol';
  if (bound && !principal.units.includes(unit)) {
    return { code: 'unit-not-yours', field: 'unit', message: `this token may not report for ${unit}` };
  }
  const outside = known && principal.role === 'sector' && !principal.sectors.includes(known.sector ?? '');
  return outside
    ? { code: 'unit-not-yours', field: 'unit', message: `${unit} is not of your sector` }
    : undefined;
}

function unknown(unit: string): ItemRefusal {
  return { code: 'unit-unknown', field: 'unit', message: `there is no unit ${unit}; register it first` };
}

function conflict(index: number): RejectedItem {
  const message = 'another fix of this unit, device and time is on record; it stays';
  return { index, code: 'conflict', field: 'time', message };
}

function unknownUnit(index: number, unit: string): RejectedItem {
  return { index, ...unknown(unit) };
}
