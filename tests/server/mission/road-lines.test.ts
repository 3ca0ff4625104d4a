import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRoads } from '../../../server/mission/road-lines.ts';
import { buildRoadGraph } from '../../../server/roads/road-graph.ts';

const line = (coordinates: unknown, properties: unknown = {}) => ({
  type: 'Feature',
  geometry: { type: 'LineString', coordinates },
  properties,
});
const sound = [[29, 1], [29.5, 1]]; // prettier-ignore
const read = (...features: unknown[]) => readRoads(JSON.stringify({ type: 'FeatureCollection', features }));

describe('the roads of a mission', () => {
  it('are read with what is known of them; what is no length, time or rank is left out', () => {
    const known = { rank: 1, km: 60, min: 70, kmh: -5, from: 'a', to: 7 };
    expect(read(line(sound, known))).toEqual([{ line: sound, rank: 1, km: 60, min: 70, from: 'a', to: '7' }]);
    expect(read(line(sound, { rank: 9 }))[0]?.rank).toBe(3);
  });

  it('say that a file is no collection of lines', () => {
    expect(() => readRoads('[]')).toThrow('is not a GeoJSON FeatureCollection');
    expect(() => readRoads('{')).toThrow('JSON');
  });

  it.each([
    ['a point', { geometry: { type: 'Point', coordinates: [29, 1] } }, 'is not a line'],
    ['one point', line([[29, 1]]), 'has no line'],
    ['latitude first', line([[1, 95], [2, 96]]), 'a point is not lon, lat'], // prettier-ignore
    ['nothing for a number', line([[29, null], [30, 1]]), 'a point is not lon, lat'], // prettier-ignore
    ['no geometry', {}, 'has no geometry'],
  ])('name the feature that is wrong: %s', (_name, feature, words) => {
    expect(() => read(line(sound), feature)).toThrow(`feature 1: ${words}`);
  });

  it('are read or refused by one line, whatever stands in the file, and what is read can be driven on', () => {
    const number = fc.oneof(fc.double({ min: -200, max: 200 }), fc.constant(null), fc.string());
    const points = fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 4 });
    const known = fc.dictionary(fc.constantFrom('rank', 'km', 'min', 'from', 'to'), fc.jsonValue());
    const feature = fc.oneof(
      fc.jsonValue(),
      fc.tuple(points, known).map(([coordinates, properties]) => line(coordinates, properties)),
    );
    fc.assert(
      fc.property(fc.array(feature, { maxLength: 5 }), (list) => {
        let roads;
        try {
          roads = read(...list);
        } catch (err) {
          expect((err as Error).message).toMatch(/^(feature \d+: |is not a GeoJSON)[^\n]+$/);
          return;
        }
        for (const { offM } of buildRoadGraph(roads).accesses(29, 1)) expect(offM).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 300 },
    );
  });
});
