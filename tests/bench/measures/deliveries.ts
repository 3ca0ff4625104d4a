import type { Measured } from '../load/orders.ts';
import { loadedPeer, type LoadedPeer } from '../load/load.ts';
import { colyseus, naive, oursEmbedded, oursRedis, rawWs } from '../peers/peers.ts';
import type { Peer } from '../peers/peer.ts';
import type { Row } from '../table.ts';
import type { Extent, Section } from './section.ts';
import { median, range } from './spread.ts';

interface Cell {
  readonly units: number;
  readonly viewers: number;
  readonly goal: string;
}

const cells: readonly Cell[] = [
  { units: 500, viewers: 50, goal: 'at most 6 bytes per fix' },
  { units: 2_000, viewers: 1_000, goal: 'at most 1.0 × raw ws' },
  { units: 20_000, viewers: 100, goal: 'at most Colyseus' },
  { units: 20_000, viewers: 1_000, goal: 'p99 at most 150 ms' },
];
const peers: readonly Peer[] = [rawWs, naive, colyseus, oursEmbedded, oursRedis];

/** E units that each send once a second, K viewers that must get every unit's latest: a section for each E × K. */
export const deliverySections: readonly Section[] = cells.map(({ units, viewers, goal }) => ({
  name: `${units}x${viewers}`,
  title: `${units} units a second to ${viewers} viewers, all of it to each; medians of rounds in which peers take turns`,
  goal,
  run: (extent) => inTurns({ units, viewers, goal }, extent),
}));

async function inTurns({ units, viewers }: Cell, { isQuick }: Extent): Promise<Row[]> {
  const rounds = isQuick ? 1 : 3;
  const load = { units, warmS: isQuick ? 1.5 : 2, measureS: isQuick ? 2 : 4 };
  const able = peers.filter(({ deliveriesAtMost = Infinity }) => units * viewers <= deliveriesAtMost);
  const loaded: LoadedPeer[] = [];
  try {
    for (const peer of able) loaded.push(await loadedPeer(peer, viewers));
    const turns = new Map<string, Measured[]>(able.map(({ name }) => [name, []]));
    for (const peer of loaded) {
      await peer.bringUnitsIn({ units });
      await peer.warmUp({ units });
    }
    for (let round = 0; round < rounds; round++) {
      for (const peer of loaded) turns.get(peer.name)?.push(await peer.turn(load));
    }
    const reference = turns.get(rawWs.name) ?? [];
    return [...turns].map(([name, measured]) => row(name, measured, reference));
  } finally {
    for (const peer of loaded) await peer.stop();
  }
}

/** CPU seconds of the server for a million deliveries; a delivery is one fix read by one viewer. */
export function cpuPerMillion({ serverCpuS, fixesPerViewer, viewers }: Measured): number {
  return (serverCpuS * 1e6) / (fixesPerViewer * viewers);
}

function row(name: string, turns: readonly Measured[], reference: readonly Measured[]): Row {
  const cost = turns.map(cpuPerMillion);
  const ratios = turns.map((turn, round) => {
    const same = reference[round];
    return same ? cpuPerMillion(turn) / cpuPerMillion(same) : NaN;
  });
  const mid = (what: (turn: Measured) => number): number => median(turns.map(what));
  return {
    peer: name,
    'CPU-s/M': median(cost).toFixed(3),
    range: range(cost, 3),
    '× raw ws': median(ratios).toFixed(2),
    'ratio range': range(ratios, 2),
    'bytes/fix': mid(({ bytesPerViewer, fixesPerViewer }) => bytesPerViewer / fixesPerViewer).toFixed(2),
    'p50 ms': mid(({ p50Ms }) => p50Ms).toFixed(0),
    'p99 ms': mid(({ p99Ms }) => p99Ms).toFixed(0),
    'server %': mid(({ serverCpuS, seconds }) => (100 * serverCpuS) / seconds).toFixed(0),
    'load %': mid(({ loadShare }) => 100 * loadShare).toFixed(0),
    'load late ms': Math.max(...turns.map(({ loadLateMs }) => loadLateMs)).toFixed(0),
    'RSS MB': mid(({ rssMb }) => rssMb).toFixed(0),
    'got %': mid((turn) => (100 * turn.fixesPerViewer) / (turn.units * turn.seconds)).toFixed(0),
    missing: Math.max(...turns.map(({ missing }) => missing)),
    lost: Math.max(...turns.map(({ lostViewers }) => lostViewers)),
  };
}
