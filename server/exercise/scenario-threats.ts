import type { Geometry, ThreatIn } from '../../shared/model/threat.ts';
import type { Place } from '../../shared/model/place.ts';
import type { Island } from './island.ts';
import type { ScenarioAction } from './scenario-actions.ts';
import type { SeededRandom } from './seeded-random.ts';
import { kindHabits } from './units-kinds.ts';
import type { RoadNet } from './units-roads.ts';

interface Sketch {
  readonly kind: string;
  readonly shape: 'area' | 'circle' | 'road';
  /** Radius in km, or length for a road. */
  readonly km: readonly [least: number, most: number];
  readonly likelihood: number;
  readonly impact: number;
  readonly actor?: string;
  readonly text: string;
}

const sketches: readonly Sketch[] = [
  {
    kind: 'armed group',
    shape: 'area',
    km: [9, 14],
    likelihood: 4,
    impact: 5,
    actor: 'unidentified armed men',
    text: 'Thirty to fifty armed men move at night between the villages around {place}.',
  },
  {
    kind: 'communal tension',
    shape: 'area',
    km: [6, 10],
    likelihood: 3,
    impact: 4,
    text: 'Dispute over water and a burial; young men gather. Mediation under way in {place}.',
  },
  {
    kind: 'explosive hazard',
    shape: 'circle',
    km: [1.5, 3],
    likelihood: 2,
    impact: 4,
    text: 'Remnants of war reported beside the road near {place}; not yet cleared.',
  },
  {
    kind: 'illegal checkpoint',
    shape: 'road',
    km: [12, 22],
    likelihood: 4,
    impact: 2,
    actor: 'men with rifles',
    text: 'Ropes across the road near {place}, taken down when a patrol is in sight.',
  },
  {
    kind: 'cattle-raid route',
    shape: 'road',
    km: [18, 30],
    likelihood: 3,
    impact: 3,
    text: 'Herds were driven this way by {place} after the last two raids.',
  },
  {
    kind: 'flood',
    shape: 'area',
    km: [5, 8],
    likelihood: 4,
    impact: 2,
    text: 'The river is rising; the fords near {place} may close within a day.',
  },
  {
    kind: 'reprisal window',
    shape: 'circle',
    km: [5, 9],
    likelihood: 3,
    impact: 5,
    text: 'Three days after a killing: the families near {place} fear revenge.',
  },
  {
    kind: 'armed group',
    shape: 'circle',
    km: [4, 8],
    likelihood: 3,
    impact: 4,
    actor: 'unidentified armed men',
    text: 'Camp smoke seen from the air near {place} on two mornings.',
  },
];

const openingCount = 5;
const mostAtOnce = 7;

interface Living {
  readonly key: string;
  readonly sketch: Sketch;
  readonly geometry: Geometry;
  readonly radiusM?: number;
  readonly endS: number;
  changeS: number;
}

/** Areas of danger that are there at the start, grow, shrink, end, and are followed by others. */
export class ThreatStream {
  readonly #places: readonly Place[];
  readonly #net: RoadNet;
  readonly #random: SeededRandom;
  #living: Living[] = [];
  #nextS = 0;
  #count = 0;

