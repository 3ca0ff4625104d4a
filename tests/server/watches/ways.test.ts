import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRoads } from '../../../server/mission/road-lines.ts';
import { sceneOf } from '../../../server/open-ways.ts';
import { buildRoadGraph } from '../../../server/roads/road-graph.ts';
import { createWayWatch } from '../../../server/watches/ways.ts';
import { wayNotedSchema, type WayNoted } from '../../../shared/model/way.ts';
import { atStartMs, author, fix, Folding } from '../../support/entries.ts';

/** Main road along 1.5° north; the way to the scene turns south at 29.5 and is not straight. */
const roads = buildRoadGraph(
  readRoads(
    JSON.stringify({
      features: [
        [29, 1.5, 29.5, 1.5, 30, 1.5],
        [29.5, 1.5, 29.5, 1.2],
      ].map((numbers) => ({
        type: 'Feature',
        properties: { rank: 1, kmh: 60 },
        geometry: {
          type: 'LineString',
          coordinates: numbers.flatMap((lon, at) => (at % 2 ? [] : [[lon, numbers[at + 1]]])),
        },
      })),
    }),
  ),
);
const scene = { lon: 29.5, lat: 1.2 };
const minuteMs = 60_000;
/** Degrees that a lorry makes in a minute: 1 km. */
const minuteDeg = 0.009;

type At = readonly [lon: number, lat: number] | undefined;

/** An alert with one unit on its way, and the watch that looks once a minute. */
function sent(more: { facts?: object; watch?: ReturnType<typeof createWayWatch> } = {}) {
  const folding = new Folding();
  const look = more.watch ?? createWayWatch({ roads, staleAfterS: 300, sceneOf });
  folding.fixes([fix('q1', atStartMs, { lon: 29.2, lat: 1.5 })]);
  folding.event({
    kind: 'alert.received',
    alertId: 'a1',
    alert: { category: 'attack-in-progress', text: 'shots', channel: 'call', ...scene },
    facts: more.facts ?? {},
  });
  const step = (name: 'task' | 'accept' | 'en-route' | 'on-scene' | 'stand-down', body: object) =>
    folding.event({ kind: 'alert.step', alertId: 'a1', step: name, body: body as never, facts: {} });
  step('task', { units: ['q1'] });
  step('accept', { unit: 'q1' });
  step('en-route', { unit: 'q1' });
  let minute = 0;
  const told: string[] = [];
  const noted: WayNoted[] = [];
  /** A minute for each place; none where nothing is heard. */
  const go = (...places: At[]): string[] => {
    const before = told.length;
    for (const place of places) {
      const atMs = atStartMs + ++minute * minuteMs;
      if (place) folding.fixes([fix('q1', atMs, { lon: place[0], lat: place[1] })], { atMs });
      folding.atMs = atMs;
      for (const found of look(folding.picture, atMs)) {
        noted.push(found);
        if (folding.event(found, author('admin', 'service'))?.verdict.kind !== 'done') continue;
        const { finding } = found;
        told.push(
          finding.what === 'off-way' ? `${minute} off-way ${finding.why}` : `${minute} ${finding.what}`,
        );
      }
    }
    return told.slice(before);
  };
  const alert = () => folding.picture.alerts.get('a1')!;
  return { folding, go, step, alert, noted, look, task: () => alert().tasks[0]! };
}

const along = (from: number, minutes: number, degrees = minuteDeg): At[] =>
  Array.from({ length: minutes }, (_, index) => [from + (index + 1) * degrees, 1.5] as const);
const times = (minutes: number, at: At): At[] => Array.from({ length: minutes }, () => at);

