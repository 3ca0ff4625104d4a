import { loadedPeer } from '../load/load.ts';
import type { Measured } from '../load/orders.ts';
import { colyseus, naive, oursEmbedded, oursRedis, oursRedisAlways, rawWs } from '../peers/peers.ts';
import type { Peer } from '../peers/peer.ts';
import type { Row } from '../table.ts';
import type { Extent, Section } from './section.ts';

const steps = [
  500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 100_000, 200_000, 300_000, 400_000,
] as const;
const slowAfterMs = 500;

/** Where the climb begins: well below what each is known to hold. */
const candidates: ReadonlyArray<readonly [peer: Peer, from: number]> = [
  [rawWs, 15_000],
  [naive, 500],
  [colyseus, 30_000],
  [oursEmbedded, 60_000],
  [oursRedis, 60_000],
  [oursRedisAlways, 60_000],
];

export const ceilingSections: readonly Section[] = [10, 100].map((viewers) => ({
  name: `ceiling-${viewers}`,
  title: `most fixes a second held with ${viewers} viewers: p99 within ${slowAfterMs} ms, nothing waiting, nothing missing`,
  goal: viewers === 10 ? 'at least 295,000 (Redis everysec)' : '',
  async run(extent) {
    const rows: Row[] = [];
    for (const [peer, from] of candidates) rows.push(await climb(peer, viewers, from, extent));
    return rows;
  },
}));

async function climb(peer: Peer, viewers: number, from: number, { isQuick }: Extent): Promise<Row> {
  const loaded = await loadedPeer(peer, viewers);
  let held: Measured | undefined;
  let failed: Measured | undefined;
  try {
    for (const units of steps.filter((step) => step >= from && !(isQuick && step > 100_000))) {
      await loaded.bringUnitsIn({ units });
      const measured = await loaded.turn({
        units,
        warmS: units >= 200_000 ? 6 : 2,
        measureS: isQuick ? 1.5 : 3,
      });
      if (!isHeld(measured)) {
        failed = measured;
        break;
      }
      held = measured;
    }
  } finally {
    await loaded.stop();
  }
  return {
    peer: peer.name,
    'fixes/s held': held?.units ?? `below ${from}`,
    'p99 ms': held?.p99Ms.toFixed(0) ?? '',
    'server %': held ? ((100 * held.serverCpuS) / held.seconds).toFixed(0) : '',
    'RSS MB': held?.rssMb.toFixed(0) ?? '',
    'not held': failed?.units ?? 'not reached',
    because: failed ? reasonOf(failed) : '',
  };
}

function isHeld(measured: Measured): boolean {
  return reasonOf(measured) === '';
}

function reasonOf({
  p99Ms,
  missing,
  waiting,
  units,
  lostViewers,
  fixesPerViewer,
  seconds,
  loadShare,
  loadLateMs,
}: Measured): string {
  // A load process at its limit says nothing about the server.
  const by = loadShare > 0.95 || loadLateMs > 200 ? ' (the load process was late itself)' : '';
  if (lostViewers > 0) return `${lostViewers} viewers lost${by}`;
  if (missing > 0) return `${missing} units missing${by}`;
  if (!(p99Ms <= slowAfterMs)) return `p99 ${p99Ms.toFixed(0)} ms${by}`;
  if (waiting > units / 2) return `${Math.round(waiting)} fixes waiting${by}`;
  return fixesPerViewer < 0.9 * units * seconds ? `fell behind${by}` : '';
}
