/**
 * The order of a list in which one row is held under the hand: it keeps its place, and the others go round it. A row
 * that has left the list holds nothing. `index` is where it stood when it was taken hold of.
 */
export function holdPlace<T>(order: readonly T[], held: T | undefined, index: number): readonly T[] {
  const at = held === undefined ? -1 : order.indexOf(held);
  if (held === undefined || at < 0 || at === index) return order;
  const others = order.filter((one) => one !== held);
  others.splice(Math.min(index, others.length), 0, held);
  return others;
}
