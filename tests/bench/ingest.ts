import { Agent, request } from 'node:http';
import { FixColumns, fillColumns } from '../../shared/model/fix-columns.ts';
import { forPhones, packedFixesType, writePackedFixes } from '../../shared/model/packed-fixes.ts';
import { ByteWriter } from '../../shared/wire/bytes.ts';
import { benchServer, kinds, type BenchServer, type Kind } from './servers.ts';
import type { Row } from './table.ts';

/** How a feeder sends: so many units, each once a round, in batches of a size, over some connections at once. */
export interface Feeding {
  readonly units: number;
  readonly batch: number;
  readonly connections: number;
  readonly seconds: number;
}

export const manyUnits: Feeding = { units: 295_000, batch: 1_000, connections: 8, seconds: 8 };
export const quickUnits: Feeding = { units: 30_000, batch: 1_000, connections: 8, seconds: 8 };
export const onePost: Feeding = { units: 500, batch: 1, connections: 8, seconds: 5 };

/** Where the load goes: a server, and a token that may report anything. */
type Target = Pick<BenchServer, 'url' | 'feed'>;

/**
 * Packed fixes through the whole way in (call, judgement, record, tail, fold), as fast as they are taken. Durations
 * depend on what else the machine does; the server's own CPU time for a fix does not.
 */
export async function packedIngest(of: readonly Kind[] = kinds): Promise<Row[]> {
  const rows: Row[] = [];
  for (const kind of of) {
    for (const feeding of [manyUnits, quickUnits]) rows.push(await measured(kind, feeding, 'packed'));
  }
  return rows;
}

/** One fix a call, as JSON and packed: what the way through HTTP costs. */
export async function singlePosts(): Promise<Row[]> {
  return [
    await measured('redis everysec', onePost, 'JSON'),
    await measured('redis everysec', onePost, 'packed'),
    await measured('redis everysec', { ...onePost, batch: 100, units: 5_000 }, 'JSON'),
  ];
}

async function measured(kind: Kind, feeding: Feeding, form: Form): Promise<Row> {
  const server = await benchServer(kind);
  try {
    return { record: kind, ...(await fed(server, feeding, form)) };
  } finally {
    await server.stop();
  }
}

type Form = 'packed' | 'JSON';

/** Feeds a server and answers what it took. Every unit has come into being before the measurement begins. */
export async function fed(target: Target, feeding: Feeding, form: Form): Promise<Row> {
  const { units, batch, seconds } = feeding;
  await feed(target, feeding, form, 0);
  const cpuBefore = await cpuSeconds(target);
  const begun = performance.now();
  const { accepted, calls, bytes } = await feed(target, feeding, form, seconds);
  const tookS = (performance.now() - begun) / 1_000;
  const cpuS = (await cpuSeconds(target)) - cpuBefore;
  return {
    form: `${form}, ${batch} a call`,
    units,
    'fixes/s': Math.round(accepted / tookS),
    'server CPU %': Math.round((100 * cpuS) / tookS),
    'CPU µs/fix': ((cpuS / accepted) * 1e6).toFixed(2),
    'CPU µs/call': Math.round((cpuS / calls) * 1e6),
    'bytes/fix': (bytes / accepted).toFixed(1),
  };
}

interface Fed {
  accepted: number;
  calls: number;
  bytes: number;
}

/** Rounds of one fix for every unit, until the time is over; at least one. */
async function feed(target: Target, feeding: Feeding, form: Form, seconds: number): Promise<Fed> {
  const agent = new Agent({ keepAlive: true, maxSockets: feeding.connections });
  const fed: Fed = { accepted: 0, calls: 0, bytes: 0 };
  const until = performance.now() + seconds * 1_000;
  const batches = Math.ceil(feeding.units / feeding.batch);
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < batches || performance.now() < until) {
      const number = next++;
      const body = bodyOf(form, feeding, number % batches);
      const answer = await post(target, agent, form, body);
      fed.accepted += answer.accepted;
      fed.calls++;
      fed.bytes += body.length;
    }
  };
  await Promise.all(Array.from({ length: feeding.connections }, caller));
  agent.destroy();
  return fed;
}

let lastMs = Date.now() - 3_600_000;
const columns = new FixColumns();

/** Times only grow, so every fix is new. */
function bodyOf(form: Form, { batch, units }: Feeding, number: number): Uint8Array {
  const timeMs = ++lastMs;
  const first = number * batch;
  const fixes = Array.from({ length: Math.min(batch, units - first) }, (_, n) => ({
    unit: `unit-${first + n}`,
    device: 'feeder',
    timeMs,
    lon: 20 + ((timeMs + first + n) % 100_000) / 1e5,
    lat: (n % 500) / 1e3,
    courseDeg: n % 360,
    speedMps: 8,
  }));
  if (form === 'JSON') {
    const items = fixes.map(({ timeMs: ms, device: _, ...fix }) => ({
      ...fix,
      time: new Date(ms).toISOString(),
    }));
    return Buffer.from(JSON.stringify(items));
  }
  fillColumns(columns, fixes, 'feeder');
  const out = new ByteWriter(batch * 24);
  writePackedFixes(out, columns, forPhones);
  return out.done();
}

function post(
  { url, feed }: Target,
  agent: Agent,
  form: Form,
  body: Uint8Array,
): Promise<{ accepted: number }> {
  const headers = {
    authorization: `Bearer ${feed}`,
    'content-type': form === 'JSON' ? 'application/json' : packedFixesType,
    'content-length': body.length,
  };
  return new Promise((resolve, reject) => {
    const call = request(`${url}/api/positions`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text) as { accepted: number });
        else reject(new Error(`the server answered ${response.statusCode}: ${text}`));
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** CPU time that the server's process has used, as it says itself. */
async function cpuSeconds({ url }: Target): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, seconds] = /^\w*process_cpu_seconds_total (\S+)/m.exec(text) ?? [];
  return Number(seconds);
}
