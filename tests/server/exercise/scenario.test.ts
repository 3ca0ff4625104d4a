import { describe, expect, it } from 'vitest';
import { exerciseIsland, exerciseMission } from '../../../server/exercise/exercise-mission.ts';
import { exerciseUnits } from '../../../server/exercise/exercise-units.ts';
import { isInRing, type Km } from '../../../server/exercise/island-plane.ts';
import type { ScenarioAction, ScenarioFix } from '../../../server/exercise/scenario-actions.ts';
import { alertTexts, placelessText, restrictedText } from '../../../server/exercise/scenario-texts.ts';
import { createScenario, type Scenario } from '../../../server/exercise/scenario.ts';
import { habitsOf } from '../../../server/exercise/units-kinds.ts';
import { distanceM } from '../../../shared/geo/distance.ts';
import { alertInSchema } from '../../../shared/model/alert.ts';
import { stepBodies } from '../../../shared/model/step-bodies.ts';
import { threatInSchema } from '../../../shared/model/threat.ts';
import { unitKinds } from '../../../shared/model/unit.ts';

const island = exerciseIsland();
const seed = 2005;
const hour = play(createScenario(island, seed), 3_600, 5);
const firstMinute = hour.filter(({ dueS }) => dueS <= 60);
const kindOf = new Map(exerciseUnits(island).map(({ id, kind }) => [id, kind]));

function play(scenario: Scenario, untilS: number, stepS: number): ScenarioAction[] {
  const actions: ScenarioAction[] = [];
  for (let atS = 0; atS <= untilS; atS += stepS) actions.push(...scenario.advance(atS));
  return actions;
}

function ofKind<K extends ScenarioAction['kind']>(actions: readonly ScenarioAction[], kind: K) {
  return actions.filter((action): action is Extract<ScenarioAction, { kind: K }> => action.kind === kind);
}

function tracksOf(actions: readonly ScenarioAction[]): Map<string, ScenarioFix[]> {
  const tracks = new Map<string, ScenarioFix[]>();
  for (const fix of ofKind(actions, 'fixes').flatMap(({ fixes }) => fixes)) {
    tracks.set(fix.unit, [...(tracks.get(fix.unit) ?? []), fix]);
  }
  for (const track of tracks.values()) track.sort((a, b) => a.atS - b.atS);
  return tracks;
}

function ring(polygon: { coordinates: number[][][] } | undefined): Km[] {
  return (polygon?.coordinates[0] ?? []).map(([lon = 0, lat = 0]): Km => [lon, lat]);
}

describe('the exercise mission', () => {
  it('is marked, has sixty units of every kind, and call signs that are each its own', () => {
    const { file, name, staleAfterS } = exerciseMission(island);
    expect(name).toMatch(/^EXERCISE /);
    expect(staleAfterS).toBe(90);
    expect(file.units).toHaveLength(60);
    expect(new Set(file.units.map(({ callsign }) => callsign)).size).toBe(60);
    expect(new Set(file.units.map(({ kind }) => kind))).toEqual(new Set(unitKinds));
    expect(file.units.every(({ sector }) => file.sectors.some(({ id }) => id === sector))).toBe(true);
  });
});

