import type { UnitDetail } from '../../../shared/model/unit-wire.ts';
import { writeDetail } from '../../../shared/wire/block.ts';
import type { ByteWriter } from '../../../shared/wire/bytes.ts';

/** How much each figure must change before a screen is told. */
const worthTelling = { altitudeM: 20, accuracyM: 5, batteryPct: 1, delayS: 2 } as const;
const names = Object.keys(worthTelling) as Array<keyof typeof worthTelling>;

type ToldDetail = readonly [row: number, detail: UnitDetail];

/** What the viewers of a cell know of its devices, and what they are to be told next. */
export class ToldDetails {
  readonly #told = new Map<number, UnitDetail>();
  #next: ToldDetail[] = [];

  /** Notes what a device says now; told with the next `write` if it differs enough. */
  note(row: number, detail: UnitDetail | undefined): void {
    if (!isWorthTelling(detail, this.#told.get(row))) return;
    this.#told.set(row, detail ?? {});
    this.#next.push([row, detail ?? {}]);
  }

  forget(row: number): void {
    this.#told.delete(row);
  }

  /** Takes what was noted as told. */
  settle(): void {
    this.#next = [];
  }

  /** Writes what was noted since the last time; false where there is nothing. */
  write(out: ByteWriter): boolean {
    const next = this.#next;
    this.#next = [];
    return writeList(out, next);
  }

  /** Writes all that is known. */
  writeAll(out: ByteWriter): boolean {
    return writeList(out, [...this.#told]);
  }
}

function writeList(out: ByteWriter, list: ToldDetail[]): boolean {
  if (list.length === 0) return false;
  out.varint(list.length);
  let next = 0;
  for (const [row, detail] of list.sort(([a], [b]) => a - b)) {
    writeDetail(out, row - next, detail);
    next = row + 1;
  }
  return true;
}

function isWorthTelling(detail: UnitDetail | undefined, told: UnitDetail | undefined): boolean {
  if (!detail && !told) return false;
  return names.some((name) => {
    const [now, before] = [detail?.[name], told?.[name]];
    if (now === undefined || before === undefined) return now !== before;
    return Math.abs(now - before) >= worthTelling[name];
  });
}
