/** A repeatable source of chance: the same seed gives the same numbers on every machine and Node version. */
export interface SeededRandom {
  /** A number in [0, 1). */
  next(): number;
  /** A number in [from, to). */
  between(from: number, to: number): number;
  /** A whole number in [from, to], both included. */
  integer(from: number, to: number): number;
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
  /** The same items in another order; the list given is left alone. */
  shuffled<T>(items: readonly T[]): T[];
}

/**
 * mulberry32: one 32-bit word of state, a period of 2^32, good enough for scenery and storms, useless for
 * secrets. Math.random cannot be seeded, and an exercise that cannot be repeated cannot be debriefed.
 */
export function makeSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    between: (from, to) => from + next() * (to - from),
    integer,
    pick: (items) => pickOf(items, next()),
    shuffled: (items) => shuffle(items, integer),
  };
}

function pickOf<T>(items: readonly T[], at: number): T {
  const item = items[Math.floor(at * items.length)];
  if (item === undefined) throw new RangeError('pick needs a list that is not empty');
  return item;
}

function shuffle<T>(items: readonly T[], integer: (from: number, to: number) => number): T[] {
  const order = items.map((item) => ({ item, key: integer(0, 0x7fff_ffff) }));
  return order.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
