import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Logger } from './diagnostics/logger.ts';
import { purgeExpired } from './identity/purge.ts';
import { standForLeader } from './leader/leader.ts';
import { doStandingWork, type Duty } from './leader/standing-work.ts';
import { keepSnapshots } from './picture/keep-snapshots.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { RecordRoom } from './record/record.ts';

const purgeEveryMs = 10 * 60_000;

interface Parts {
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  readonly nowMs: () => number;
  readonly log: Logger;
}

export interface StandingWork {
  /** Whether this server is the one that does it. */
  leads(): boolean;
  /** Ends what is under way, and lets another server take over at once. */
  stop(): Promise<void>;
}

/** Part of the composition in main.ts: what one of the servers of a record does for all. */
export function openStandingWork({ record, livePicture, nowMs, log }: Parts): StandingWork {
  const holder = randomUUID();
  const leader = standForLeader({
    leases: record.leases,
    holder,
    monotonicMs: () => performance.now(),
  });
  const snapshots = keepSnapshots({ livePicture, writer: holder, leads: leader.leads, log });
  const purging: Duty = {
    name: 'purging',
    everyMs: purgeEveryMs,
    async run(signal) {
      const purged = await purgeExpired(record.shelf, nowMs(), signal);
      log.info(purged, 'what has expired was taken off the shelf');
    },
  };
  const work = doStandingWork(leader, [snapshots, purging], log);
  return {
    leads: () => leader.leads(),
    async stop() {
      await work.stop();
      await snapshots.atStop();
      await leader.stepDown();
    },
  };
}
