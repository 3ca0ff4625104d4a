import type { Place } from '../../shared/model/place.ts';
import { exerciseUnits, type RosterUnit } from './exercise-units.ts';
import type { Island } from './island.ts';
import type { LonLat } from './island-plane.ts';
import { AlertStream, type ResponderDesk } from './scenario-alerts.ts';
import type { ScenarioAction } from './scenario-actions.ts';
import { Reporter } from './scenario-reports.ts';
import { ThreatStream } from './scenario-threats.ts';
import { makeTour } from './scenario-units.ts';
import { makeSeededRandom, type SeededRandom } from './seeded-random.ts';
import { habitsOf } from './units-kinds.ts';
import { gapM } from './units-motion.ts';
import { makeRoadNet, type RoadNet } from './units-roads.ts';
import type { Tour } from './units-tour.ts';

/**
 * An exercise as a thing that happens: no clock, no door, no picture in it. The same island, seed, and calls give the
 * same actions. Times are seconds since its start.
 */
export interface Scenario {
  readonly units: readonly RosterUnit[];
  /** What is due after the last call up to `toS`, in order. The first call brings the fixes of before the start. */
  advance(toS: number): ScenarioAction[];
  /** Sends a unit to a place; answers when it will be there, undefined for one that does not respond. */
  send(unitId: string, target: LonLat, atS: number): number | undefined;
  hasArrived(unitId: string, atS: number): boolean;
  /** Units on their way to, or at, a place they were sent to. */
  sent(): string[];
  release(unitId: string): void;
}

export function createScenario(island: Island, seed: number): Scenario {
  const net = makeRoadNet(island);
  const units = exerciseUnits(island);
  const tours = new Map(units.map((unit) => [unit.id, makeTour(unit, island, net, seed)]));
  const reporters = units.flatMap((unit) => {
    const tour = tours.get(unit.id);
    return tour ? [new Reporter(unit, tour, seed)] : [];
  });
  const desk = new Dispatch(island, net, makeSeededRandom(seed + 3), units, tours);
  const alerts = new AlertStream(island, makeSeededRandom(seed + 1), desk);
  const threats = new ThreatStream(island, net, makeSeededRandom(seed + 2));
  return {
    units,
    advance(toS) {
      const fixes = reporters.flatMap((reporter) => reporter.due(toS)).sort((a, b) => a.atS - b.atS);
      const reports: ScenarioAction[] = fixes.length > 0 ? [{ kind: 'fixes', dueS: toS, fixes }] : [];
      return [...reports, ...threats.due(toS), ...alerts.due(toS)];
    },
    send: (unitId, target, atS) => (desk.maySend(unitId) ? tours.get(unitId)?.send(target, atS) : undefined),
    hasArrived: (unitId, atS) => tours.get(unitId)?.hasArrived(atS) ?? false,
    sent: () => [...tours].filter(([, tour]) => tour.isOrdered).map(([id]) => id),
    release: (unitId) => tours.get(unitId)?.release(),
  };
}

/** How long a unit that was offered a task counts as taken while it has not set off. */
const offerS = 120;
/** How long the way to an alert may take that is placed near a unit, s; shorter for a unit that is named. */
const nearS = [150, 800] as const;
const verySoonS = [60, 240] as const;
const minor = ['helicopter', 'ambulance', 'observer', 'escort'];

/** Knows who is free and how far away. */
class Dispatch implements ResponderDesk {
  readonly #net: RoadNet;
  readonly #random: SeededRandom;
  readonly #villages: readonly Place[];
  readonly #units: readonly RosterUnit[];
  readonly #tours: ReadonlyMap<string, Tour>;
  readonly #offered = new Map<string, number>();

  constructor(
    island: Island,
    net: RoadNet,
    random: SeededRandom,
    units: readonly RosterUnit[],
    tours: ReadonlyMap<string, Tour>,
  ) {
    this.#net = net;
    this.#random = random;
    this.#villages = island.places.filter(({ kind }) => kind === 'village');
    this.#units = units;
    this.#tours = tours;
  }

  maySend(unitId: string): boolean {
    return this.#units.some(({ id, kind }) => id === unitId && habitsOf(kind).responds);
  }

  pick(place: Place, atS: number, count: number): string[] {
    const near = this.#free(atS)
      .map(({ unit, tour }) => ({
        unit,
        secondsAway: gapM(tour.at(atS), place) / habitsOf(unit.kind).maxMps.track,
      }))
      .sort((a, b) => a.secondsAway - b.secondsAway);
    const picked = near.slice(0, count).map(({ unit }) => unit.id);
    for (const id of picked) this.#offered.set(id, atS);
    return picked;
  }

  placeNearResponder(atS: number, unitId?: string): Place {
    const free = this.#free(atS).filter(({ unit }) => unit.kind !== 'foot');
    const { unit, tour } = free.find(({ unit: { id } }) => id === unitId) ?? this.#random.pick(free);
    const spot = tour.at(atS);
    const seconds = this.#net.secondsFrom(
      this.#net.nearestNode(spot.lon, spot.lat).id,
      habitsOf(unit.kind).maxMps,
    );
    const [least, most] = unit.id === unitId ? verySoonS : nearS;
    const byTime = this.#villages
      .map((village) => ({
        village,
        takesS: seconds.get(this.#net.nodeOf(village.id)?.id ?? '') ?? Infinity,
      }))
      .sort((a, b) => a.takesS - b.takesS);
    const near = byTime.filter(({ takesS }) => takesS > least && takesS < most);
    return this.#random.pick(near.length > 0 ? near : byTime.slice(1, 3)).village;
  }

  #free(atS: number): { unit: RosterUnit; tour: Tour }[] {
    return this.#units.flatMap((unit) => {
      const tour = this.#tours.get(unit.id);
      const offeredS = this.#offered.get(unit.id) ?? -Infinity;
      const isFree = tour && !tour.isOrdered && atS - offeredS > offerS;
      return isFree && habitsOf(unit.kind).responds && !minor.includes(unit.kind) ? [{ unit, tour }] : [];
    });
  }
}
