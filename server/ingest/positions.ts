import { Failure } from '../../shared/failure.ts';
import { encodeFixColumns } from '../../shared/model/fix-batch.ts';
import { fillColumns, FixColumns } from '../../shared/model/fix-columns.ts';
import {
  maxPositionsPerCall,
  type Fix,
  type PositionsAnswer,
  type RejectedItem,
} from '../../shared/model/position.ts';
import { roleMay, type Principal } from '../../shared/role.ts';
import type { BatchVerdict, Picture } from '../picture/picture.ts';
import { admit, mayRegister, unknownUnit, type Admitted } from './admit.ts';
import { readUplink } from './packed-positions.ts';
import { parsePosition, type ItemRefusal } from './parse-position.ts';
import type { Submit } from './submit.ts';

export { mayRegister };

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

export interface PackedPositionsDoor {
  /** The same for packed fixes (shared/model/packed-fixes.ts). */
  takePacked(principal: Principal, bytes: Uint8Array): Promise<PositionsAnswer>;
}

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly nowMs: () => number;
}

export function createPositionsDoor({ submit, picture, nowMs }: Parts): PositionsDoor & PackedPositionsDoor {
  // Everything from filling these to encoding the entry is one turn of the event loop.
  const columns = new FixColumns();
  return {
    async take(principal, candidates) {
      refuseTooMany(candidates.length);
      refuseOthers(principal);
      const parsed = parseAll(principal, candidates, nowMs());
      fillColumns(columns, parsed.fixes, principal.id);
      const indexOf = (row: number): number => parsed.indices[row] ?? 0;
      const admitted = admit(columns, { principal, picture: picture(), indexOf, refusalOf: () => undefined });
      const verdict = await submitted(admitted, () =>
        submit.batch(principal, mayRegister(principal), (head) => encodeFixColumns(head, columns)),
      );
      const unitAt = (index: number): string => parsed.fixes[parsed.indices.indexOf(index)]?.unit ?? '';
      return answerOf({ ...admitted, rejected: [...parsed.rejected, ...admitted.rejected] }, verdict, unitAt);
    },

    async takePacked(principal, bytes) {
      refuseOthers(principal);
      const uplink = readUplink(bytes, columns, nowMs());
      const sent = columns.length;
      const { refusalOf } = uplink;
      const admitted = admit(columns, { principal, picture: picture(), indexOf: (row) => row, refusalOf });
      const isWhole = columns.length === sent;
      const verdict = await submitted(admitted, () =>
        submit.batch(principal, mayRegister(principal), (head) =>
          isWhole ? uplink.wrap(head) : encodeFixColumns(head, columns),
        ),
      );
      return answerOf(admitted, verdict, uplink.unitAt);
    },
  };
}

function refuseTooMany(count: number): void {
  if (count <= maxPositionsPerCall) return;
  const message = `${count} positions in one call; at most ${maxPositionsPerCall} are taken`;
  throw new Failure('too-many-items', message, { field: 'positions' });
}

function refuseOthers({ role }: Principal): void {
  if (role === 'feed' || role === 'patrol' || role === 'sector' || roleMay(role, 'report-any-unit')) return;
  throw new Failure('role-not-allowed', `${role} may not report positions; a feed or patrol token may`);
}

/** Nothing to append needs no entry. */
async function submitted({ indices }: Admitted, submit: () => Promise<BatchVerdict>): Promise<BatchVerdict> {
  return indices.length === 0 ? emptyVerdict : submit();
}

const emptyVerdict: BatchVerdict = {
  kind: 'fixes',
  accepted: 0,
  duplicates: 0,
  late: 0,
  conflicts: [],
  unknownUnits: [],
};

function answerOf(
  { indices, duplicates, rejected }: Admitted,
  verdict: BatchVerdict,
  unitAt: (index: number) => string,
): PositionsAnswer {
  const refusedByFold = [
    ...verdict.conflicts.map((row) => conflict(indices[row] ?? 0)),
    ...verdict.unknownUnits.map((row) => unknownAt(indices[row] ?? 0, unitAt)),
  ];
  return {
    accepted: verdict.accepted,
    duplicates: duplicates + verdict.duplicates,
    rejected: [...rejected, ...refusedByFold].sort((a, b) => a.index - b.index),
  };
}

interface Parsed {
  readonly fixes: readonly Fix[];
  /** Index in the batch as it was sent, for each of `fixes`. */
  readonly indices: readonly number[];
  readonly rejected: readonly RejectedItem[];
}

function parseAll(principal: Principal, candidates: readonly PositionCandidate[], nowMs: number): Parsed {
  const fixes: Fix[] = [];
  const indices: number[] = [];
  const rejected: RejectedItem[] = [];
  candidates.forEach(({ item, device, refusal }, index) => {
    const fix = refusal ?? parsePosition(item, device ?? principal.id, nowMs);
    if ('code' in fix) rejected.push({ index, ...fix });
    else {
      fixes.push(fix);
      indices.push(index);
    }
  });
  return { fixes, indices, rejected };
}

function conflict(index: number): RejectedItem {
  const message = 'another fix of this unit, device and time is on record; it stays';
  return { index, code: 'conflict', field: 'time', message };
}

function unknownAt(index: number, unitAt: (index: number) => string): RejectedItem {
  return { index, ...unknownUnit(unitAt(index)) };
}
