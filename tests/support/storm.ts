import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { PictureOut } from '../../shared/picture/picture.ts';
import { makeSeededRandom } from '../../server/exercise/seeded-random.ts';
import type { ServerProcess } from './server-process.ts';
import { openViewer, type TestViewer } from './viewer.ts';
import { until } from './wait.ts';

/** What a storm throws at the servers. Same seed, same storm, but for what the processes make of it. */
export interface StormPlan {
  readonly seed: number;
  readonly servers: readonly ServerProcess[];
  readonly tokens: { readonly feed: string; readonly watch: string; readonly wall: string };
  readonly units: number;
  readonly batches: number;
  /** Called between batches, with the number of batches sent: here processes are killed and come back. */
  readonly disturb: (sent: number) => Promise<void>;
}

interface Sent {
  readonly unit: string;
  readonly time: string;
  readonly lon: number;
  readonly lat: number;
}

type Random = () => number;

/**
 * Sends fixes and alerts as bad networks do: duplicated, reordered, to any server, again and again until they are
 * acknowledged; viewers come and go meanwhile. Ends when everything is acknowledged, then holds the record to its word.
 */
export async function runStorm(plan: StormPlan): Promise<void> {
  process.stdout.write(`storm seed ${plan.seed}\n`);
  const random = makeSeededRandom(plan.seed).next;
  const acknowledged = new Map<string, Sent>();
  const alertIds: string[] = [];
  const viewers = await Promise.all(
    plan.servers.flatMap(({ url }) =>
      [plan.tokens.watch, plan.tokens.wall].map((token) => openViewer(url, { token })),
    ),
  );
  const startMs = Date.now() - plan.batches * 1_000;
  const waiting: Array<Promise<void>> = [];
  for (let batch = 0; batch < plan.batches; batch++) {
    const fixes = batchOf(plan, random, startMs, batch);
    waiting.push(deliver(plan, random, fixes, acknowledged));
    if (random() < 0.2) waiting.push(deliver(plan, random, fixes, acknowledged));
    if (batch % 10 === 0) waiting.push(raise(plan, random, `storm-${batch}`, alertIds));
    if (random() < 0.1) bounce(viewers, random);
    await plan.disturb(batch);
    await pause(15);
  }
  await Promise.all(waiting);
  await hold(plan, viewers, acknowledged, alertIds);
}

function batchOf({ units }: StormPlan, random: Random, startMs: number, batch: number): Sent[] {
  return Array.from({ length: units }, (_, number) => ({
    unit: `u${number}`,
    time: new Date(startMs + batch * 1_000 + number).toISOString(),
    lon: Math.round((batch / 100 + number / 1e4) * 1e7) / 1e7,
    lat: number / 100,
  })).filter(() => random() > 0.1);
}

/** Late by up to a second, so that batches overtake one another; repeated until a server says yes. */
async function deliver(
  plan: StormPlan,
  random: Random,
  fixes: Sent[],
  acknowledged: Map<string, Sent>,
): Promise<void> {
  await pause(Math.floor(random() * 1_000));
  for (;;) {
    const answer = await post(pick(plan.servers, random).url, '/api/positions', plan.tokens.feed, fixes);
    if (answer?.status === 200) {
      expect(answer.body).toMatchObject({ rejected: [] });
      for (const fix of fixes) acknowledged.set(`${fix.unit} ${fix.time}`, fix);
      return;
    }
    await pause(50 + Math.floor(random() * 150));
  }
}

async function raise(plan: StormPlan, random: Random, id: string, alertIds: string[]): Promise<void> {
  const body = { id, category: 'displacement', text: `storm ${id}`, channel: 'radio', lon: 5, lat: 1 };
  for (;;) {
    const answer = await post(pick(plan.servers, random).url, '/api/alerts', plan.tokens.watch, body);
    if (answer && (answer.status === 201 || answer.status === 200)) {
      alertIds.push(id);
      return;
    }
    await pause(100);
  }
}

async function post(
  url: string,
  path: string,
  token: string,
  body: unknown,
): Promise<{ status: number; body: unknown } | undefined> {
  try {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(8_000),
    });
    return { status: response.status, body: (await response.json()) as unknown };
  } catch {
    return undefined;
  }
}

function pick<T>(list: readonly T[], random: Random): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

/** Drops a viewer's transport under its feet; the stock client comes back by itself and resumes by cursor. */
function bounce(viewers: readonly TestViewer[], random: Random): void {
  const { socket } = pick(viewers, random);
  // Closing an engine that is still opening leaves the stock client waiting for its own connect timeout of 20 s.
  if (socket.connected) socket.io.engine.close();
}

/** Nothing acknowledged is lost, nothing is there twice, and every viewer has the picture that the servers have. */
async function hold(
  plan: StormPlan,
  viewers: readonly TestViewer[],
  acknowledged: Map<string, Sent>,
  alertIds: readonly string[],
): Promise<void> {
  const { servers, tokens, units } = plan;
  for (const { url } of servers) {
    const picture = await get<PictureOut>(`${url}/api/picture`, tokens.watch);
    expect(picture.alerts.map(({ id }) => id).sort()).toEqual([...alertIds].sort());
    for (let number = 0; number < units; number++) {
      const own = [...acknowledged.values()].filter(({ unit }) => unit === `u${number}`);
      own.sort((a, b) => (a.time < b.time ? -1 : 1));
      const track = await get<Track>(`${url}/api/units/u${number}/track`, tokens.watch);
      expect(track.geometry.coordinates).toEqual(own.map(({ lon, lat }) => [lon, lat]));
      const last = own.at(-1);
      const shown = picture.units.find(({ id }) => id === `u${number}`);
      expect([shown?.lon, shown?.lat, shown?.time]).toEqual([last?.lon, last?.lat, last?.time]);
    }
  }
  const wanted = await get<PictureOut>(`${servers[0]?.url}/api/picture`, tokens.watch);
  for (const viewer of viewers) {
    const say = { what: 'every viewer to hold the servers’ picture', timeoutMs: 30_000 };
    await until(() => sameUnits(viewer, wanted), say).catch((cause: unknown) => {
      const { connected } = viewer.socket;
      throw new Error(
        `viewer at ${viewer.held.cursor}, servers at ${wanted.cursor}, connected: ${connected}`,
        { cause },
      );
    });
  }
}

interface Track {
  readonly geometry: { readonly coordinates: ReadonlyArray<readonly [number, number]> };
}

async function get<T>(url: string, token: string): Promise<T> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as T; // our own server's answer, checked by what follows
}

function sameUnits(viewer: TestViewer, wanted: PictureOut): boolean {
  if (viewer.held.units.size !== wanted.units.length) return false;
  return wanted.units.every(({ id, lon, lat, time }) => {
    const held = viewer.held.units.get(id);
    return held?.lon === lon && held.lat === lat && held.time === time;
  });
}
