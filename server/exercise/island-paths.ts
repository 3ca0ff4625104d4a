import { distanceKm } from './island-plane.ts';
import type { Cell } from './island-cells.ts';

/** Cost factor of entering a cell, above 0. Low where a road lies already, so that ways join. */
export type CellCost = (cell: Cell) => number;

/**
 * The cheapest way from a cell to the first cell that `isGoal` accepts, both ends included; empty when there
 * is none (Dijkstra).
 */
export function findPath(
  cells: readonly Cell[],
  from: number,
  isGoal: (index: number) => boolean,
  cost: CellCost,
): number[] {
  const best = new Map<number, number>([[from, 0]]);
  const cameFrom = new Map<number, number>();
  const done = new Set<number>();
  const open = new CostQueue();
  open.push(from, 0);
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (done.has(index)) continue;
    done.add(index);
    if (isGoal(index)) return walkBack(cameFrom, index);
    const here = cells[index];
    for (const nextIndex of here?.neighbours ?? []) {
      const next = cells[nextIndex];
      if (here === undefined || next === undefined || done.has(nextIndex)) continue;
      const total = (best.get(index) ?? 0) + distanceKm(here.point, next.point) * cost(next);
      if (total >= (best.get(nextIndex) ?? Infinity)) continue;
      best.set(nextIndex, total);
      cameFrom.set(nextIndex, index);
      open.push(nextIndex, total);
    }
  }
  return [];
}

function walkBack(cameFrom: ReadonlyMap<number, number>, goal: number): number[] {
  const path = [goal];
  for (let at = cameFrom.get(goal); at !== undefined; at = cameFrom.get(at)) path.push(at);
  return path.reverse();
}

/** A binary heap: gives back what costs least. */
class CostQueue {
  readonly #items: { index: number; cost: number }[] = [];

  push(index: number, cost: number): void {
    const items = this.#items;
    let at = items.push({ index, cost }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#costAt(parent) <= cost) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): number | undefined {
    const top = this.#items[0];
    const last = this.#items.pop();
    if (top === undefined || last === undefined || this.#items.length === 0) return top?.index;
    this.#items[0] = last;
    this.#sink();
    return top.index;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.#costAt(left + 1) < this.#costAt(left) ? left + 1 : left;
      if (this.#costAt(child) >= this.#costAt(at)) return;
      this.#swap(at, child);
      at = child;
    }
  }

  #costAt(at: number): number {
    return this.#items[at]?.cost ?? Infinity;
  }

  #swap(a: number, b: number): void {
    const first = this.#items[a];
    const second = this.#items[b];
    if (first === undefined || second === undefined) return;
    this.#items[a] = second;
    this.#items[b] = first;
  }
}
