/** Nodes in the order of what they cost; one may stand in it more than once. */
export class CostHeap {
  readonly #nodes: number[] = [];
  readonly #costs: number[] = [];

  push(node: number, cost: number): void {
    let at = this.#nodes.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if ((this.#costs[above] ?? 0) <= cost) break;
      this.#move(above, at);
      at = above;
    }
    this.#nodes[at] = node;
    this.#costs[at] = cost;
  }

  pop(): { node: number; cost: number } | undefined {
    const [node, cost] = [this.#nodes[0], this.#costs[0]];
    const [lastNode, lastCost] = [this.#nodes.pop(), this.#costs.pop()];
    if (node === undefined || cost === undefined || lastNode === undefined || lastCost === undefined)
      return undefined;
    const { length } = this.#nodes;
    if (length === 0) return { node, cost };
    let at = 0;
    for (let below = 1; below < length; below = 2 * at + 1) {
      if (below + 1 < length && (this.#costs[below + 1] ?? 0) < (this.#costs[below] ?? 0)) below += 1;
      if ((this.#costs[below] ?? 0) >= lastCost) break;
      this.#move(below, at);
      at = below;
    }
    this.#nodes[at] = lastNode;
    this.#costs[at] = lastCost;
    return { node, cost };
  }

  #move(from: number, to: number): void {
    this.#nodes[to] = this.#nodes[from] ?? 0;
    this.#costs[to] = this.#costs[from] ?? 0;
  }
}
