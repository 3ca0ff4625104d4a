import { describe, expect, it } from 'vitest';
import { readRoads } from '../../../server/mission/road-lines.ts';
import { buildRoadGraph } from '../../../server/roads/road-graph.ts';
import { pathBetween } from '../../../server/roads/route-line.ts';
import { travel } from '../../../server/roads/travel.ts';

const dry = { isNight: false, isWet: false };
const line = (coordinates: number[][], properties = {}) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'LineString', coordinates },
});
const graphOf = (...features: object[]) => buildRoadGraph(readRoads(JSON.stringify({ features })));
const truck = { lon: 0, lat: 0, vehicle: '4x4', isMoving: true } as const;

describe('travel over roads', () => {
  it('ranks 60 km that take 17 h by road behind a helicopter', () => {
    const roads = graphOf(
      line(
        [
          [0, 0],
          [0.4, 0],
        ],
        { rank: 3, km: 60, min: 1_020 },
      ),
    );
    const byRoad = travel(roads, truck, { lon: 0.4, lat: 0 }, dry);
    const byAir = travel(roads, { ...truck, vehicle: 'air', isMoving: false }, { lon: 0.4, lat: 0 }, dry);
    expect(byRoad).toMatchObject({ via: 'road', distanceM: 60_000 });
    expect(byRoad.etaS.likely / 3_600).toBeCloseTo(17, 0);
    expect(byAir.etaS.likely).toBeLessThan(90 * 60);
    expect(byAir.etaS.worst).toBeLessThan(byRoad.etaS.best);
  });

  it('joins lines where they share a point, and goes round where that is quicker', () => {
    const roads = graphOf(
      line(
        [
          [0, 0],
          [0.5, 0],
          [1, 0],
        ],
        { rank: 3, kmh: 5 },
      ),
      line(
        [
          [0.5, 0],
          [0.5, 0.2],
          [1, 0],
        ],
        { rank: 1, kmh: 65 },
      ),
    );
    expect(roads.stretches).toHaveLength(3);
    const way = travel(roads, truck, { lon: 1, lat: 0 }, dry);
    expect(way.route()).toEqual([
      [0, 0],
      [0.5, 0],
      [0.5, 0.2],
      [1, 0],
    ]);
    const [from, to] = [roads.stretches[0]!.from, roads.stretches[1]!.to];
    expect(pathBetween(roads, from, to, '4x4', dry)?.map(({ rank }) => rank)).toEqual([3, 1]);
  });

  it('walks from the end of the road, and is slower by night and in the rains', () => {
    const roads = graphOf(
      line(
        [
          [0, 0],
          [0.5, 0],
        ],
        { rank: 3 },
      ),
    );
    const target = { lon: 0.5, lat: 0.1 };
    const day = travel(roads, truck, target, dry);
    expect(day.reasons).toMatchObject([{ code: 'off-road' }]);
    for (const conditions of [
      { isNight: true, isWet: false },
      { isNight: false, isWet: true },
    ])
      expect(travel(roads, truck, target, conditions).etaS.likely).toBeGreaterThan(day.etaS.likely);
    expect(day.etaS.best).toBeLessThan(day.etaS.likely);
    expect(day.etaS.likely).toBeLessThan(day.etaS.worst);
  });

  it('says so where no roads are known', () => {
    const none = buildRoadGraph([]);
    expect(travel(none, truck, { lon: 1, lat: 0 }, dry)).toMatchObject({
      via: 'road',
      reasons: [{ code: 'no-roads' }],
    });
    expect(travel(none, { ...truck, vehicle: 'foot' }, { lon: 1, lat: 0 }, dry).via).toBe('foot');
  });
});
