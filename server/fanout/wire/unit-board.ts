import { boxAround } from '../../../shared/geo/area.ts';
import type { UnitDetail } from '../../../shared/model/unit-wire.ts';
import { aboutText } from '../../../shared/wire/block.ts';
import { cellBounds, nowhereCell } from '../../../shared/wire/cells.ts';
import { noFix, type WireFix } from '../../../shared/wire/rows.ts';
import type { Audience } from '../../audience/audience.ts';
import { nearByM, unitSight, type UnitSight } from '../../audience/unit-sight.ts';
import { readWireFix, unitAbout, unitDetail } from '../../audience/unit-wire.ts';
import type { ViewContext } from '../../audience/view-context.ts';
import type { Unit } from '../../picture/picture.ts';
import { Cell, type UnitSource } from './cell.ts';
import { Plane, planeOfKey, type PlaneName } from './plane.ts';
import type { UnitGrid } from './unit-grid.ts';

/** What a board looks at; the context is that of the tick. */
export interface World {
  readonly context: ViewContext;
  readonly grid: UnitGrid;
}

/** Share of all units that a delayed audience looks at again in each tick. */
const slices = 20;

const fix = noFix();

/**
 * The units as one audience sees them: puts each into the cells that somebody watches. What nobody watches costs
 * nothing but the look at where the unit is now.
 */
export class UnitBoard implements UnitSource {
  readonly audience: Audience;
  readonly #planes = new Map<PlaneName, Plane>();
  #world: World;
  #slice = 0;
  #isDivided = false;

  constructor(audience: Audience, world: World) {
    this.audience = audience;
    this.#world = world;
  }

  /** The world at the tick that begins. */
  begin(world: World): void {
    this.#world = world;
  }

  /** The cell with this key, made and filled where nobody has watched it before. */
  cell(key: number, tickDs: number): Cell {
    const name = planeOfKey(key);
    const plane = this.#planes.get(name) ?? new Plane(name, this.#isSparse);
    this.#planes.set(name, plane);
    this.#isDivided ||= plane.isDivided;
    return plane.cells.get(key) ?? this.#open(plane, key, tickDs);
  }

  /** One user of the cell less; without any it is given up. */
  release(cell: Cell): void {
    cell.users--;
    if (cell.users > 0) return;
    const name = planeOfKey(cell.key);
    const plane = this.#planes.get(name);
    plane?.close(cell);
    if (plane?.cells.size === 0) this.#planes.delete(name);
    this.#isDivided = [...this.#planes.values()].some(({ isDivided }) => isDivided);
  }

  get isIdle(): boolean {
    return this.#planes.size === 0;
  }

