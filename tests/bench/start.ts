import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openLivePicture } from '../../server/picture/live-picture.ts';
import { openRecord } from '../../server/record/open-record.ts';
import type { CopyableRecord } from '../../server/record/copying.ts';
import type { RecordEntry } from '../../server/record/record.ts';
import { encodeFixBatch } from '../../shared/model/fix-batch.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { projectDir } from '../support/source-files.ts';
import { until } from '../support/wait.ts';
import type { Row } from './table.ts';

/** A mission of the size that a start must bear. */
export interface StartPlan {
  readonly units: number;
  /** Entries before the snapshot, each with the fixes of so many units. */
  readonly entries: number;
  readonly fixesPerEntry: number;
  /** Entries behind the snapshot, of the same kind. */
  readonly tail: number;
}

export const largeMission: StartPlan = { units: 100_000, entries: 1_000_000, fixesPerEntry: 1, tail: 20_000 };

type Kind = 'embedded' | 'redis everysec';
const entriesAtOnce = 500;
const beganMs = Date.now();

/** How long a server takes from the start of its process to a good answer on /health, with a snapshot and a tail. */
export async function startBySnapshot(plan: StartPlan = largeMission): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ['embedded', 'redis everysec'] satisfies Kind[]) rows.push(await measured(kind, plan));
  return rows;
}

interface Place {
  readonly settings: Parameters<typeof openRecord>[0];
  readonly env: Readonly<Record<string, string>>;
  remove(): Promise<void>;
}

async function measured(kind: Kind, plan: StartPlan): Promise<Row> {
  const place = await makePlace(kind);
  try {
    const { snapshotBytes, snapshotMs, longestTurnMs } = await fill(place, plan);
    const tailMs = await timeToFoldTail(place);
    const served = await timeToServe(place.env);
    return {
      record: kind,
      units: plan.units,
      entries: plan.entries,
      'fixes an entry': plan.fixesPerEntry,
      'snapshot MB': (snapshotBytes / 1e6).toFixed(1),
      'written in ms': snapshotMs.toFixed(0),
      'longest turn ms': longestTurnMs.toFixed(1),
      'tail entries': plan.tail,
      'picture ready ms': tailMs.toFixed(0),
      'READY ms': served.readyMs.toFixed(0),
      '/health 200 ms': served.healthyMs.toFixed(0),
      'RSS MB': served.rssMb.toFixed(0),
    };
  } finally {
    await place.remove();
  }
}

async function makePlace(kind: Kind): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nightflash-start-'));
  const redis: TestRedis | undefined =
    kind === 'embedded' ? undefined : await startRedis({ appendonly: 'yes', appendfsync: 'everysec' });
  const env: Record<string, string> = {
    DATA_DIR: dataDir,
    ...(redis ? { REDIS_URL: redis.url, REDIS_PREFIX: 'start' } : {}),
  };
  return {
    env,
    settings: {
      mode: 'live',
      dataDir,
      redisPrefix: 'start',
      nowMs: Date.now,
      ...(redis ? { redisUrl: redis.url } : {}),
    },
    async remove() {
      await redis?.remove();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Makes the record: entries, a snapshot written as a server writes it, and the tail behind it. */
async function fill(
  { settings }: Place,
  plan: StartPlan,
): Promise<{ snapshotBytes: number; snapshotMs: number; longestTurnMs: number }> {
  const empty = await openRecord(settings);
  await bring(empty, plan);
  await empty.close();
  const record = await openRecord(settings);
  const livePicture = await openLivePicture(record);
  const begunMs = performance.now();
  const turns = watchTurns();
  const written = await livePicture.saveSnapshot({ writer: 'bench' });
  const longestTurnMs = turns.longestMs();
  const snapshotMs = performance.now() - begunMs;
  await livePicture.stop();
  await append(record, plan);
  await record.close();
  return { snapshotBytes: written?.bytes ?? 0, snapshotMs, longestTurnMs };
}

/** How long the event loop was busy at most in one go: what a viewer's frame may have waited. */
function watchTurns(): { longestMs(): number } {
  let longest = 0;
  let lastMs = performance.now();
  const everyMs = 1;
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longest = Math.max(longest, nowMs - lastMs - everyMs);
    lastMs = nowMs;
  }, everyMs);
  return {
    longestMs() {
      clearInterval(timer);
      return longest;
    },
  };
}

