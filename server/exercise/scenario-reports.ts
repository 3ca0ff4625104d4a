import type { RosterUnit } from './exercise-units.ts';
import type { ScenarioFix } from './scenario-actions.ts';
import { beforeStartS, hashText } from './scenario-units.ts';
import { makeSeededRandom } from './seeded-random.ts';
import { habitsOf } from './units-kinds.ts';
import type { Tour } from './units-tour.ts';

/** When nothing comes from a unit: from and to, in seconds of the scenario. */
type Quiet = readonly [fromS: number, toS: number];

/**
 * What is lost, stale or falling silent when the exercise opens, so that every look of age is on the map within the
 * first minutes: `foot-4` is lost from the start, `milob-3` goes from stale to lost and comes back.
 */
const openingQuiet: Readonly<Record<string, Quiet>> = {
  'foot-4': [-780, 420],
  'milob-3': [-210, 260],
  'log-2': [-75, 190],
  'pol-5': [35, 330],
  'esc-2': [100, 700],
  'lrp-8': [240, 480],
};

/** The unit whose radio sends by bursts: fixes of minutes come at once, and late. */
export const burstUnitId = 'lrp-9';
const burstEveryS = 200;

const hourS = 3_600;
const quietChance = 0.4;

/** Cuts the tour of a unit into the fixes that it reports, and says when each one comes in. */
export class Reporter {
  readonly #unit: RosterUnit;
  readonly #tour: Tour;
  readonly #seed: number;
  #nextS: number;
  #held: ScenarioFix[] = [];

  constructor(unit: RosterUnit, tour: Tour, seed: number) {
    this.#unit = unit;
    this.#tour = tour;
    this.#seed = seed ^ hashText(unit.id);
    this.#nextS = -beforeStartS + makeSeededRandom(this.#seed).between(0, habitsOf(unit.kind).everyS);
  }

  /** The fixes that come in up to a time, oldest first. The scenario's first call brings those of before the start. */
  due(toS: number): ScenarioFix[] {
    const due: ScenarioFix[] = [];
    for (; this.#nextS <= toS; this.#nextS += habitsOf(this.#unit.kind).everyS) {
      const atS = Math.round(this.#nextS * 1_000) / 1_000;
      if (this.#isQuiet(atS)) continue;
      const fix = this.#fixAt(atS);
      if (this.#unit.id !== burstUnitId) due.push(fix);
      else this.#held.push(fix);
      if (atS % burstEveryS < habitsOf(this.#unit.kind).everyS) due.push(...this.#held.splice(0));
    }
    return due;
  }

  #fixAt(atS: number): ScenarioFix {
    const { lon, lat, speedMps, courseDeg, altitudeM } = this.#tour.at(atS);
    return {
      unit: this.#unit.id,
      atS,
      lon: rounded(lon, 1e6),
      lat: rounded(lat, 1e6),
      speedMps: rounded(speedMps, 10),
      ...(courseDeg === undefined ? {} : { courseDeg: rounded(courseDeg, 1) % 360 }),
      ...(altitudeM === undefined ? {} : { altitudeM }),
      ...(this.#unit.kind === 'foot'
        ? { batteryPct: Math.max(5, Math.round(92 - (((atS / hourS) * 6) % 80))) }
        : {}),
    };
  }

  #isQuiet(atS: number): boolean {
    const opening = openingQuiet[this.#unit.id];
    if (opening && atS > opening[0] && atS < opening[1]) return true;
    if (atS < hourS / 4 || this.#unit.kind === 'uav') return false;
    const chance = makeSeededRandom(this.#seed + Math.floor(atS / hourS) * 7919);
    if (chance.next() > quietChance) return false;
    const fromS = Math.floor(atS / hourS) * hourS + chance.between(0, hourS - 500);
    return atS > fromS && atS < fromS + chance.between(100, 480);
  }
}

function rounded(value: number, perUnit: number): number {
  return Math.round(value * perUnit) / perUnit;
}