  *cells(): Generator<Cell> {
    for (const plane of this.#planes.values()) yield* plane.cells.values();
  }

  /** Cells whose turn it is at this tick. */
  *cellsDue(tick: number): Generator<Cell> {
    for (const plane of this.#planes.values()) if (tick % plane.everyTicks === 0) yield* plane.cells.values();
  }

  /** These units have newer fixes. An audience that sees by nearness or delay has its own rhythm for the others. */
  moved(units: readonly Unit[]): void {
    const { changesByItself, principal } = this.audience;
    // A move at the time of a report would tell the delayed who reports now.
    if (principal.role === 'analyst') return;
    for (const unit of units) {
      if (!changesByItself || this.#holds(unit.slot) || principal.units.includes(unit.id))
        this.#place(unit, false);
    }
  }

  /** The unit is new, or its description is another one. */
  described(unit: Unit): void {
    this.#place(unit, true);
  }

  dropped(slot: number): void {
    for (const plane of this.#planes.values()) plane.take(slot);
  }

  /** For audiences whose view changes by itself: a patrol's surroundings; a slice of all for the delayed. */
  lookAgain(): void {
    const { roster } = this.#world.context.picture;
    if (this.audience.principal.role === 'patrol') {
      for (const slot of [...this.#slotsHeld()]) this.#placeSlot(slot);
      for (const slot of this.#nearOwn()) this.#placeSlot(slot);
      return;
    }
    this.#slice = (this.#slice + 1) % slices;
    for (let slot = this.#slice; slot < roster.length; slot += slices) this.#placeSlot(slot);
  }

  readFix(unit: Unit, into: WireFix): boolean {
    const sight = this.#sight(unit);
    return sight !== undefined && readWireFix(unit, sight, this.#world.context, into);
  }

  aboutText(unit: Unit): string {
    return aboutText(unitAbout(unit, this.#sight(unit) ?? 'plain', this.#world.context));
  }

  detail(unit: Unit): UnitDetail | undefined {
    const sight = this.#sight(unit);
    return sight && unitDetail(unit, sight);
  }

  /** Units that this audience knows of, with the fix it may see; undefined for those that have never reported. */
  *seen(): Generator<readonly [unit: Unit, fix: WireFix | undefined]> {
    for (const unit of this.#world.context.picture.units.values()) {
      const sight = this.#sight(unit);
      if (!sight) continue;
      if (readWireFix(unit, sight, this.#world.context, fix)) yield [unit, fix];
      else if (sight !== 'delayed') yield [unit, undefined];
    }
  }

  get #isSparse(): boolean {
    const { role } = this.audience.principal;
    return role === 'patrol' || role === 'feed' || role === 'liaison';
  }

  #sight(unit: Unit): UnitSight | undefined {
    return unitSight(unit, this.audience.principal, this.#world.context);
  }

  /** Whether there is a fix for this sight; it is read into `fix` where somebody watches a divided plane. */
  #hasFix(unit: Unit, sight: UnitSight): boolean {
    if (sight === 'delayed' || this.#isDivided) return readWireFix(unit, sight, this.#world.context, fix);
    return unit.live !== undefined;
  }

  #placeSlot(slot: number): void {
    const unit = this.#world.context.picture.roster[slot];
    if (unit) this.#place(unit, false);
  }

  /** Puts the unit where it belongs on every plane that is watched. */
  #place(unit: Unit, isDescribed: boolean): void {
    const sight = this.#sight(unit);
    const hasFix = sight !== undefined && this.#hasFix(unit, sight);
    // Without a fix the delayed know of no unit; the others list it as never heard of.
    const isSeen = hasFix || (sight !== undefined && sight !== 'delayed');
    for (const plane of this.#planes.values()) {
      const key = isSeen ? plane.keyOf(hasFix, fix) : undefined;
      plane.put(unit, key === undefined ? undefined : plane.cells.get(key), isDescribed);
    }
  }

  #open(plane: Plane, key: number, tickDs: number): Cell {
    const cell = new Cell(key, this);
    plane.cells.set(key, cell);
    for (const slot of this.#candidates(key)) {
      const unit = this.#world.context.picture.roster[slot];
      const sight = unit && this.#sight(unit);
      if (!unit || !sight) continue;
      const hasFix = this.#hasFix(unit, sight);
      if (!hasFix && sight === 'delayed') continue;
      if (plane.keyOf(hasFix, fix) === key) plane.put(unit, cell, false);
    }
    cell.settle(tickDs);
    return cell;
  }

  *#candidates(key: number): Generator<number> {
    const { grid, context } = this.#world;
    const { role } = this.audience.principal;
    const bounds = cellBounds(key);
    if (key === nowhereCell) yield* grid.nowhere();
    else if (role === 'patrol') yield* this.#nearOwn();
    else if (bounds && role !== 'analyst') yield* grid.around(bounds);
    else yield* context.picture.roster.keys();
  }

  /** Slots of a patrol's own units and of those that may be near by. */
  #nearOwn(): Set<number> {
    const { grid, context } = this.#world;
    const slots = new Set<number>();
    for (const id of this.audience.principal.units) {
      const own = context.picture.units.get(id);
      if (!own) continue;
      slots.add(own.slot);
      if (!own.live) continue;
      for (const slot of grid.around(boxAround(own.live.lon, own.live.lat, nearByM))) slots.add(slot);
    }
    return slots;
  }

  #holds(slot: number): boolean {
    for (const plane of this.#planes.values()) if (plane.places.cellOf(slot)) return true;
    return false;
  }

  *#slotsHeld(): Generator<number> {
    for (const cell of this.cells()) yield* cell.slots();
  }
}