/** The entries up to the snapshot come as a backup would bring them, which is quicker than to append each. */
async function bring(record: CopyableRecord, plan: StartPlan): Promise<void> {
  const target = await record.beginImport();
  for (let from = 0; from < plan.entries; from += entriesAtOnce) {
    const count = Math.min(entriesAtOnce, plan.entries - from);
    await target.addEntries(Array.from({ length: count }, (_, at) => entryOf(plan, from + at)));
  }
  await target.finish(entryOf(plan, plan.entries - 1));
}

async function append(record: CopyableRecord, plan: StartPlan): Promise<void> {
  for (let from = 0; from < plan.tail; from += entriesAtOnce) {
    const count = Math.min(entriesAtOnce, plan.tail - from);
    const bodies = Array.from({ length: count }, (_, at) => entryOf(plan, plan.entries + from + at).body);
    await Promise.all(bodies.map((body) => record.append('positions', body)));
  }
}

/** The fixes of some units, which take turns; a million entries a thousandth of a second apart end now. */
function entryOf(plan: StartPlan, entry: number): RecordEntry {
  const atMs = beganMs - plan.entries - plan.tail + entry;
  const fixes = Array.from({ length: plan.fixesPerEntry }, (_, at) => {
    const unit = (entry * plan.fixesPerEntry + at) % plan.units;
    return {
      unit: `unit-${unit}`,
      device: `device-${unit}`,
      timeMs: atMs,
      lon: 20 + (unit % 1_000) / 100 + entry / 1e7,
      lat: Math.floor(unit / 1_000) / 100,
      courseDeg: unit % 360,
      speedMps: (entry % 200) / 10,
    };
  });
  const author = { id: 'bench', role: 'feed', name: 'Bench' } as const;
  const body = encodeFixBatch({ ref: `bench:${entry}`, author, mayRegister: true, fixes });
  return { seq: entry + 1, atMs, stream: 'positions', body };
}

/** From opening the record to a picture that has folded the tail, in this process. */
async function timeToFoldTail({ settings }: Place): Promise<number> {
  const begunMs = performance.now();
  const record = await openRecord(settings);
  const livePicture = await openLivePicture(record);
  const tookMs = performance.now() - begunMs;
  await livePicture.stop();
  await record.close();
  return tookMs;
}

async function timeToServe(
  env: Readonly<Record<string, string>>,
): Promise<{ readyMs: number; healthyMs: number; rssMb: number }> {
  const begunMs = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/serve-live.ts'], {
    cwd: projectDir,
    env: { ...process.env, LOG_LEVEL: 'error', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await untilReady(child);
    const readyMs = performance.now() - begunMs;
    const healthy = async (): Promise<boolean> => (await fetch(`${url}/health`)).status === 200;
    await until(healthy, { what: 'the server to be healthy', timeoutMs: 60_000 });
    const healthyMs = performance.now() - begunMs;
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const [, rss = '0'] = /^nightflash_process_process_resident_memory_bytes (\S+)/m.exec(metrics) ?? [];
    return { readyMs, healthyMs, rssMb: Number(rss) / 1e6 };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

/** The address of the server, once it serves. */
async function untilReady(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const piece of child.stdout ?? []) {
    text += String(piece);
    const [, url] = /READY (\S+)/.exec(text) ?? [];
    if (url !== undefined) return url;
  }
  throw new Error('the server ended before it was ready');
}