describe('the opening minute', () => {
  it('brings every unit with its trail in the first call', () => {
    const first = createScenario(island, seed).advance(0);
    const tracks = tracksOf(first);
    expect(new Set([...tracks.keys()].map((id) => kindOf.get(id)))).toEqual(new Set(unitKinds));
    expect(tracks.size).toBe(60);
    expect([...tracks.values()].flat().length).toBeLessThan(10_000);
  });

  it('has units of every age: fresh, ageing, stale and lost', () => {
    const newest = [...tracksOf(createScenario(island, seed).advance(0))].map(([unit, track]) => {
      const habits = habitsOf(kindOf.get(unit) ?? 'other');
      const ageS = -(track.at(-1)?.atS ?? 0);
      const staleS = habits.staleAfterS ?? 90;
      return ageS <= (habits.reportEveryS ?? 15)
        ? 'fresh'
        : ageS <= staleS
          ? 'ageing'
          : ageS <= 4 * staleS
            ? 'stale'
            : 'lost';
    });
    expect(new Set(newest)).toEqual(new Set(['fresh', 'ageing', 'stale', 'lost']));
  });

  it('has alerts of each priority but the lowest, a restricted one and one without a place', () => {
    const alerts = ofKind(firstMinute, 'alert').map(({ alert }) => alert);
    expect(alerts.length).toBeGreaterThanOrEqual(7);
    expect(new Set(alerts.map(({ priority }) => priority))).toEqual(new Set(['P1', 'P2', 'P3']));
    expect(alerts.some(({ restricted }) => restricted === 'crsv')).toBe(true);
    expect(alerts.some(({ precision, lon }) => precision === 'unknown' && lon === undefined)).toBe(true);
    expect(ofKind(firstMinute, 'threat').length).toBeGreaterThanOrEqual(4);
  });

  it('leaves a P1 to the human', () => {
    const touched = new Set(ofKind(hour, 'step').map(({ key }) => key));
    const left = ofKind(firstMinute, 'alert').filter(({ key }) => !touched.has(key));
    expect(left.map(({ alert }) => alert.priority)).toContain('P1');
  });
});

describe('an hour of the scenario', () => {
  it('is the same for the same seed, whatever the rounds, and another for another', () => {
    const again = play(createScenario(island, seed), 600, 5);
    expect(again).toEqual(hour.slice(0, again.length));
    const other = play(createScenario(island, 7), 600, 5);
    expect(tracksOf(other).get('lrp-1')).not.toEqual(tracksOf(again).get('lrp-1'));
  });

  it('keeps units on the ground on dry land and boats on the lake', () => {
    const [coast, lake] = [ring(island.coast), ring(island.lakes[0])];
    for (const [unit, track] of tracksOf(hour)) {
      const { moves } = habitsOf(kindOf.get(unit) ?? 'other');
      if (moves === 'air') continue;
      for (const { lon, lat, atS } of track.filter((_, index) => index % 7 === 0)) {
        const isDry = isInRing([lon, lat], coast) && !isInRing([lon, lat], lake);
        expect(isDry, `${unit} at ${atS}`).toBe(moves !== 'water');
      }
    }
  });

  it('moves no unit faster than its kind can, between any two fixes', () => {
    for (const [unit, track] of tracksOf(hour)) {
      const { maxMps } = habitsOf(kindOf.get(unit) ?? 'other');
      track.slice(1).forEach((fix, index) => {
        const last = track[index] ?? fix;
        const mps = distanceM(last.lon, last.lat, fix.lon, fix.lat) / (fix.atS - last.atS);
        expect(mps, `${unit} at ${fix.atS}`).toBeLessThanOrEqual(maxMps.trunk * 1.02 + 0.05);
        expect(fix.speedMps).toBeLessThanOrEqual(maxMps.trunk + 0.1);
      });
    }
  });

  it('keeps most units moving and each of them reporting', () => {
    const tracks = [...tracksOf(hour)];
    const moved = tracks.filter(([, track]) => track.some(({ speedMps }) => speedMps > 1));
    expect(moved.length).toBeGreaterThan(50);
    expect(Math.min(...tracks.map(([, track]) => track.length))).toBeGreaterThan(50);
  });

  it('brings the fixes of one unit late, in bursts', () => {
    const bursts = ofKind(hour, 'fixes')
      .filter(({ dueS }) => dueS > 300)
      .map(({ dueS, fixes }) => fixes.filter(({ unit }) => unit === 'lrp-9').map(({ atS }) => dueS - atS))
      .filter((ages) => ages.length > 0);
    expect(bursts.length).toBeGreaterThan(10);
    expect(Math.max(...bursts.flat())).toBeGreaterThan(150);
  });

  it('makes bodies that the doors take', () => {
    for (const { alert } of ofKind(hour, 'alert')) expect(alertInSchema.safeParse(alert).success).toBe(true);
    for (const { threat } of ofKind(hour, 'threat'))
      expect(threatInSchema.safeParse(threat).success).toBe(true);
    for (const { step, body, untilS, intoKey } of ofKind(hour, 'step')) {
      const until = untilS === undefined ? {} : { until: new Date(untilS * 1000).toISOString() };
      const whole = { ...body, ...until, ...(intoKey ? { into: intoKey } : {}) };
      expect(stepBodies[step].safeParse(whole).success, `${step} ${JSON.stringify(whole)}`).toBe(true);
    }
  });

  it('raises an alert every minute or so and keeps four to seven threats', () => {
    expect(ofKind(hour, 'alert').length).toBeGreaterThan(40);
    expect(ofKind(hour, 'alert').length).toBeLessThan(70);
    const living = ofKind(hour, 'threat').length - ofKind(hour, 'threat-end').length;
    expect(living).toBeGreaterThanOrEqual(3);
    expect(living).toBeLessThanOrEqual(7);
    expect(ofKind(hour, 'threat-change').length).toBeGreaterThan(3);
  });
});

