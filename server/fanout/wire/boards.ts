import type { Audience } from '../../audience/audience.ts';
import type { Change, Unit } from '../../picture/picture.ts';
import type { PictureNews } from '../../picture/live-picture.ts';
import { sectorOfUnit } from '../../audience/unit-sight.ts';
import { worldSector } from '../../mission/mission.ts';
import type { ViewContext } from '../../audience/view-context.ts';
import { ThingsBoard } from './things-board.ts';
import { UnitBoard, type World } from './unit-board.ts';
import { UnitGrid } from './unit-grid.ts';

/** How often audiences look again at what changes for them without news. */
const lookAgainEveryTicks = 20;

/**
 * The boards of all audiences that somebody has, and what has happened since they were last brought up to date.
 * Several roles share one board of units where they see the same of them.
 */
export class Boards {
  readonly #grid = new UnitGrid();
  readonly #units = new Map<string, UnitBoard>();
  readonly #things = new Map<string, ThingsBoard>();
  #moved: Unit[] = [];
  #isMoved = new Uint8Array(64);
  #changes: Change[] = [];
  /** Sectors of units that have none of their own, by slot: where they are. */
  readonly #sectors = new Map<number, string | undefined>();
  /** Slots by unit id, to know what a unit that is gone has left behind. */
  readonly #slots = new Map<string, number>();
  #isFilled = false;

  take({ moved, changes }: PictureNews): void {
    for (const unit of moved) {
      const { slot } = unit;
      if (slot >= this.#isMoved.length) this.#widen(slot);
      if (this.#isMoved[slot] === 1) continue;
      this.#isMoved[slot] = 1;
      this.#moved.push(unit);
    }
    for (const change of changes) this.#changes.push(change);
  }

  /** Forgets everything: the picture is another one. */
  clear(): void {
    this.#units.clear();
    this.#things.clear();
    this.#moved = [];
    this.#isMoved.fill(0);
    this.#changes = [];
    this.#slots.clear();
    this.#sectors.clear();
    this.#isFilled = false;
  }

  /** Brings every board up to the picture as it is now. */
  bringUp(context: ViewContext, tick: number): void {
    const world = this.#world(context);
    const { picture } = context;
    const moved = this.#moved.map((unit) => picture.roster[unit.slot]).filter((unit) => unit !== undefined);
    for (const { slot } of this.#moved) this.#isMoved[slot] = 0;
    this.#moved = [];
    for (const unit of moved) this.#grid.note(unit);
    const changes = this.#changes;
    this.#changes = [];
    const { described, dropped } = this.#unitChanges(changes, context);
    described.push(...this.#inAnotherSector(moved, context));
    for (const board of this.#units.values()) {
      board.begin(world);
      for (const slot of dropped) board.dropped(slot);
      for (const unit of described) board.described(unit);
      board.moved(moved);
      if (board.audience.changesByItself && this.#isTurn(board, tick)) board.lookAgain();
    }
    for (const board of this.#things.values()) {
      if (board.audience.changesByItself && tick % lookAgainEveryTicks === 0) board.lookAgain(context);
    }
  }

  unitBoard(audience: Audience, context: ViewContext): UnitBoard {
    const known = this.#units.get(audience.unitsKey);
    if (known) return known;
    const board = new UnitBoard(audience, this.#world(context));
    this.#units.set(audience.unitsKey, board);
    return board;
  }

  thingsBoard(audience: Audience, context: ViewContext): ThingsBoard {
    const known = this.#things.get(audience.key);
    if (known) return known;
    const board = new ThingsBoard(audience, context);
    this.#things.set(audience.key, board);
    return board;
  }

  get unitBoards(): Iterable<UnitBoard> {
    return this.#units.values();
  }

  get thingsBoards(): Iterable<ThingsBoard> {
    return this.#things.values();
  }

  get grid(): UnitGrid {
    return this.#grid;
  }

  /** Gives up boards that nobody has any more. */
  tidy(inUse: { readonly units: ReadonlySet<string>; readonly things: ReadonlySet<string> }): void {
    for (const key of this.#units.keys()) if (!inUse.units.has(key)) this.#units.delete(key);
    for (const key of this.#things.keys()) if (!inUse.things.has(key)) this.#things.delete(key);
  }

  /** A delayed audience looks at a slice in every tick, the others at all of theirs every two seconds. */
  #isTurn(board: UnitBoard, tick: number): boolean {
    return board.audience.principal.role === 'analyst' || tick % lookAgainEveryTicks === 0;
  }

  #unitChanges(changes: readonly Change[], context: ViewContext): { described: Unit[]; dropped: number[] } {
    const { picture } = context;
    const described: Unit[] = [];
    const dropped: number[] = [];
    for (const { kind, id } of changes) {
      if (kind === 'heartbeat') continue;
      if (kind !== 'units') {
        for (const board of this.#things.values()) board.note(kind, id);
        continue;
      }
      const unit = picture.units.get(id);
      const slot = this.#slots.get(id);
      if (slot !== undefined && unit?.slot !== slot) {
        dropped.push(slot);
        this.#grid.drop(slot);
        this.#slots.delete(id);
        this.#sectors.delete(slot);
      }
      if (!unit) continue;
      this.#slots.set(id, unit.slot);
      if (this.#isDivided(context)) this.#sectors.set(unit.slot, sectorOfUnit(unit, context));
      described.push(unit);
      this.#grid.note(unit);
    }
    return { described, dropped };
  }

  /** Units whose sector is where they are, and is another one now: that is part of their description. */
  #inAnotherSector(moved: readonly Unit[], context: ViewContext): Unit[] {
    if (!this.#isDivided(context)) return [];
    return moved.filter((unit) => {
      const sector = sectorOfUnit(unit, context);
      const isOther = this.#sectors.get(unit.slot) !== sector || !this.#sectors.has(unit.slot);
      this.#sectors.set(unit.slot, sector);
      return isOther;
    });
  }

  /** Whether it matters where a unit is: the one sector of an unnamed mission is the world. */
  #isDivided({ mission }: ViewContext): boolean {
    return mission.sectors.length > 1 || mission.sectors[0]?.id !== worldSector.id;
  }

  #world(context: ViewContext): World {
    if (!this.#isFilled) {
      this.#grid.fill(context.picture);
      const isDivided = this.#isDivided(context);
      for (const unit of context.picture.units.values()) {
        this.#slots.set(unit.id, unit.slot);
        if (isDivided) this.#sectors.set(unit.slot, sectorOfUnit(unit, context));
      }
      this.#isFilled = true;
    }
    return { context, grid: this.#grid };
  }

  #widen(slot: number): void {
    const wider = new Uint8Array(Math.max(slot + 1, this.#isMoved.length * 2));
    wider.set(this.#isMoved);
    this.#isMoved = wider;
  }
}
