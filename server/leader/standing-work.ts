import type { Logger } from '../diagnostics/logger.ts';
import type { Leader } from './leader.ts';

/** One thing that the leader sees to again and again. */
export interface Duty {
  readonly name: string;
  readonly everyMs: number;
  /** Is asked to stop through `signal` when this server stops or leads no more; may be asked late. */
  run(signal: AbortSignal): Promise<void>;
}

/** How often a duty at work looks whether it is still this server's. */
const lookEveryMs = 250;

/**
 * Runs each duty at its interval, one run of it at a time, while this server leads. A duty that fails is logged and
 * comes again. Duties must bear that a former leader's last run overlaps with the next one's first.
 */
export function doStandingWork(
  leader: Pick<Leader, 'leads'>,
  duties: readonly Duty[],
  log: Pick<Logger, 'warn'>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = new Map<Duty, Promise<void>>();
  const begin = (duty: Duty): void => {
    if (running.has(duty) || !leader.leads()) return;
    const run = runWhileLeading(duty, leader, stopping.signal)
      .catch((err: unknown) => log.warn({ err, duty: duty.name }, 'a standing duty failed; it comes again'))
      .finally(() => running.delete(duty));
    running.set(duty, run);
  };
  const timers = duties.map((duty) => setInterval(() => begin(duty), duty.everyMs));
  return {
    async stop() {
      timers.forEach((timer) => clearInterval(timer));
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}

async function runWhileLeading(
  duty: Duty,
  leader: Pick<Leader, 'leads'>,
  stopping: AbortSignal,
): Promise<void> {
  const lost = new AbortController();
  const looking = setInterval(() => {
    if (!leader.leads()) lost.abort();
  }, lookEveryMs);
  try {
    await duty.run(AbortSignal.any([stopping, lost.signal]));
  } finally {
    clearInterval(looking);
  }
}
