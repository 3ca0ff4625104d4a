import { openUnitsStage, type UnitsStage } from '../support/units-stage.ts';
import { percentile, type Row } from './table.ts';

const counts = [5_000, 20_000, 50_000] as const;
const updates = 30;

/**
 * Main-thread milliseconds of a browser for one update in which every unit has moved: the write into the store and the
 * JavaScript of the frames that show it, drawing calls included. Beside it the usual way, new objects and accessors,
 * in the same browser and run. Beside the time by the clock, in which other programs may have run, stands the time
 * that the thread itself ran. Pictures are drawn by the processor here: what the card does is not in the figures.
 */
export async function browserUpdates(): Promise<Row[]> {
  const stage = await openUnitsStage();
  try {
    const rows: Row[] = [];
    for (const count of counts) {
      rows.push(await oneRow(stage, count, 'columns, time uniform', 'columns'));
      rows.push(await oneRow(stage, count, 'objects and accessors', 'accessors'));
    }
    return rows;
  } finally {
    await stage.close();
  }
}

async function oneRow(
  stage: UnitsStage,
  count: number,
  name: string,
  way: 'columns' | 'accessors',
): Promise<Row> {
  const { page, faults } = await stage.open(1440, 900);
  await page.evaluate(({ way, count }) => window.stage.prepareBench(way, count), { way, count });
  const tools = await page.context().newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const scriptS = async (): Promise<number> => {
    const { metrics } = await tools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN;
  };
  const before = await scriptS();
  const { writeMs, frameMs } = await page.evaluate((updates) => window.stage.runBench(updates), updates);
  const cpuMs = ((await scriptS()) - before) * 1000;
  await page.close();
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const all = writeMs.map((ms, index) => ms + (frameMs[index] ?? 0));
  return {
    units: count,
    way: name,
    'write ms': percentile(writeMs, 0.5).toFixed(2),
    'frame ms': percentile(frameMs, 0.5).toFixed(2),
    'median ms': percentile(all, 0.5).toFixed(2),
    'p95 ms': percentile(all, 0.95).toFixed(2),
    'CPU ms, mean': (cpuMs / updates).toFixed(2),
  };
}

/** The slope as rows of the table: over all of the time, and over its second half, when caches are full. */
export async function memoryOverTime(minutes: number): Promise<Row[]> {
  const { samples, updates } = await memorySlope(minutes);
  const halves = { all: samples, 'second half': samples.slice(samples.length >> 1) };
  return Object.entries(halves).map(([part, some]) => ({
    part,
    minutes: ((some.at(-1)?.minute ?? 0) - (some[0]?.minute ?? 0)).toFixed(1),
    updates: part === 'all' ? updates : '',
    'first MB': some[0]?.MB.toFixed(2) ?? '',
    'last MB': some.at(-1)?.MB.toFixed(2) ?? '',
    'kB a minute': (slope(some) * 1000).toFixed(1),
  }));
}

interface MemorySlope {
  readonly samples: ReadonlyArray<{ readonly minute: number; readonly MB: number }>;
  readonly updates: number;
}

/** JavaScript memory after a forced collection, every tenth of the time, while 5,000 units move ten times a second. */
async function memorySlope(minutes: number, units = 5_000): Promise<MemorySlope> {
  const stage = await openUnitsStage();
  try {
    const { page, faults } = await stage.open(1440, 900);
    const tools = await page.context().newCDPSession(page);
    const heapMB = async (): Promise<number> => {
      await tools.send('HeapProfiler.collectGarbage');
      return (await tools.send('Runtime.getHeapUsage')).usedSize / 1e6;
    };
    // The first minute fills caches of shaders, letters and compiled code.
    const warmUpS = Math.min(60, minutes * 12);
    await page.evaluate(({ units, warmUpS }) => window.stage.driveFor(units, warmUpS), { units, warmUpS });
    const driven = page.evaluate(({ units, seconds }) => window.stage.driveFor(units, seconds), {
      units,
      seconds: minutes * 60,
    });
    const samples: { minute: number; MB: number }[] = [];
    const began = performance.now();
    let isDriving = true;
    void driven.finally(() => (isDriving = false));
    while (isDriving) {
      samples.push({ minute: (performance.now() - began) / 60_000, MB: await heapMB() });
      await Promise.race([driven, new Promise((resolve) => setTimeout(resolve, minutes * 6_000))]);
    }
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return { samples, updates: await driven };
  } finally {
    await stage.close();
  }
}

/** Megabytes a minute, by least squares. */
function slope(samples: MemorySlope['samples']): number {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ MB }) => MB))];
  const over = samples.reduce((sum, { minute, MB }) => sum + (minute - x) * (MB - y), 0);
  return over / samples.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}
