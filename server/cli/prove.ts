import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { complainAndExit } from './complain.ts';
import { readOptions } from './options.ts';
import { findData, type DataFile } from './prove/data-files.ts';
import { hasRedis, startPrivateRedis } from './prove/private-redis.ts';
import { proveMission } from './prove/prove-mission.ts';
import { provePlaces } from './prove/prove-places.ts';
import { proveRoads } from './prove/prove-roads.ts';
import { proveReplay } from './prove/prove-replay.ts';
import { proveRestart } from './prove/prove-restart.ts';
import { startProven } from './prove/proven-server.ts';
import { readReplay, send } from './prove/replay.ts';
import { createReport, type Report } from './prove/report.ts';

const usage = 'npm run prove -- --data=DIR';

type Paths = Readonly<Record<DataFile, string>>;

/** `npm run prove`: real data through the front door of real servers, and back out, fix by fix. */
async function prove(): Promise<number> {
  const { values } = readOptions(usage, { data: { type: 'string' } });
  if (values.data === undefined) throw new Error(`--data: no folder is named; usage: ${usage}`);
  const paths = findData(values.data);
  const report = createReport((line) => process.stdout.write(`${line}\n`));
  const folder = await mkdtemp(join(tmpdir(), 'nightflash-prove-'));
  const begunMs = performance.now();
  try {
    await proveRecord(report.about('embedded'), { DATA_DIR: join(folder, 'embedded') }, paths);
    await proveOnRedis(report, folder, paths);
    await proveMission(report.about('mission file'), folder, paths);
    await proveRoads(report.about('roads'), paths);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  report.figure('all of it', `${((performance.now() - begunMs) / 1_000).toFixed(0)} s`);
  for (const line of ['', ...report.table(), '', `${report.passed} passed, ${report.failed} failed`]) {
    process.stdout.write(`${line}\n`);
  }
  return report.failed === 0 ? 0 : 1;
}

async function proveOnRedis(report: Report, folder: string, paths: Paths): Promise<void> {
  if (!hasRedis()) {
    process.stdout.write(
      'NOTE  redis: there is no redis-server on this machine; only the embedded record is proven\n',
    );
    return;
  }
  const redisFolder = join(folder, 'redis');
  await mkdir(redisFolder);
  const redis = await startPrivateRedis(redisFolder);
  try {
    await proveRecord(
      report.about('redis'),
      { DATA_DIR: join(folder, 'with-redis'), REDIS_URL: redis.url },
      paths,
    );
  } finally {
    await redis.stop();
  }
}

/** The whole proof on one kind of record. */
async function proveRecord(
  report: Report,
  settings: Readonly<Record<string, string>>,
  paths: Paths,
): Promise<void> {
  const start = (): ReturnType<typeof startProven> => startProven(settings);
  let server = await start();
  try {
    report.figure('first start', `${server.startedInMs.toFixed(0)} ms`);
    const replay = await readReplay(paths.replay);
    await proveReplay(report, server, replay);
    for (const file of ['gotrack', 'mapmatching'] as const) {
      const { positions, tracks, duplicates, conflicts } = await readReplay(paths[file]);
      const { summary } = await send(server, positions);
      report.equal(
        `${file}: fixes of ${tracks.size} tracks accepted`,
        summary.accepted,
        positions.length - duplicates - conflicts,
      );
    }
    await provePlaces(report, server, paths);
    server = await proveRestart(report, server, start, replay.tracks);
  } finally {
    await server.kill();
  }
}

prove().then((code) => process.exit(code), complainAndExit);
