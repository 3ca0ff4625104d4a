import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeSeededRandom, type SeededRandom } from '../../../server/exercise/seeded-random.ts';
import { percentile, type Row } from '../table.ts';
import { benchServer, type BenchServer } from '../servers.ts';
import type { Section } from './section.ts';

const units = 300;
const villages = 10_000;
const alerts = 30;
const asked = 100;
const consoles = 5;
const reportEveryMs = 10_000;
/** Where everything is: eastern DRC and southern Sudan, where the real roads are. */
const ground = { west: 27, south: -3, wideDeg: 6, highDeg: 10 } as const;
const kinds = ['patrol', 'qrf', 'truck', 'foot', 'police', 'civilian', 'helicopter'] as const;

/** Who can get there, asked over HTTP while units report: for one console, and for five at once. */
export const respondersSection: Section = {
  name: 'responders',
  title: `who can get there, over HTTP: ${units} units that report, ${villages} villages (--data: the real roads)`,
  goal: 'under 500 ms',
  async run({ tracksDir }) {
    const folder = await mkdtemp(join(tmpdir(), 'nightflash-responders-'));
    const random = makeSeededRandom(17);
    const roads = tracksDir === undefined ? madeRoads(random) : await realRoads(tracksDir);
    const file = await missionFile(folder, roads, random);
    const begunMs = performance.now();
    const server = await benchServer('embedded always', { MISSION: file });
    const startedMs = performance.now() - begunMs;
    const ending = new AbortController();
    try {
      await send(server.url, server.watch, '/api/places/import', madeVillages(random));
      const reports = keepReporting(server, random, ending.signal);
      const ids = await raiseAlerts(server, random);
      await pause(2_000);
      const roadsOf = tracksDir === undefined ? 'made' : 'real';
      return [
        { roads: roadsOf, asked: 'the first', ...figures([await ask(server, ids[0] ?? '')]) },
        { roads: roadsOf, asked: 'one after another', ...figures(await askInTurn(server, ids, asked)) },
        {
          roads: roadsOf,
          asked: `by ${consoles} at once`,
          ...figures(
            (
              await Promise.all(
                Array.from({ length: consoles }, () => askInTurn(server, ids, asked / consoles)),
              )
            ).flat(),
          ),
        },
        {
          roads: roadsOf,
          asked: 'positions meanwhile (one batch)',
          ...figures(await endOf(reports, ending)),
        },
        { roads: roadsOf, asked: 'start of the server with these roads', ...figures([startedMs]) },
      ];
    } finally {
      ending.abort();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function figures(tookMs: readonly number[]): Row {
  const at = (share: number): string => percentile(tookMs, share).toFixed(0);
  return { times: tookMs.length, 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'p99 ms': at(0.99) };
}

async function endOf(reports: Promise<number[]>, ending: AbortController): Promise<number[]> {
  ending.abort();
  return reports;
}

async function realRoads(folder: string): Promise<string> {
  return readFile(join(folder, 'roads.geojson'), 'utf8');
}

/** A net of crossing roads with bends, about as many stretches as the real one has. */
function madeRoads(random: SeededRandom): string {
  const side = 40;
  const at = (column: number, row: number): [number, number] => [
    ground.west + (ground.wideDeg * column) / side + random.between(-0.02, 0.02),
    ground.south + (ground.highDeg * row) / side + random.between(-0.02, 0.02),
  ];
  const nodes = Array.from({ length: side + 1 }, (_, column) =>
    Array.from({ length: side + 1 }, (_, row) => at(column, row)),
  );
  const line = (points: ReadonlyArray<readonly [number, number]>): object => ({
    type: 'Feature',
    properties: { rank: random.integer(1, 3) },
    geometry: { type: 'LineString', coordinates: points },
  });
  const columns = nodes.map((column) => line(column));
  const rows = nodes.map((_, row) => line(nodes.map((column) => column[row] ?? [0, 0])));
  return JSON.stringify({ type: 'FeatureCollection', features: [...columns, ...rows] });
}

async function missionFile(folder: string, roads: string, random: SeededRandom): Promise<string> {
  await writeFile(join(folder, 'roads.geojson'), roads);
  const file = join(folder, 'mission.json');
  const fleet = Array.from({ length: units }, (_, number) => {
    const kind = kinds[number % kinds.length];
    const capabilities = [
      'language:sw',
      `strength:${random.integer(4, 40)}`,
      ...(number % 5 ? [] : ['medic']),
    ];
    return { id: `u${number}`, callsign: `U ${number}`, kind, capabilities };
  });
  await writeFile(file, JSON.stringify({ name: 'Bench', roads: 'roads.geojson', units: fleet }));
  return file;
}

function somewhere(random: SeededRandom): { lon: number; lat: number } {
  return {
    lon: random.between(ground.west, ground.west + ground.wideDeg),
    lat: random.between(ground.south, ground.south + ground.highDeg),
  };
}

function madeVillages(random: SeededRandom): object {
  const features = Array.from({ length: villages }, (_, number) => {
    const { lon, lat } = somewhere(random);
    return {
      type: 'Feature',
      id: `v${number}`,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { kind: 'village', name: `Village ${number}`, languages: ['sw'] },
    };
  });
  return { type: 'FeatureCollection', features };
}

async function raiseAlerts({ url, watch }: BenchServer, random: SeededRandom): Promise<string[]> {
  const ids = Array.from({ length: alerts }, (_, number) => `a${number}`);
  for (const id of ids) {
    const placeId = `v${random.integer(0, villages - 1)}`;
    const alert = { id, category: 'attack-in-progress', text: 'shots', channel: 'radio', placeId };
    await send(url, watch, '/api/alerts', alert);
  }
  return ids;
}

/** Every unit goes on a little each round; answers how long each batch took to be durable, ms. */
async function keepReporting(
  { url, feed }: BenchServer,
  random: SeededRandom,
  signal: AbortSignal,
): Promise<number[]> {
  const places = Array.from({ length: units }, () => somewhere(random));
  const tookMs: number[] = [];
  while (!signal.aborted) {
    const time = new Date().toISOString();
    const fixes = places.map((place, number) => {
      place.lon += 0.0005;
      return { unit: `u${number}`, time, ...place, speedMps: number % 3 ? 9 : 0, courseDeg: 90 };
    });
    const begunMs = performance.now();
    await send(url, feed, '/api/positions', fixes);
    tookMs.push(performance.now() - begunMs);
    await pause(reportEveryMs / 10, undefined, { signal }).catch(() => undefined);
  }
  return tookMs;
}

async function askInTurn(server: BenchServer, ids: readonly string[], count: number): Promise<number[]> {
  const tookMs: number[] = [];
  for (let turn = 0; turn < count; turn++) tookMs.push(await ask(server, ids[turn % ids.length] ?? ''));
  return tookMs;
}

async function ask({ url, watch }: BenchServer, id: string): Promise<number> {
  const begunMs = performance.now();
  const response = await fetch(`${url}/api/alerts/${id}/responders`, {
    headers: { authorization: `Bearer ${watch}` },
  });
  const ranked = (await response.json()) as readonly unknown[]; // checked in the tests
  const tookMs = performance.now() - begunMs;
  if (!response.ok || ranked.length === 0) throw new Error(`responders of ${id}: ${response.status}`);
  return tookMs;
}

async function send(url: string, token: string, path: string, body: object): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}
