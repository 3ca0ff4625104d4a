import type { ViewContext } from '../../audience/view-context.ts';
import type { Boards } from './boards.ts';
import { chooseView, viewOfFew } from './choose-view.ts';
import { groupKey, type Group } from './group.ts';
import type { WireViewer } from './wire-viewer.ts';

/** Which viewers share their frames. */
export class Groups {
  readonly #boards: Boards;
  readonly #groups = new Map<string, Group>();

  constructor(boards: Boards) {
    this.#boards = boards;
  }

  get boards(): Boards {
    return this.#boards;
  }

  [Symbol.iterator](): Iterator<Group> {
    return this.#groups.values();
  }

  /** Puts a viewer into the group of the cells that its view needs now. */
  place(viewer: WireViewer, context: ViewContext, tickDs: number): void {
    const { audience, wanted } = viewer;
    const seesAll = audience.seesAllUnits;
    const view = seesAll
      ? chooseView(wanted, context.picture.units.size, (bbox) => this.#boards.grid.countAround(bbox))
      : viewOfFew(wanted, audience, context.picture.units.size);
    const key = groupKey(audience.key, view);
    if (viewer.group?.key === key) return;
    const group = this.#groups.get(key) ?? this.#open(key, viewer, view, context, tickDs);
    // The new group holds its cells before the old one lets go: what both have is not built anew.
    const before = viewer.group;
    group.viewers.add(viewer);
    viewer.group = group;
    if (before) this.#leaveGroup(before, viewer);
  }

  leave(viewer: WireViewer): void {
    if (viewer.group) this.#leaveGroup(viewer.group, viewer);
    viewer.group = undefined;
  }

  clear(): void {
    this.#groups.clear();
  }

  #open(
    key: string,
    { audience }: WireViewer,
    view: Group['view'],
    context: ViewContext,
    tickDs: number,
  ): Group {
    const board = this.#boards.unitBoard(audience, context);
    const cells = view.cells.map((cell) => board.cell(cell, tickDs));
    for (const cell of cells) cell.users++;
    const things = this.#boards.thingsBoard(audience, context);
    const group: Group = { key, view, things, board, cells, viewers: new Set(), frame: undefined };
    this.#groups.set(key, group);
    return group;
  }

  #leaveGroup(group: Group, viewer: WireViewer): void {
    group.viewers.delete(viewer);
    if (group.viewers.size > 0) return;
    this.#groups.delete(group.key);
    for (const cell of group.cells) group.board.release(cell);
  }
}
