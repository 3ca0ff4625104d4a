import type { LineString, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { defaultIslandSeed, makeIsland } from '../../../server/exercise/island.ts';
import type { Island } from '../../../server/exercise/island.ts';
import { distanceToVertices, isInRing } from '../../../server/exercise/island-plane.ts';
import type { Km } from '../../../server/exercise/island-plane.ts';
import { placeSchema } from '../../../shared/model/place.ts';

const island = makeIsland();
const others = [1, 7].map(makeIsland);

function ringOf(polygon: Polygon): Km[] {
  return (polygon.coordinates[0] ?? []).map(toPair);
}

function lineOf(line: LineString): Km[] {
  return line.coordinates.map(toPair);
}

function toPair([lon = NaN, lat = NaN]: number[]): Km {
  return [lon, lat];
}

function isOnDryLand({ coast, lakes }: Island, point: Km): boolean {
  return isInRing(point, ringOf(coast)) && !lakes.some((lake) => isInRing(point, ringOf(lake)));
}

describe.each([island, ...others])('the island of seed $seed', (island) => {
  it('has its places on dry land and in one sector each', () => {
    for (const { id, lon, lat } of island.places) {
      expect(isOnDryLand(island, [lon, lat]), id).toBe(true);
      const sectors = island.sectors.filter(({ geometry }) => isInRing([lon, lat], ringOf(geometry)));
      expect(sectors.map((sector) => sector.id)).toEqual([island.sectorOfPlace[id]]);
    }
  });

  it('has the places an exercise needs, each with its own id and name', () => {
    const count = (kind: string): number => island.places.filter((place) => place.kind === kind).length;
    expect(island.townIds).toHaveLength(6);
    expect(count('village')).toBe(226);
    expect([count('base'), count('site'), count('hospital'), count('landing-zone')]).toEqual([5, 2, 3, 8]);
    expect(new Set(island.places.map(({ id }) => id)).size).toBe(island.places.length);
    expect(new Set(island.places.map(({ name }) => name)).size).toBe(island.places.length);
    for (const place of island.places) expect(placeSchema.safeParse(place).success, place.id).toBe(true);
  });

  it('has one connected road net that reaches towns, bases, hospitals, sites and most villages', () => {
    const reached = reachableNodes(island);
    expect(reached.size).toBe(island.nodes.length);
    const onRoad = new Set(island.nodes.flatMap(({ placeId }) => placeId ?? []));
    const stations = island.places.filter(({ kind }) => kind !== 'village' && kind !== 'landing-zone');
    for (const { id } of stations) expect(onRoad.has(id), id).toBe(true);
    for (const id of [...island.townIds, 'village-001', 'village-002', 'village-003'])
      expect(onRoad.has(id)).toBe(true);
    expect(
      island.places.filter(({ id, kind }) => kind === 'village' && onRoad.has(id)).length,
    ).toBeGreaterThan(190);
  });

  it('has roads that begin and end at their nodes and stay dry', () => {
    const nodes = new Map(island.nodes.map((node) => [node.id, node]));
    for (const road of island.roads) {
      const [from, to] = [nodes.get(road.fromNode), nodes.get(road.toNode)];
      expect(road.line[0]).toEqual([from?.lon, from?.lat]);
      expect(road.line.at(-1)).toEqual([to?.lon, to?.lat]);
      for (const point of road.line) expect(isOnDryLand(island, point), road.id).toBe(true);
    }
  });

  it('has sectors that tile the whole island and the waters off it', () => {
    const rings = island.sectors.map(({ geometry }) => ringOf(geometry));
    for (const point of ringOf(island.coast)) {
      expect(rings.filter((ring) => isInRing(point, ring))).toHaveLength(1);
    }
  });

  it('has rivers that start or end in water and finite numbers throughout', () => {
    expect(island.rivers.length).toBeGreaterThanOrEqual(3);
    const shores = [...ringOf(island.coast), ...island.lakes.flatMap(ringOf)];
    for (const { geometry, name } of island.rivers) {
      const ends = [lineOf(geometry)[0], lineOf(geometry).at(-1)];
      expect(Math.min(...ends.map((end) => distanceToVertices(end ?? [0, 0], shores))), name).toBeLessThan(
        0.03,
      );
    }
    expect(JSON.stringify(island)).not.toContain('null');
  });
});

describe('makeIsland', () => {
  it('gives the same island for the same seed and another for another', () => {
    expect(makeIsland(defaultIslandSeed)).toEqual(island);
    expect(others[0]?.coast).not.toEqual(island.coast);
  });

  it('lies across the equator and 18° W, far from every shore', () => {
    const coast = ringOf(island.coast);
    const lons = coast.map(([lon]) => lon);
    const lats = coast.map(([, lat]) => lat);
    expect([Math.min(...lons), Math.max(...lons)].map(Math.round)).toEqual([-20, -16]);
    expect(Math.min(...lats)).toBeLessThan(-0.7);
    expect(Math.max(...lats)).toBeGreaterThan(0.7);
    expect(Math.max(...coast.map(([lon, lat]) => Math.hypot(lon + 18, lat)))).toBeLessThan(2);
  });
});

function reachableNodes({ nodes, roads }: Island): Set<string> {
  const neighbours = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const { fromNode, toNode } of roads) {
    neighbours.get(fromNode)?.push(toNode);
    neighbours.get(toNode)?.push(fromNode);
  }
  const reached = new Set<string>();
  const open = [nodes[0]?.id ?? ''];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...(neighbours.get(id) ?? []));
  }
  return reached;
}
