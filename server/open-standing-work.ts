import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { targetsNow } from './audience/targets-now.ts';
import type { Config } from './config.ts';
import type { Logger } from './diagnostics/logger.ts';
import { servicePrincipal } from './ingest/heartbeat.ts';
import type { Submit } from './ingest/submit.ts';
import { purgeExpired } from './identity/purge.ts';
import { standForLeader } from './leader/leader.ts';
import { doStandingWork, type Duty } from './leader/standing-work.ts';
import { keepSnapshots } from './picture/keep-snapshots.ts';
import type { Mission } from './mission/mission.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { Picture } from './picture/picture.ts';
import type { RecordRoom } from './record/record.ts';
import { paperDuties } from './open-paper.ts';
import { escalationsDue } from './watches/escalation.ts';

const purgeEveryMs = 10 * 60_000;
/** A second is the finest that a clock on a screen shows. */
const escalateEveryMs = 1_000;

interface Parts {
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  readonly nowMs: () => number;
  readonly log: Logger;
  readonly mission: Mission;
  readonly submit: Submit;
  readonly config: Pick<Config, 'dataDir' | 'mode'>;
  readonly duties: readonly Duty[];
}

export interface StandingWork {
  /** Whether this server is the one that does it. */
  leads(): boolean;
  /** Ends what is under way, and lets another server take over at once. */
  stop(): Promise<void>;
}

/** Part of the composition in main.ts: what one of the servers of a record does for all. */
export function openStandingWork(parts: Parts): StandingWork {
  const { record, livePicture, nowMs, log } = parts;
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
  const picture = (): Picture => livePicture.picture;
  const paper = paperDuties({ ...parts, ...parts.config, picture });
  const work = doStandingWork(
    leader,
    [snapshots, purging, escalating(parts), ...paper, ...parts.duties],
    log,
  );
  return {
    leads: () => leader.leads(),
    async stop() {
      await work.stop();
      await snapshots.atStop();
      await leader.stepDown();
    },
  };
}

/**
 * Calls the levels whose time has come. What two leaders call at a takeover is one call: the ids are the same. A call
 * that the fold finds void was overtaken by somebody who acted.
 */
function escalating({ livePicture, mission, submit, nowMs }: Parts): Duty {
  return {
    name: 'escalating',
    everyMs: escalateEveryMs,
    async run() {
      const { picture } = livePicture;
      const clockTargets = targetsNow({ mission, picture });
      const due = escalationsDue(picture, { ...mission, clockTargets }, nowMs());
      await Promise.all(due.map((call) => submit.event(servicePrincipal, call)));
    },
  };
}
