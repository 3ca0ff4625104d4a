import type { Place } from '../../shared/model/place.ts';
import type { ScenarioAction } from './scenario-actions.ts';
import { arcs, drawArc, type ArcName, type ArcStep } from './scenario-arcs.ts';
import { alertTexts, placelessText, restrictedText, textOf, type AlertText } from './scenario-texts.ts';
import type { Island } from './island.ts';
import type { SeededRandom } from './seeded-random.ts';
import { gapM } from './units-motion.ts';

/** What the alerts ask of the units of the scenario. */
export interface ResponderDesk {
  /** The responders that can be at a place soonest, free ones only; they count as taken from then on. */
  pick(place: Place, atS: number, count: number): string[];
  /** A village that a free responder can reach within minutes. */
  placeNearResponder(atS: number, unitId?: string): Place;
}

interface Planned {
  readonly atS: number;
  readonly text: AlertText;
  readonly arc: ArcName;
  readonly sector?: string;
  /** Set where the alert happens near this unit, so that the work on it can be watched from the first minute. */
  readonly near?: string;
}

/**
 * The first quarter of a minute: every priority, both languages, a restricted record, one without a place, several
 * channels, and things to do for whoever sits down at the desk.
 */
const opening: readonly Planned[] = [
  { atS: 1, text: textOf('illegal-checkpoint'), arc: 'brisk', near: 'lrp-1' },
  { atS: 2, text: textOf('attack-in-progress'), arc: 'left', sector: 'S1' },
  { atS: 4, text: textOf('armed-group-movement'), arc: 'worked', near: 'srp-2' },
  { atS: 7, text: textOf('cattle-raid'), arc: 'monitored', sector: 'S3' },
  { atS: 9, text: restrictedText, arc: 'adviser', sector: 'S2' },
  { atS: 12, text: placelessText, arc: 'left' },
  { atS: 16, text: textOf('displacement'), arc: 'humanitarian', sector: 'S1' },
  { atS: 48, text: textOf('attack-on-un'), arc: 'worked', near: 'esc-4' },
];
const restrictedEach = 23;
const placelessEach = 31;
/** For so long a second report of the same thing may come in. */
const talkedOfS = 240;

/** Makes the alerts of the scenario and what becomes of them, as far as they are asked for. */
export class AlertStream {
  readonly #island: Island;
  readonly #random: SeededRandom;
  readonly #desk: ResponderDesk;
  readonly #villages: readonly Place[];
  readonly #planned = [...opening];
  #pending: ScenarioAction[] = [];
  #raised = new Map<string, { readonly place: Place; readonly isUrgent: boolean }>();
  #count = 0;
  /** The alert of which a second caller may tell as well. */
  #talkedOf:
    | { readonly key: string; readonly place: Place; readonly atS: number; readonly text: AlertText }
    | undefined;

  constructor(island: Island, random: SeededRandom, desk: ResponderDesk) {
    this.#island = island;
    this.#random = random;
    this.#desk = desk;
    this.#villages = island.places.filter(({ kind }) => kind === 'village' || kind === 'site');
  }

