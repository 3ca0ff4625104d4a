import { absent, type FixColumns } from '../../shared/model/fix-columns.ts';
import type { RejectedItem } from '../../shared/model/position.ts';
import { heartbeatUnitId } from '../../shared/model/unit.ts';
import type { Principal } from '../../shared/role.ts';
import type { Picture } from '../picture/picture.ts';
import { slotOfId } from '../picture/roster.ts';
import type { ItemRefusal } from './parse-position.ts';

/** Only a feed that is not bound to units may bring a unit into being by reporting it. */
export function mayRegister({ role, units }: Principal): boolean {
  return role === 'feed' && units.length === 0;
}

/** What became of the rows of a batch; those to be recorded are what the columns hold now. */
export interface Admitted {
  /** Index in the batch as it was sent, for each row that is left. */
  readonly indices: readonly number[];
  readonly duplicates: number;
  readonly rejected: readonly RejectedItem[];
}

interface Asked {
  readonly principal: Principal;
  readonly picture: Picture;
  /** Index in the batch as it was sent of a row of the columns. */
  readonly indexOf: (row: number) => number;
  /** Why a row cannot be taken, whatever its unit. */
  readonly refusalOf: (row: number) => ItemRefusal | undefined;
}

/** What an id of a batch stands for, where it is not the slot of a unit that the caller may report for. */
const notLookedAt = -1;
const newUnit = -2;
const refused = -3;

/**
 * Leaves in the columns what this principal may report and what is not on record already: refused rows and
 * duplicates are taken out, the rest stays in its order.
 */
export function admit(columns: FixColumns, { principal, picture, indexOf, refusalOf }: Asked): Admitted {
  const indices: number[] = [];
  const rejected: RejectedItem[] = [];
  const { tracks } = picture;
  const { ids } = columns;
  const slots = new Int32Array(ids.count).fill(notLookedAt);
  let duplicates = 0;
  let lastSlot = -1;
  for (let row = 0; row < columns.length; row++) {
    const id = columns.unit[row] ?? 0;
    let slot = slots[id] ?? refused;
    if (slot === notLookedAt) slot = slots[id] = slotFor(principal, picture, columns, id, lastSlot + 1);
    lastSlot = slot;
    const refusal =
      refusalOf(row) ?? (slot === refused ? unitRefusal(principal, picture, columns, id) : undefined);
    if (refusal) {
      rejected.push({ index: indexOf(row), ...refusal });
      continue;
    }
    const deviceAt = columns.device[row] ?? absent;
    const device = deviceAt === absent ? principal.id : ids.text(deviceAt);
    if (slot >= 0 && tracks.look(slot, columns, row, device) === 'duplicate') {
      duplicates++;
      continue;
    }
    if (indices.length < row) columns.move(row, indices.length);
    indices.push(indexOf(row));
  }
  columns.length = indices.length;
  return { indices, duplicates, rejected };
}

function slotFor(
  principal: Principal,
  picture: Picture,
  columns: FixColumns,
  id: number,
  guess: number,
): number {
  const slot = slotOfId(picture, columns.ids, id, guess);
  if (unitRefusal(principal, picture, columns, id, slot)) return refused;
  return slot >= 0 ? slot : newUnit;
}

function unitRefusal(
  principal: Principal,
  picture: Picture,
  { ids }: FixColumns,
  id: number,
  slot = slotOfId(picture, ids, id),
): ItemRefusal | undefined {
  const known = picture.roster[slot];
  // No text is made for the many that need none.
  const unit = known?.id ?? ids.strictText(id);
  if (unit === undefined || unit.length < 1 || unit.length > 64) {
    return {
      code: 'field-invalid',
      field: 'unit',
      message: 'unit is not the id of a unit, 1 to 64 characters',
    };
  }
  if (unit === heartbeatUnitId) {
    return notYours(`the id ${heartbeatUnitId} is kept for the service itself`);
  }
  if (!known && !mayRegister(principal)) return unknownUnit(unit);
  const bound = principal.units.length > 0 || principal.role === 'patrol';
  if (bound && !principal.units.includes(unit)) return notYours(`this token may not report for ${unit}`);
  const outside = known && principal.role === 'sector' && !principal.sectors.includes(known.sector ?? '');
  return outside ? notYours(`${unit} is not of your sector`) : undefined;
}

function notYours(message: string): ItemRefusal {
  return { code: 'unit-not-yours', field: 'unit', message };
}

export function unknownUnit(unit: string): ItemRefusal {
  return { code: 'unit-unknown', field: 'unit', message: `there is no unit ${unit}; register it first` };
}