describe('the watch over those who were sent', () => {
  it('says when a unit is expected, once while that holds, and gives travel its target from it', () => {
    const { go, task, alert } = sent();
    expect(go(...along(29.2, 20))).toEqual(['1 expected']);
    const likelyS = task().expected!.etaS.likely;
    // 66 km by night in the rains; the target is that and a quarter.
    expect(likelyS / 60).toBeGreaterThan(66);
    expect(likelyS / 60).toBeLessThan(240);
    const travel = alert().segments.find(({ segment }) => segment === 'travel');
    expect(travel?.targetS).toBeCloseTo(likelyS * 1.25 + 60, -1);
    expect(alert().history.at(-1)).toMatchObject({ what: 'expected', detail: { unit: 'q1', via: 'road' } });
    // It is quicker than others were: by a quarter of what is left, after so long.
    expect(go(...along(29.38, 4))).toEqual(['24 expected']);
    expect(alert().history.filter(({ what }) => what === 'expected')).toHaveLength(1);
  });

  it('raises the alarm where ten minutes bring a unit no nearer, and takes it back when it comes again', () => {
    const { go, task, alert } = sent();
    go(...along(29.2, 33));
    expect(go(...along(29.497, 20)).filter((what) => what.includes('way'))).toEqual(['39 off-way no-nearer']);
    expect(task().offWay?.why).toBe('no-nearer');
    expect(alert().segments.at(-1)).toMatchObject({ segment: 'diversion' });
    expect(alert().segments.at(-1)?.endedAtMs).toBeUndefined();
    const back = go(...along(29.677, 6, -minuteDeg)).filter((what) => what.includes('way'));
    expect(back).toEqual(['55 on-way']);
    expect(task().offWay).toBeUndefined();
    expect(alert().segments.at(-1)?.endedAtMs).toBeDefined();
  });

  it('tells one that stands still from one that is not heard of', () => {
    const halted = sent();
    halted.go(...along(29.2, 5));
    expect(halted.go(...times(12, [29.245, 1.5])).filter((what) => what.includes('way'))).toEqual([
      '15 off-way halted',
    ]);
    const silent = sent();
    silent.go(...along(29.2, 5));
    expect(silent.go(...times(12, undefined))).toEqual(['15 off-way silent']);
    // Heard again, where it would be by now.
    expect(silent.go([29.353, 1.5]).filter((what) => what.includes('way'))).toEqual(['18 on-way']);
  });

  it('sees a unit come on a road that is not on the map', () => {
    const { go } = sent();
    // Straight across country, away from every road.
    const across = Array.from({ length: 25 }, (_, at): At => [29.2 + 0.007 * at, 1.5 - 0.007 * at]);
    expect(go(...across).filter((what) => what.includes('way'))).toEqual([]);
  });

  it('says who seems to be there, who went past, and who leaves before the place is held', () => {
    const { go, step, task, alert } = sent();
    expect(go([29.5, 1.25], [29.5, 1.201])).toEqual(['1 expected', '2 seems-there']);
    expect(task().seemsThereAtMs).toBeDefined();
    expect(go([29.5, 1.23])).toContain('3 passed');
    expect(go([29.5, 1.2])).toEqual(['4 seems-there']);
    step('on-scene', { unit: 'q1' });
    expect(task()).toMatchObject({ state: 'on-scene' });
    expect(task().seemsThereAtMs).toBeUndefined();
    expect(go([29.5, 1.2005], [29.5, 1.24], [29.5, 1.3])).toEqual(['6 off-way left-scene']);
    expect(alert().segments.at(-1)).toMatchObject({ segment: 'diversion' });
    expect(go([29.5, 1.201])).toEqual(['8 on-way']);
  });

  it('is ended by whoever answers the call for it, and by whoever stands the unit down', () => {
    const answered = sent();
    answered.go(...times(12, [29.2, 1.5]));
    const run = answered.alert().segments.at(-1)!;
    const call = { alertId: 'a1', id: 'c1', segment: 'diversion', level: 'watch' } as const;
    answered.folding.event({ kind: 'alert.escalated', ...call, startedAtMs: run.startedAtMs });
    answered.folding.event({ kind: 'alert.escalation-answered', alertId: 'a1', id: 'c1' });
    expect(answered.alert().segments.at(-1)?.endedAtMs).toBeDefined();
    expect(answered.task().offWay?.why).toBe('halted');
    const stood = sent();
    stood.go(...times(12, [29.2, 1.5]));
    stood.step('stand-down', { unit: 'q1', reason: 'another goes' });
    expect(stood.task().offWay).toBeUndefined();
    expect(
      stood.alert().segments.filter(({ segment, endedAtMs }) => segment === 'diversion' && !endedAtMs),
    ).toEqual([]);
  });

  it('finds the same at another server, and a finding of a task that has gone on is void', () => {
    const { go, noted, folding, step, look } = sent();
    go(...times(12, [29.2, 1.5]));
    const again = createWayWatch({ roads, staleAfterS: 300, sceneOf });
    expect(again(folding.picture, folding.atMs)).toEqual(look(folding.picture, folding.atMs));
    const found = noted.findLast(({ finding }) => finding.what === 'off-way')!;
    expect(folding.event(found)?.verdict.kind).toBe('nothing-new');
    step('on-scene', { unit: 'q1' });
    expect(folding.event(found)?.verdict).toMatchObject({ kind: 'refused', code: 'conflict' });
  });

  it('knows no more of a restricted record than its area', () => {
    const { go, noted } = sent({ facts: { restricted: 'crsv' } });
    go(...along(29.2, 3), [29.53, 1.21]);
    const open = sent();
    open.go(...along(29.2, 3));
    const metres = ({ finding }: WayNoted) => (finding.what === 'expected' ? finding.distanceM : undefined);
    expect(metres(noted[0]!)).not.toBe(metres(open.noted[0]!));
    // 3.5 km beside the place, within the area that everybody gets.
    expect(noted.at(-1)?.finding.what).toBe('seems-there');
  });

  it('finds only what an entry can hold, whatever a unit does, and nothing more until something happens', () => {
    const place = fc.option(
      fc.tuple(fc.double({ min: 29, max: 30, noNaN: true }), fc.double({ min: 1, max: 2, noNaN: true })),
      { nil: undefined, freq: 4 },
    );
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), fc.nat(40), (places, arrivesAt) => {
        const { go, noted, step, folding, look } = sent();
        for (const [minute, at] of places.entries()) {
          go(at);
          expect(look(folding.picture, folding.atMs)).toEqual([]);
          if (minute === arrivesAt) step('on-scene', { unit: 'q1' });
        }
        for (const one of noted) expect(wayNotedSchema.safeParse(one).success).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
