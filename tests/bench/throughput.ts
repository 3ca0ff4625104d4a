import { io, type Socket } from 'socket.io-client';
import { baselineServer, benchServer, kinds, type BenchServer } from './servers.ts';
import { percentile, type Row } from './table.ts';

const seconds = 5;
const callsAtOnce = 16;
const batchSize = 100;
const viewers = 10;

/** Fixes a second that are taken, durable and folded, while viewers get the newest of every unit. */
export async function positionThroughput(): Promise<Row[]> {
  const baseline = await measured(await baselineServer());
  const rows = [row(baseline, baseline.perSecond)];
  for (const kind of kinds) rows.push(row(await measured(await benchServer(kind)), baseline.perSecond));
  return rows;
}

interface Measured {
  readonly name: string;
  readonly perSecond: number;
  readonly callMs: readonly number[];
}

function row({ name, perSecond, callMs }: Measured, baseline: number): Row {
  return {
    server: name,
    'fixes/s': Math.round(perSecond),
    '× baseline': (perSecond / baseline).toFixed(2),
    'POST p50 ms': percentile(callMs, 0.5).toFixed(1),
    'POST p99 ms': percentile(callMs, 0.99).toFixed(1),
  };
}

async function measured(server: BenchServer): Promise<Measured> {
  const sockets =
    server.watch === 'none' ? [] : await Promise.all(Array.from({ length: viewers }, () => watch(server)));
  await load(server, 1);
  const { accepted, callMs, tookS } = await load(server, seconds);
  sockets.forEach((socket) => socket.disconnect());
  await server.stop();
  return { name: server.name, perSecond: accepted / tookS, callMs };
}

function watch({ url, watch: token }: BenchServer): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], auth: { token }, forceNew: true });
  return new Promise((resolve) => {
    socket.on('connect', () => socket.emit('subscribe', {}, () => resolve(socket)));
  });
}

async function load(
  server: BenchServer,
  forS: number,
): Promise<{ accepted: number; callMs: number[]; tookS: number }> {
  const begun = performance.now();
  const until = begun + forS * 1_000;
  const callMs: number[] = [];
  let accepted = 0;
  const caller = async (number: number): Promise<void> => {
    for (let batch = 0; performance.now() < until; batch++) {
      const started = performance.now();
      const answer = await post(server, batchOf(number, batch));
      callMs.push(performance.now() - started);
      accepted += answer.accepted;
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, (_, number) => caller(number)));
  return { accepted, callMs, tookS: (performance.now() - begun) / 1_000 };
}

let milliseconds = 0;

/** Every caller has units of its own; times only grow, so every fix is new. */
function batchOf(caller: number, batch: number): unknown[] {
  const timeMs = Date.now() - 3_600_000 + ++milliseconds;
  return Array.from({ length: batchSize }, (_, unit) => ({
    unit: `u${caller}-${unit}`,
    time: new Date(timeMs).toISOString(),
    lon: 20 + ((batch * 7 + unit) % 1000) / 1e4,
    lat: (unit % 500) / 1e4,
    courseDeg: unit % 360,
    speedMps: 8,
  }));
}

async function post({ url, feed }: BenchServer, body: unknown): Promise<{ accepted: number }> {
  const response = await fetch(`${url}/api/positions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${feed}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { accepted: number }; // our own server
}
