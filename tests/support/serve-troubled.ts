import { readFileSync } from 'node:fs';
import { complainAndExit } from '../../server/cli/complain.ts';
import { serve } from '../../server/cli/serve.ts';

/**
 * The real server, with two troubles that a test can make: its wall clock steps, and its event loop stands still.
 * `TROUBLE_FILE` holds a line, read at the start and at every SIGUSR2: `clock MS` (ahead of the true time, for the
 * whole process, whatever reads the time), or `stall MS`.
 */
const TrueDate = Date;
let aheadMs = 0;

class SteppedDate extends TrueDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(TrueDate.now() + aheadMs);
    else super(...(given as [number]));
  }

  static override now(): number {
    return TrueDate.now() + aheadMs;
  }
}
globalThis.Date = SteppedDate as DateConstructor;

function makeTrouble(): void {
  const [what, ms] = readFileSync(process.env['TROUBLE_FILE'] ?? '', 'utf8').split(' ');
  if (what === 'clock') aheadMs = Number(ms);
  process.stdout.write(`TROUBLE ${what} ${ms}\n`);
  if (what === 'stall') standStill(Number(ms));
}

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}

process.on('SIGUSR2', makeTrouble);
// A write beyond the limit that a test sets fails then, as on a full disk, instead of ending the process.
process.on('SIGXFSZ', () => undefined);
makeTrouble();
serve('live', process.env).catch(complainAndExit);
