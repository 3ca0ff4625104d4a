import { loadedPeer } from '../load/load.ts';
import { viewBox } from '../load/fleet.ts';
import type { Measured } from '../load/orders.ts';
import { oursEmbedded } from '../peers/peers.ts';
import type { Row } from '../table.ts';
import type { Extent, Section } from './section.ts';
import { sparkline } from './spread.ts';

const ticksPerSecond = 10;
const unitsInView = 500;

/** Server CPU of a tick, so that a curve that bends is seen: against units, viewers, and units outside the view. */
export const growthSections: readonly Section[] = [
  {
    name: 'growth-units',
    title: 'growth with units, 10 viewers of the whole picture',
    goal: 'linear in changed units',
    run: againstUnits,
  },
  {
    name: 'growth-viewers',
    title: 'growth with viewers, 2,000 units, all of it to each',
    goal: 'linear in viewers, and slowly',
    run: againstViewers,
  },
  {
    name: 'growth-outside',
    title: `growth with units outside the view: 100 viewers of a box with ${unitsInView} units`,
    goal: 'bytes to a viewer do not grow',
    run: againstOutside,
  },
];

async function againstUnits(extent: Extent): Promise<Row[]> {
  const counts = extent.isQuick ? [1_000, 10_000] : [1_000, 5_000, 10_000, 20_000, 50_000];
  const loaded = await loadedPeer(oursEmbedded, 10);
  try {
    const turns: Measured[] = [];
    for (const units of counts) {
      await loaded.bringUnitsIn({ units });
      turns.push(await loaded.turn({ units, ...secondsOf(extent) }));
    }
    return rows(turns, 'units', ({ units }) => units);
  } finally {
    await loaded.stop();
  }
}

/** So few units that everybody would get them all are no views; viewers come when all units are there. */
async function againstOutside(extent: Extent): Promise<Row[]> {
  const counts = extent.isQuick ? [5_000, 20_000] : [3_000, 5_000, 10_000, 20_000, 50_000];
  const loaded = await loadedPeer(oursEmbedded, 0, viewBox);
  try {
    const turns: Measured[] = [];
    for (const units of counts) {
      await loaded.bringViewersTo(0);
      await loaded.bringUnitsIn({ units, unitsInView });
      await loaded.bringViewersTo(100);
      turns.push(await loaded.turn({ units, unitsInView, ...secondsOf(extent) }));
    }
    return rows(turns, 'units', ({ units }) => units);
  } finally {
    await loaded.stop();
  }
}

async function againstViewers(extent: Extent): Promise<Row[]> {
  const counts = extent.isQuick ? [10, 200] : [10, 100, 500, 1_000, 2_000];
  const loaded = await loadedPeer(oursEmbedded, counts[0] ?? 10);
  try {
    const turns: Measured[] = [];
    for (const viewers of counts) {
      await loaded.bringViewersTo(viewers);
      turns.push(await loaded.turn({ units: 2_000, ...secondsOf(extent) }));
    }
    return rows(turns, 'viewers', ({ viewers }) => viewers);
  } finally {
    await loaded.stop();
  }
}

function secondsOf({ isQuick }: Extent): { warmS: number; measureS: number } {
  return { warmS: 2, measureS: isQuick ? 2 : 4 };
}

const cpuMsPerTick = ({ serverCpuS, seconds }: Measured): number =>
  (serverCpuS * 1_000) / seconds / ticksPerSecond;

function rows(turns: readonly Measured[], name: string, of: (turn: Measured) => number): Row[] {
  const costs = turns.map(cpuMsPerTick);
  return turns.map((turn, place) => ({
    [name]: of(turn),
    'CPU ms/tick': cpuMsPerTick(turn).toFixed(2),
    [`µs per ${name.replace(/s$/, '')} and tick`]: ((1_000 * cpuMsPerTick(turn)) / of(turn)).toFixed(2),
    'kB/s to a viewer': (turn.bytesPerViewer / turn.seconds / 1_000).toFixed(2),
    'p99 ms': turn.p99Ms.toFixed(0),
    missing: turn.missing,
    curve: sparkline(costs).slice(0, place + 1),
  }));
}