describe('a unit that is sent', () => {
  it('drives to the place, stays there, and goes its own way when it is released', () => {
    const scenario = createScenario(island, seed);
    scenario.advance(30);
    const village = island.places.find(({ id }) => id === 'village-001');
    if (!village) throw new Error('the island has villages');
    const arrivesS = scenario.send('lrp-1', [village.lon, village.lat], 30) ?? NaN;
    expect(scenario.hasArrived('lrp-1', arrivesS - 1)).toBe(false);
    expect(scenario.hasArrived('lrp-1', arrivesS)).toBe(true);
    const there = tracksOf(scenario.advance(arrivesS + 600))
      .get('lrp-1')
      ?.at(-1);
    expect(distanceM(there?.lon ?? 0, there?.lat ?? 0, village.lon, village.lat)).toBeLessThan(50);
    scenario.release('lrp-1');
    const later = tracksOf(scenario.advance(arrivesS + 1_500))
      .get('lrp-1')
      ?.at(-1);
    expect(distanceM(later?.lon ?? 0, later?.lat ?? 0, village.lon, village.lat)).toBeGreaterThan(500);
  });

  it('is held up half way by a bridge that is out, one in some, and comes all the same', () => {
    const village = island.places.find(({ id }) => id === 'village-001');
    if (!village) throw new Error('the island has villages');
    const goes = [30, 31, 32, 33, 34, 35, 36, 37].map((atS) => {
      const scenario = createScenario(island, seed);
      scenario.advance(atS);
      return { scenario, arrivesS: scenario.send('lrp-1', [village.lon, village.lat], atS) ?? NaN };
    });
    const sorted = goes.sort((a, b) => a.arrivesS - b.arrivesS);
    const [first, last] = [sorted[0], sorted.at(-1)];
    expect((last?.arrivesS ?? 0) - (first?.arrivesS ?? 0)).toBeGreaterThan(800);
    const track = tracksOf(last?.scenario.advance(last.arrivesS + 60) ?? []).get('lrp-1') ?? [];
    const still = track.filter(
      ({ lon, lat, speedMps }) => speedMps === 0 && distanceM(lon, lat, village.lon, village.lat) > 500,
    );
    const [begin, end] = [still[0]?.atS ?? NaN, still.at(-1)?.atS ?? NaN];
    expect(end - begin).toBeGreaterThan(700);
    const there = track.at(-1);
    expect(distanceM(there?.lon ?? 0, there?.lat ?? 0, village.lon, village.lat)).toBeLessThan(50);
  });

  it('is none of those that do not respond', () => {
    const scenario = createScenario(island, seed);
    expect(scenario.send('uav-1', [-18, 0], 0)).toBeUndefined();
    expect(scenario.send('nobody', [-18, 0], 0)).toBeUndefined();
  });
});

describe('the texts', () => {
  it('hold nothing that could be a telephone number', () => {
    for (const { text } of [...alertTexts, restrictedText, placelessText])
      expect(text).not.toMatch(/\d[\d\s.-]{4,}\d/);
    for (const { alert } of ofKind(hour, 'alert')) expect(alert.text).not.toMatch(/\d{6}|\{/);
  });

  it('are in two languages', () => {
    const french = alertTexts.filter(({ text }) => /\b(de|des|les)\b/i.test(text) && /[éàèù’]/.test(text));
    expect(french.length).toBeGreaterThan(5);
    expect(alertTexts.length - french.length).toBeGreaterThan(10);
  });
});
