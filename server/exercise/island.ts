import type { LineString, Polygon } from 'geojson';
import type { Place } from '../../shared/model/place.ts';
import { makeCells } from './island-cells.ts';
import { toLonLat } from './island-plane.ts';
import type { Km, LonLat } from './island-plane.ts';
import { makePlaces } from './island-places.ts';
import type { PlacedCell } from './island-places.ts';
import { toRoadGraph } from './island-road-graph.ts';
import type { Road, RoadNode } from './island-road-graph.ts';
import { layRoads } from './island-roads.ts';
import { makeSectors, sectorAt } from './island-sectors.ts';
import type { SectorShape } from './island-sectors.ts';
import { makeIslandShape } from './island-shape.ts';
import { makeSeededRandom } from './seeded-random.ts';

export type { Road, RoadNode } from './island-road-graph.ts';

/**
 * The seed of the island that ships; another one makes another island, and its map pack must be built with
 * it.
 */
export const defaultIslandSeed = 2005;

export interface IslandSector {
  readonly id: string;
  readonly name: string;
  readonly geometry: Polygon;
}

export interface IslandRiver {
  readonly name: string;
  readonly rank: number;
  readonly geometry: LineString;
}

/**
 * A country that does not exist, on coordinates that belong to nobody: the open Atlantic where the equator
 * meets 18° W, so that grids (UTM 27 and 28) and hemispheres meet in the middle of it. Exercises are set here
 * so that no synthetic alert can ever be read as news about a real village. Plain data, ready for JSON.
 */
export interface Island {
  readonly seed: number;
  readonly coast: Polygon;
  readonly islets: readonly Polygon[];
  readonly lakes: readonly Polygon[];
  readonly rivers: readonly IslandRiver[];
  readonly sectors: readonly IslandSector[];
  /** Sector borders on the island, each once. */
  readonly borders: readonly LineString[];
  /** Towns are villages with many people; their ids are in `townIds`. */
  readonly places: readonly Place[];
  readonly townIds: readonly string[];
  /** The sector each place lies in, by place id. */
  readonly sectorOfPlace: Readonly<Record<string, string>>;
  readonly nodes: readonly RoadNode[];
  readonly roads: readonly Road[];
}

/** The same island for the same seed, on any machine. Takes some tenths of a second: call it once. */
export function makeIsland(seed: number = defaultIslandSeed): Island {
  const random = makeSeededRandom(seed);
  const shape = makeIslandShape(seed);
  const plan = makeSectors(seed, shape.coast);
  const cells = makeCells(seed, shape);
  const places = makePlaces(seed, random, cells);
  const { nodes, roads } = toRoadGraph(layRoads(seed, random, cells, places), cells, places);
  return {
    seed,
    coast: toPolygon(shape.coast),
    islets: shape.islets.map(toPolygon),
    lakes: [toPolygon(shape.lake)],
    rivers: shape.rivers.map(({ name, rank, line }) => ({ name, rank, geometry: toLineString(line) })),
    sectors: plan.sectors.map(({ id, name, ring }) => ({ id, name, geometry: toPolygon(ring) })),
    borders: plan.borders.map(toLineString),
    places: places.map(({ place }) => place),
    townIds: places.filter(({ isTown }) => isTown).map(({ place }) => place.id),
    sectorOfPlace: sectorsOfPlaces(places, plan.sectors),
    nodes,
    roads,
  };
}

function sectorsOfPlaces(
  places: readonly PlacedCell[],
  sectors: readonly SectorShape[],
): Record<string, string> {
  return Object.fromEntries(
    places.map(({ cell, place }) => [place.id, sectorAt(cell.point, sectors)?.id ?? '']),
  );
}

function toPolygon(ring: readonly Km[]): Polygon {
  return { type: 'Polygon', coordinates: [toLine(ring)] };
}

function toLineString(line: readonly Km[]): LineString {
  return { type: 'LineString', coordinates: toLine(line) };
}

function toLine(line: readonly Km[]): LonLat[] {
  return line.map(toLonLat);
}
