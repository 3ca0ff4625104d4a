import type { PictureOut } from '../../../shared/picture/picture.ts';
import { LightSocket } from '../load/light-socket.ts';
import { loadedPeer } from '../load/load.ts';
import { ours } from '../peers/ours.ts';
import type { Address } from '../peers/peer.ts';
import { percentile, type Row } from '../table.ts';
import type { Section } from './section.ts';
import { wire } from '../load/wire-dialect.ts';

const consoles = 20;

/** Alerts while positions pour in: until the POST is answered, which is when it is durable, and until every console has it. */
export const alertSection: Section = {
  name: 'alerts',
  title: `alerts under load: POST answered durable, and on ${consoles} consoles that are watched closely`,
  goal: 'p99 at most 60 ms and 150 ms at 20,000 units and 1,000 viewers',
  async run({ isQuick }) {
    const [units, viewers, count] = isQuick ? [2_000, 100, 10] : [20_000, 1_000, 200];
    const rows: Row[] = [];
    for (const kind of ['embedded always', 'redis everysec', 'redis always'] as const) {
      const loaded = await loadedPeer(ours(kind), viewers);
      try {
        // A mission at work: its units stand on every console, and the code has run before it is measured.
        await loaded.bringUnitsIn({ units });
        await loaded.warmUp({ units });
        const beforeS = 2 + (trials * everyMs) / 1_000;
        const load = loaded.turn({ units, warmS: beforeS, measureS: (count * everyMs) / 1_000 });
        // A fault of the alerts themselves ends the load early; that fault is the one to tell.
        load.catch(() => undefined);
        const { address } = loaded.running;
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const { answeredMs, seenMs } = await sendAlerts(address, { count, everyMs });
        const { p99Ms } = await load;
        rows.push({
          record: kind,
          units,
          viewers,
          alerts: count,
          'answered p50 ms': percentile(answeredMs, 0.5).toFixed(0),
          'answered p99 ms': percentile(answeredMs, 0.99).toFixed(0),
          'on every console p50 ms': percentile(seenMs, 0.5).toFixed(0),
          'on every console p99 ms': percentile(seenMs, 0.99).toFixed(0),
          'worst ms': `${Math.max(...answeredMs).toFixed(0)}, ${Math.max(...seenMs).toFixed(0)}`,
          'fixes p99 ms': p99Ms.toFixed(0),
        });
      } finally {
        await loaded.stop();
      }
    }
    return rows;
  },
};

const everyMs = 150;
/** Alerts before those that count. */
export const trials = 10;
const waitAtMostMs = 10_000;

interface Sending {
  readonly count: number;
  readonly everyMs: number;
  /** Every tenth alert is sent once more, as a gateway does that got no answer. */
  readonly again?: boolean;
}

/** Sends alerts one after another and takes the time until each is answered, and until every console has it. */
export async function sendAlerts(
  address: Address,
  { count, everyMs, again = false }: Sending,
): Promise<{ answeredMs: number[]; seenMs: number[] }> {
  const watchers = await Promise.all(Array.from({ length: consoles }, () => openConsole(address)));
  const answeredMs: number[] = [];
  const seenMs: number[] = [];
  for (let number = -trials; number < count; number++) {
    const id = `bench-alert-${number}`;
    const sentMs = performance.now();
    const seen = Promise.all(watchers.map((watcher) => watcher.sees(id))).then(
      () => performance.now() - sentMs,
    );
    await post(address, id);
    if (again && number % 10 === 0) await post(address, id);
    const tookMs = performance.now() - sentMs;
    const late = new Promise<number>((resolve) => setTimeout(resolve, waitAtMostMs, waitAtMostMs));
    const shownMs = await Promise.race([seen, late]);
    if (number >= 0) {
      answeredMs.push(tookMs);
      seenMs.push(shownMs);
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, everyMs - (performance.now() - sentMs))));
  }
  for (const watcher of watchers) watcher.close();
  return { answeredMs, seenMs };
}

interface Console {
  sees(id: string): Promise<void>;
  close(): void;
}

/** A console that looks for the ids of alerts in what it gets. */
function openConsole(address: Address): Promise<Console> {
  const waiting = new Map<string, () => void>();
  return new Promise((resolve) => {
    const socket = new LightSocket(address.port, String(wire.path(address)), true, {
      opened: () => undefined,
      counted: () => undefined,
      closed: () => undefined,
      message(message) {
        if (wire.answer(message, address, (body) => socket.say(body)) === 'joined') resolve(console);
        for (const [id, tell] of waiting) {
          if (!message.body.includes(`"${id}"`)) continue;
          waiting.delete(id);
          tell();
        }
      },
    });
    const console: Console = {
      sees: (id) => new Promise((tell) => waiting.set(id, tell)),
      close: () => socket.close(),
    };
  });
}

/** Ids of the alerts of `sendAlerts` that the server's picture holds, and all that it holds. */
export async function keptAlerts({ port, watchToken }: Address): Promise<{ sent: number; all: number }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/picture`, {
    headers: { authorization: `Bearer ${watchToken}` },
  });
  const { alerts } = (await response.json()) as PictureOut;
  return { sent: alerts.filter(({ id }) => /^bench-alert-\d+$/.test(id)).length, all: alerts.length };
}

async function post({ port, watchToken }: Address, id: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/alerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${watchToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      id,
      category: 'killing',
      text: 'Shots near the market',
      channel: 'radio',
      lon: 29.6,
      lat: 1.6,
    }),
  });
  if (!response.ok) throw new Error(`an alert was refused: ${await response.text()}`);
}
