import { latencyToViewers } from './latency.ts';
import { positionThroughput } from './throughput.ts';
import { table } from './table.ts';

/**
 * `npm run bench`: every figure beside its baseline, in one run. Figures of different runs or machines do not
 * compare; ratios do.
 */
async function bench(): Promise<void> {
  console.log('positions over HTTP, batches of 100, 16 calls at once, 10 viewers of the whole picture');
  console.log(table(await positionThroughput()));
  console.log('\nfrom the time of the fix to the viewer, 300 units every second, 20 viewers');
  console.log(table(await latencyToViewers()));
}

bench().then(
  () => process.exit(0),
  (reason: unknown) => {
    console.error(reason);
    process.exit(1);
  },
);