  due(toS: number): ScenarioAction[] {
    for (let next = this.#planned[0]; next && next.atS <= toS; next = this.#planned[0]) {
      this.#planned.shift();
      this.#raise(next);
      if (this.#planned.length === 0) this.#planned.push(this.#planNext(next.atS));
    }
    const due = this.#pending.filter(({ dueS }) => dueS <= toS).sort((a, b) => a.dueS - b.dueS);
    this.#pending = this.#pending.filter(({ dueS }) => dueS > toS);
    return due.map((action) => this.#withResponders(action));
  }

  #planNext(lastS: number): Planned {
    const random = this.#random;
    const atS = lastS + random.between(60, 90);
    if (this.#count % restrictedEach === 0) return { atS, text: restrictedText, arc: 'adviser' };
    if (this.#count % placelessEach === 0) return { atS, text: placelessText, arc: 'left' };
    const text = random.pick(alertTexts);
    return { atS, text, arc: drawArc(text, random) };
  }

  #raise({ atS, text: planned, arc, sector, near }: Planned): void {
    const key = `a${++this.#count}`;
    const told = arc === 'left' && this.#random.next() < 0.25 ? this.#talkedOf : undefined;
    const again = told && atS - told.atS < talkedOfS ? told : undefined;
    const text = again
      ? this.#random.pick(alertTexts.filter(({ category }) => category === again.text.category))
      : planned;
    const place = again?.place ?? this.#placeFor(arc, atS, sector, near);
    this.#raised.set(key, { place, isUrgent: text.priority === 'P1' });
    this.#pending.push(this.#reportOf(key, { atS, text, place }));
    this.#follow(key, again ? 'merged' : arc, atS, text);
    if (arc === 'worked') this.#talkedOf = { key, place, atS, text };
    if (this.#raised.size > 200) this.#raised = new Map([...this.#raised].slice(-100));
  }

  #placeFor(arc: ArcName, atS: number, sector?: string, near?: string): Place {
    if (arc === 'worked' || arc === 'brisk') return this.#desk.placeNearResponder(atS, near);
    const wanted =
      sector === undefined
        ? this.#villages
        : this.#villages.filter((place) => this.#sectorOf(place) === sector);
    return this.#random.pick(wanted);
  }

  #sectorOf({ id }: Place): string | undefined {
    return this.#island.sectorOfPlace[id];
  }

  #reportOf(
    key: string,
    { atS, text, place }: { atS: number; text: AlertText; place: Place },
  ): ScenarioAction {
    const random = this.#random;
    const channel = random.pick(text.channels);
    const others = this.#villages.filter((other) => other.id !== place.id && gapM(other, place) < 25_000);
    const near = others.length > 0 ? random.pick(others).name : 'the river';
    const where =
      text === placelessText
        ? { precision: 'unknown' as const }
        : {
            placeId: place.id,
            placeName: place.name,
            lon: place.lon,
            lat: place.lat,
            precision: 'village' as const,
          };
    const machine = channel === 'sms' || channel === 'missed-call' || channel === 'media';
    const sector = this.#sectorOf(place);
    return {
      kind: 'alert',
      dueS: atS,
      key,
      by: machine ? 'feed' : channel === 'liaison' || channel === 'walk-in' ? 'liaison' : 'watch',
      occurredS: atS - Math.round(random.between(60, 2_400)),
      ...(sector === undefined ? {} : { sector }),
      alert: {
        category: text.category,
        priority: text.priority,
        text: text.text.replaceAll('{place}', place.name).replaceAll('{near}', near),
        channel,
        ...where,
        sourceGrade: machine ? 'F' : random.pick(['B', 'C', 'C', 'D']),
        infoGrade: machine ? 6 : random.integer(2, 4),
        ...(text.restricted ? { restricted: text.restricted } : {}),
      },
    };
  }

  #follow(key: string, arc: ArcName | 'merged', atS: number, { priority }: AlertText): void {
    let dueS = atS;
    for (const { afterS, by, step, body } of arcs[arc] as readonly ArcStep[]) {
      dueS += this.#random.between(...afterS);
      const rest = this.#bodyOf(body, priority, dueS);
      this.#pending.push({ kind: 'step', dueS, key, by, step, ...rest });
    }
  }

  #bodyOf(
    body: ArcStep['body'],
    priority: string,
    dueS: number,
  ): { body: Readonly<Record<string, unknown>>; intoKey?: string; untilS?: number } {
    if (body === 'triage') return { body: { priority } };
    if (body === 'task')
      return {
        body: { order: 'Go there, stay visible, report what you find. Speak to women and to elders.' },
      };
    if (body === 'monitor') return { body: {}, untilS: dueS + 6 * 3_600 };
    if (body === 'merge') return { body: {}, ...(this.#talkedOf ? { intoKey: this.#talkedOf.key } : {}) };
    return { body };
  }

  /** Who is sent is decided when it is decided, not when the alert comes in: units move meanwhile. */
  #withResponders(action: ScenarioAction): ScenarioAction {
    if (action.kind !== 'step' || action.step !== 'task') return action;
    const raised = this.#raised.get(action.key);
    const units = raised ? this.#desk.pick(raised.place, action.dueS, raised.isUrgent ? 2 : 1) : [];
    return { ...action, body: { ...action.body, units } };
  }
}
