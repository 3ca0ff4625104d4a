import { io, type Socket } from 'socket.io-client';
import type { PatchOut } from '../../shared/picture/picture.ts';
import { benchServer, type BenchServer, type Kind } from './servers.ts';
import { percentile, type Row } from './table.ts';

const units = 300;
const viewers = 20;
const seconds = 6;

/** Time from the fix to the patch in the client, and from the POST of an alert to every viewer. */
export async function latencyToViewers(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of ['embedded always', 'redis everysec', 'redis always'] satisfies Kind[])
    rows.push(await measured(kind));
  return rows;
}

async function measured(kind: Kind): Promise<Row> {
  const server = await benchServer(kind);
  const fixMs: number[] = [];
  const alertMs: number[] = [];
  const sockets = await Promise.all(Array.from({ length: viewers }, () => watch(server, fixMs, alertMs)));
  for (let second = 0; second < seconds; second++) {
    const begun = performance.now();
    const calls = Array.from({ length: units }, (_, unit) => report(server, unit, second));
    calls.push(raise(server, second));
    await Promise.all(calls);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_000 - (performance.now() - begun))));
  }
  sockets.forEach((socket) => socket.disconnect());
  await server.stop();
  return {
    server: kind,
    'fix p50 ms': percentile(fixMs, 0.5).toFixed(0),
    'fix p99 ms': percentile(fixMs, 0.99).toFixed(0),
    'alert p50 ms': percentile(alertMs, 0.5).toFixed(0),
    'alert p99 ms': percentile(alertMs, 0.99).toFixed(0),
    deliveries: fixMs.length,
  };
}

async function watch(server: BenchServer, fixMs: number[], alertMs: number[]): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], auth: { token: server.watch }, forceNew: true });
  socket.on('patch', (patch: PatchOut) => {
    const nowMs = Date.now();
    for (const unit of patch.units) if (unit.time !== null) fixMs.push(nowMs - Date.parse(unit.time));
    for (const alert of patch.alerts)
      if (alert.occurredAt) alertMs.push(nowMs - Date.parse(alert.occurredAt));
  });
  await new Promise<void>((resolve) =>
    socket.on('connect', () => socket.emit('subscribe', {}, () => resolve())),
  );
  return socket;
}

async function report({ url, feed }: BenchServer, unit: number, second: number): Promise<void> {
  // Spread over the second, as phones are.
  await new Promise((resolve) => setTimeout(resolve, (unit * 1_000) / units));
  const fix = { unit: `u${unit}`, time: new Date().toISOString(), lon: 20 + second / 1e3, lat: unit / 1e3 };
  await post(url, '/api/positions', feed, [fix]);
}

async function raise({ url, watch: token }: BenchServer, second: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 500));
  const occurredAt = new Date().toISOString();
  await post(url, '/api/alerts', token, {
    category: 'other',
    text: `bench ${second}`,
    channel: 'sensor',
    occurredAt,
  });
}

async function post(url: string, path: string, token: string, body: unknown): Promise<void> {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
}
