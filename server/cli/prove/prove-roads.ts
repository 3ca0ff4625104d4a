import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readRoads } from '../../mission/road-lines.ts';
import { buildRoadGraph, type RoadGraph } from '../../roads/road-graph.ts';
import { pathBetween } from '../../roads/route-line.ts';
import { travel } from '../../roads/travel.ts';
import type { DataFile } from './data-files.ts';
import type { Report } from './report.ts';

/** Kilometres along the roads, as those who gathered them found with a search of their own (DATA.md). */
const known = [
  ['Juba', 'Bor', 200.5],
  ['Bunia', 'Beni', 198.1],
  ['Beni', 'Goma', 357.8],
  ['Nyala', 'El Fasher', 212.2],
] as const;
/** The quickest way is not always the shortest. */
const offBy = 0.03;

const townsSchema = z.object({
  nodes: z.array(z.object({ id: z.number(), lon: z.number(), lat: z.number(), name: z.string() })),
});
type Town = z.infer<typeof townsSchema>['nodes'][number];

const dryDay = { isNight: false, isWet: false } as const;
const wetNight = { isNight: true, isWet: true } as const;

/** The real roads as a graph: distances that are known, and who is there first. */
export async function proveRoads(report: Report, paths: Readonly<Record<DataFile, string>>): Promise<void> {
  const lines = readRoads(await readFile(paths.roads, 'utf8'));
  const begunMs = performance.now();
  const roads = buildRoadGraph(lines);
  report.figure(
    `graph of ${roads.stretches.length} stretches`,
    `${(performance.now() - begunMs).toFixed(0)} ms`,
  );
  const { nodes } = townsSchema.parse(JSON.parse(await readFile(paths.towns, 'utf8')));
  const town = (name: string): Town => {
    const found = nodes.find((node) => node.name === name);
    if (!found) throw new Error(`the road graph has no ${name}`);
    return found;
  };
  for (const [from, to, km] of known) {
    const found = lengthKm(roads, town(from), town(to));
    report.check(
      `${from} to ${to}`,
      Math.abs(found - km) <= offBy * km,
      `${found.toFixed(1)} km, known: ${km} km`,
    );
  }
  proveWhoIsFirst(report, roads, town('Beni'), town('Goma'));
}

function lengthKm(roads: RoadGraph, from: Town, to: Town): number {
  const [begin, end] = [roads.nodeOf(String(from.id)), roads.nodeOf(String(to.id))];
  if (begin === undefined || end === undefined) return NaN;
  const stretches = pathBetween(roads, begin, end, '4x4', dryDay) ?? [];
  return stretches.reduce((sum, { lengthM }) => sum + lengthM, 0) / 1_000;
}

/** A lorry on a long road in the rains by night, beside a helicopter from stand-by by day. */
function proveWhoIsFirst(report: Report, roads: RoadGraph, from: Town, to: Town): void {
  const standing = { lon: from.lon, lat: from.lat, isMoving: false } as const;
  const truck = (conditions: typeof dryDay | typeof wetNight): number =>
    travel(roads, { ...standing, vehicle: 'truck' }, to, conditions).etaS.likely;
  const air = travel(roads, { ...standing, vehicle: 'air' }, to, dryDay);
  report.check(
    `${from.name} to ${to.name}: a helicopter at its worst is before a lorry at its likeliest`,
    air.etaS.worst < truck(dryDay),
    `${hours(air.etaS.worst)} and ${hours(truck(dryDay))}`,
  );
  report.check(
    'a lorry takes longer by night in the rains',
    truck(wetNight) > 1.5 * truck(dryDay),
    `${hours(truck(dryDay))} and ${hours(truck(wetNight))}`,
  );
}

const hours = (seconds: number): string => `${(seconds / 3_600).toFixed(1)} h`;