  constructor(island: Island, net: RoadNet, random: SeededRandom) {
    this.#places = random.shuffled(
      island.places.filter(({ id, kind }) => kind === 'village' && net.nodeOf(id)),
    );
    this.#net = net;
    this.#random = random;
  }

  due(toS: number): ScenarioAction[] {
    const due: ScenarioAction[] = [];
    for (
      ;
      this.#nextS <= toS;
      this.#nextS += this.#count < openingCount ? 0.5 : this.#random.between(380, 600)
    ) {
      if (this.#living.length < mostAtOnce) due.push(this.#raise(this.#nextS));
    }
    for (const threat of this.#living.filter(({ changeS, endS }) => changeS <= toS && changeS < endS)) {
      due.push(this.#change(threat));
    }
    for (const { key, endS } of this.#living.filter((threat) => threat.endS <= toS)) {
      due.push({ kind: 'threat-end', dueS: endS, key });
    }
    this.#living = this.#living.filter(({ endS }) => endS > toS);
    return due.sort((a, b) => a.dueS - b.dueS);
  }

  #raise(atS: number): ScenarioAction {
    const sketch = sketches[this.#count % sketches.length];
    const place = this.#places[(this.#count * 7) % this.#places.length];
    if (!sketch || !place) throw new RangeError('there are sketches and villages');
    const key = `t${++this.#count}`;
    const shape = this.#shapeOf(sketch, place);
    const random = this.#random;
    const endS = atS + (this.#count === openingCount ? 300 : random.between(1_500, 2_900));
    const changeS = this.#count === 1 ? 120 : atS + random.between(400, 900);
    this.#living.push({ key, sketch, ...shape, endS, changeS });
    const text = sketch.text.replaceAll('{place}', place.name);
    const threat = {
      ...levelOf(sketch, 0),
      ...shape,
      kind: sketch.kind,
      text,
      sourceGrade: random.pick(['B', 'C', 'D'] as const),
      infoGrade: random.integer(2, 4),
    };
    return {
      kind: 'threat',
      dueS: atS,
      key,
      validToS: endS + 7_200,
      threat: sketch.actor ? { ...threat, actor: sketch.actor } : threat,
    };
  }

  /** It comes nearer or fades: another likelihood, and another extent where it has one. */
  #change(threat: Living): ScenarioAction {
    const dueS = threat.changeS;
    const grows = this.#random.next() < 0.6;
    threat.changeS = dueS + this.#random.between(400, 900);
    const { radiusM, geometry } = threat;
    const factor = grows ? 1.25 : 0.8;
    const patch = {
      ...levelOf(threat.sketch, grows ? 1 : -1),
      geometry: geometry.type === 'Polygon' ? scaled(geometry, factor) : geometry,
      ...(radiusM === undefined ? {} : { radiusM: Math.round(radiusM * factor) }),
    };
    return { kind: 'threat-change', dueS, key: threat.key, patch };
  }

  #shapeOf(sketch: Sketch, { id, lon, lat }: Place): { geometry: Geometry; radiusM?: number } {
    const km = this.#random.between(...sketch.km);
    switch (sketch.shape) {
      case 'circle':
        return { geometry: { type: 'Point', coordinates: [lon, lat] }, radiusM: Math.round(km * 1_000) };
      case 'area':
        return { geometry: blobAround(lon, lat, km, this.#random) };
      case 'road':
        return { geometry: { type: 'LineString', coordinates: this.#roadFrom(id, km) } };
    }
  }

  /** The road from a village to another one about so far away. */
  #roadFrom(placeId: string, km: number): [number, number][] {
    const from = this.#net.nodeOf(placeId)?.id ?? '';
    const speeds = kindHabits.patrol.maxMps;
    const wantedS = (km * 1_000) / speeds.track;
    const [to] = [...this.#net.secondsFrom(from, speeds)].sort(
      (a, b) => Math.abs(a[1] - wantedS) - Math.abs(b[1] - wantedS),
    )[0] ?? [from];
    return this.#net.way(from, to, speeds).map(({ lon, lat }) => [lon, lat]);
  }
}

function levelOf({ likelihood, impact }: Sketch, change: number): Pick<ThreatIn, 'likelihood' | 'impact'> {
  return { likelihood: Math.min(5, Math.max(1, likelihood + change)), impact };
}

/** A closed outline without corners: a circle whose radius swells and shrinks three times on its way round. */
function blobAround(lon: number, lat: number, km: number, random: SeededRandom): Geometry {
  const phases = [1, 2, 3].map(() => random.between(0, 2 * Math.PI));
  const points = Array.from({ length: 28 }, (_, index): [number, number] => {
    const angle = (index / 28) * 2 * Math.PI;
    const swell = phases.reduce(
      (sum, phase, at) => sum + Math.sin(angle * (at + 1) + phase) / (4 + 2 * at),
      1,
    );
    const degrees = (km * Math.max(0.45, swell)) / 111;
    return [round5(lon + degrees * Math.cos(angle)), round5(lat + degrees * Math.sin(angle))];
  });
  return { type: 'Polygon', coordinates: [[...points, points[0] ?? [lon, lat]]] };
}

function scaled(geometry: Extract<Geometry, { type: 'Polygon' }>, factor: number): Geometry {
  const [ring = []] = geometry.coordinates;
  const middle = (axis: 0 | 1): number =>
    ring.slice(1).reduce((sum, point) => sum + point[axis], 0) / (ring.length - 1);
  const [lon, lat] = [middle(0), middle(1)];
  const moved = ring.map(([x, y]): [number, number] => [
    round5(lon + (x - lon) * factor),
    round5(lat + (y - lat) * factor),
  ]);
  return { type: 'Polygon', coordinates: [moved] };
}

function round5(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
