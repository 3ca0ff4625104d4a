import type { IdTable } from '../../shared/model/fix-columns.ts';
import { LiveFixes } from './live-fix.ts';
import type { Picture, Unit } from './picture.ts';
import { UnitIndex } from './unit-index.ts';

/** The part of the picture that knows the units. */
export type Roster = Pick<Picture, 'units' | 'roster' | 'unitIndex' | 'liveFixes' | 'freeze'>;

export function newRoster(): Roster {
  return {
    units: new Map(),
    roster: [],
    unitIndex: new UnitIndex(),
    liveFixes: new LiveFixes(),
    freeze: undefined,
  };
}

/** Puts a unit into the picture: in the slot it has, or in the next new one. A known unit keeps its live fix. */
export function enterUnit(picture: Roster, about: Omit<Unit, 'slot'>): Unit {
  const known = picture.units.get(about.id);
  const slot = known?.slot ?? picture.roster.length;
  if (known) picture.freeze?.keep(slot);
  // Written out, so that all units have one shape in memory, wherever they come from.
  const unit: Unit = {
    id: about.id,
    slot,
    callsign: about.callsign,
    kind: about.kind,
    sector: about.sector,
    reportEveryS: about.reportEveryS,
    staleAfterS: about.staleAfterS,
    capabilities: about.capabilities,
    registered: about.registered,
    live: known ? known.live : about.live && picture.liveFixes.put(slot, about.live),
    reporters: about.reporters,
    changedSeq: about.changedSeq,
  };
  picture.units.set(unit.id, unit);
  picture.roster[slot] = unit;
  if (!known) picture.unitIndex.set(unit.id, slot);
  return unit;
}

/** The slot of the unit with this id of a batch, perhaps the one that is guessed; -1 where there is none. */
export function slotOfId(picture: Roster, ids: IdTable, place: number, guess = -1): number {
  const start = ids.starts[place] ?? 0;
  const slot = picture.unitIndex.find(ids.bytes, start, ids.starts[place + 1] ?? 0, guess);
  if (slot >= 0 && picture.roster[slot]) return slot;
  // Not every text can be found by its bytes.
  return picture.units.get(ids.text(place))?.slot ?? -1;
}

/** Takes a unit out and answers it; its slot stays empty for good. Undefined where there is no such unit. */
export function leaveUnit(picture: Roster, id: string): Unit | undefined {
  const unit = picture.units.get(id);
  if (!unit) return undefined;
  picture.freeze?.keep(unit.slot);
  picture.units.delete(id);
  picture.roster[unit.slot] = undefined;
  return unit;
}

/** The units that moved, each once, over any number of entries. */
export class MovedUnits {
  private slots: number[] = [];
  private isNoted = new Uint8Array(1024);

  note(slot: number): void {
    if (slot >= this.isNoted.length) {
      const larger = new Uint8Array(Math.max(slot + 1, this.isNoted.length * 2));
      larger.set(this.isNoted);
      this.isNoted = larger;
    }
    if (this.isNoted[slot] === 1) return;
    this.isNoted[slot] = 1;
    this.slots.push(slot);
  }

  /** Those still in the picture; begins anew. */
  take({ roster }: Pick<Picture, 'roster'>): Unit[] {
    const units: Unit[] = [];
    for (const slot of this.slots) {
      this.isNoted[slot] = 0;
      const unit = roster[slot];
      if (unit) units.push(unit);
    }
    this.slots = [];
    return units;
  }
}
