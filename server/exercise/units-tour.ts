import type { LonLat } from './island-plane.ts';
import { makeDrive, makeHalt, spotOn, type Leg, type Spot, type Waypoint } from './units-motion.ts';

/** How the legs of one unit are made: on the roads, in the air, on the lake, or not at all. */
export interface Pilot {
  /** The next errand of its own, with the halt at its end. */
  errand(from: Waypoint, startS: number): readonly Leg[];
  /** From where it is at a moment of a leg towards a place it is sent to, as near as it can get. */
  towards(leg: Leg, atS: number, target: LonLat): Leg;
}

const holdS = 60;
/** A bridge that is out: long enough that the watch asks, short enough that the unit still comes. */
const brokenS = 14 * 60;
/** Nothing breaks on a shorter way. */
const breaksFromS = 5 * 60;
/** Legs are kept this long after their end: late reports ask for moments past. */
const keepS = 1_200;

/**
 * A unit's whole way in time, made as far as it is asked for. The same questions and orders in the same order give
 * the same answers; times must not go back further than `keepS`.
 */
export class Tour {
  readonly #pilot: Pilot;
  #legs: Leg[];
  #ordered: { readonly arrivesS: number } | undefined;
  readonly #breaks: (atS: number) => boolean;

  /** `breaks`: whether one who is sent at a moment is held up half way. */
  constructor(
    pilot: Pilot,
    begin: { readonly startS: number; readonly start: Waypoint; readonly waitsS: number },
    breaks: (atS: number) => boolean = () => false,
  ) {
    const { startS, start, waitsS } = begin;
    this.#pilot = pilot;
    this.#breaks = breaks;
    this.#legs = [makeHalt(startS, waitsS, start)];
  }

  at(atS: number): Spot {
    return spotOn(this.#legAt(atS), atS);
  }

  /** Sends the unit off at once; answers when it will be there. It then stays until it is released. */
  send(target: LonLat, atS: number): number {
    const leg = this.#legAt(atS);
    const way = this.#pilot.towards(leg, atS, target);
    const isHeldUp = way.endS - atS >= breaksFromS && this.#breaks(atS);
    const legs = isHeldUp ? heldUp(way) : [way];
    const arrivesS = legs.at(-1)?.endS ?? way.endS;
    this.#legs = [...this.#legs.slice(0, this.#legs.indexOf(leg)), cutAt(leg, atS), ...legs];
    this.#ordered = { arrivesS };
    return arrivesS;
  }

  hasArrived(atS: number): boolean {
    return this.#ordered !== undefined && atS >= this.#ordered.arrivesS;
  }

  get isOrdered(): boolean {
    return this.#ordered !== undefined;
  }

  /** Gives the unit back to its own errands from where it is. */
  release(): void {
    this.#ordered = undefined;
  }

  #legAt(atS: number): Leg {
    while ((this.#legs.at(-1)?.endS ?? Infinity) <= atS) this.#extend();
    while (this.#legs.length > 1 && (this.#legs[0]?.endS ?? 0) < atS - keepS) this.#legs.shift();
    const leg = this.#legs.findLast(({ startS }) => startS <= atS) ?? this.#legs[0];
    if (!leg) throw new RangeError('a tour has a leg at any time');
    return leg;
  }

  #extend(): void {
    const last = this.#legs.at(-1);
    const end = last?.way.at(-1);
    if (!last || !end) throw new RangeError('a leg has a point');
    const next = this.#ordered ? [makeHalt(last.endS, holdS, end)] : this.#pilot.errand(end, last.endS);
    // A leg that takes no time would be asked for again and again.
    this.#legs.push(
      ...(next.some(({ endS }) => endS > last.endS) ? next : [makeHalt(last.endS, holdS, end)]),
    );
  }
}

/** The leg up to a moment; what comes after is another leg's. */
function cutAt(leg: Leg, atS: number): Leg {
  return { ...leg, endS: atS };
}

/** The same way with a long halt in the middle of it. */
function heldUp({ startS, way, speedsMps }: Leg): Leg[] {
  const middle = Math.floor(way.length / 2);
  const first = makeDrive(startS, way.slice(0, middle + 1), { startMps: speedsMps[0] ?? 0 });
  const stop = way[middle];
  if (!stop) return [first];
  const halt = makeHalt(first.endS, brokenS, stop);
  return [first, halt, makeDrive(halt.endS, way.slice(middle))];
}
