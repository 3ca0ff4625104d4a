import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loadMission } from '../../mission/load-mission.ts';
import { readRows, type DataFile } from './data-files.ts';
import { startProven } from './proven-server.ts';
import type { Report } from './report.ts';

type Ring = readonly (readonly number[])[];
const ringSchema = z.array(z.array(z.number()));
const collectionSchema = z.object({
  features: z.array(
    z.object({
      properties: z.object({ admin1Name: z.string(), admin1Pcod: z.string() }),
      geometry: z.union([
        z.object({ type: z.literal('Polygon'), coordinates: z.array(ringSchema) }),
        z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ringSchema)) }),
      ]),
    }),
  ),
});
type Feature = z.infer<typeof collectionSchema>['features'][number];

interface Point {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/**
 * The prefectures of a country as the sectors of a mission file: every settlement of the country must fall into the
 * sector that a point-in-polygon written for this proof alone finds, and an alert raised there must carry it.
 */
export async function proveMission(
  report: Report,
  folder: string,
  paths: Readonly<Record<DataFile, string>>,
): Promise<void> {
  const { features } = collectionSchema.parse(JSON.parse(await readFile(paths.sectors, 'utf8')));
  const file = join(folder, 'mission.json');
  const sectors = features.map(({ properties, geometry }) => ({
    id: properties.admin1Pcod,
    name: properties.admin1Name,
    geometry,
  }));
  await writeFile(file, JSON.stringify({ name: 'Proof', sectors }));
  const mission = await loadMission(file, () => []);
  const points = (await readRows(paths.settlements))
    .filter(({ country }) => country === 'CF')
    .map(({ name = '', lon, lat }): Point => ({ name, lon: Number(lon), lat: Number(lat) }));
  const begunMs = performance.now();
  const found = points.map(({ lon, lat }) => mission.sectorAt(lon, lat));
  report.figure(
    'sector of a point',
    `${(((performance.now() - begunMs) / points.length) * 1e3).toFixed(0)} µs`,
  );
  const expected = points.map(
    (point) => features.find((feature) => isIn(point, feature))?.properties.admin1Pcod,
  );
  report.equal('sectors', mission.sectors.length, features.length);
  report.equal(
    `of ${points.length} settlements in another sector than expected`,
    found.filter((id, at) => id !== expected[at]).length,
    0,
  );
  const bySector = new Map(points.map((point, at) => [expected[at], point]));
  await proveAlerts(report, { folder, file, bySector });
}

interface Alarmed {
  readonly folder: string;
  readonly file: string;
  readonly bySector: ReadonlyMap<string | undefined, Point>;
}

async function proveAlerts(report: Report, { folder, file, bySector }: Alarmed): Promise<void> {
  const server = await startProven({ DATA_DIR: join(folder, 'mission-data'), MISSION: file });
  try {
    const wrong: string[] = [];
    for (const [sector, { lon, lat }] of bySector) {
      const alert = { category: 'other', text: 'proof', channel: 'partner', lon, lat };
      const { body } = await server.watch.post('/api/alerts', JSON.stringify(alert));
      const raised = z.object({ sector: z.string().optional() }).parse(body);
      if (raised.sector !== sector) wrong.push(`${raised.sector} for ${sector}`);
    }
    const inSectors = [...bySector.keys()].filter((sector) => sector !== undefined).length;
    report.check(
      `alerts in ${inSectors} sectors and outside of all carry the right one`,
      wrong.length === 0,
      wrong.join(', '),
    );
  } finally {
    await server.stop();
  }
}

function isIn(point: Point, { geometry }: Feature): boolean {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some((rings) => rings.filter((ring) => crossesOdd(point, ring)).length % 2 === 1);
}

/** The even-odd rule on one ring: on purpose not the library that the server uses. */
function crossesOdd({ lon, lat }: Point, ring: Ring): boolean {
  let inside = false;
  ring.forEach(([x = 0, y = 0], index) => {
    const [lastX = 0, lastY = 0] = ring[(index + ring.length - 1) % ring.length] ?? [];
    if (y > lat !== lastY > lat && lon < x + ((lastX - x) * (lat - y)) / (lastY - y)) inside = !inside;
  });
  return inside;
}
