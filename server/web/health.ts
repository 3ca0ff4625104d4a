import type { ServiceStatus } from '../../shared/wire/live.ts';
import type { Config } from '../config.ts';
import type { Mission } from '../mission/mission.ts';
import type { Picture } from '../picture/picture.ts';
import type { RecordRoom } from '../record/record.ts';

/** A picture whose newest heartbeat is older than this does not serve: the way from door to picture is broken. */
const failsAfterMs = 10_000;

interface Parts {
  readonly record: RecordRoom;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly config: Pick<Config, 'mode'>;
  readonly version: string;
  readonly nowMs: () => number;
}

export interface HealthRoom {
  /** For screens. */
  status(): ServiceStatus;
  /** For `/health`; `reason` is there whenever `status` is not `ok`. */
  answer(): { status: 'ok' | 'failing'; reason?: string; [more: string]: unknown };
}

/** The state of the service, told the same way to operators' probes and to every screen. */
export function createHealth({ record, picture, mission, config, version, nowMs }: Parts): HealthRoom {
  const begunMs = nowMs();
  const lagMs = (): number => Math.max(0, nowMs() - (picture().heartbeat?.receivedAtMs ?? 0));
  const reason = (): string | undefined => {
    const status = record.status();
    if (!status.writable) return status.reason ?? 'the record cannot be written';
    const lag = Math.min(lagMs(), nowMs() - begunMs);
    if (lag > failsAfterMs) return `the picture has not moved for ${Math.round(lag / 1000)} s`;
    return undefined;
  };
  return {
    status() {
      const { writable, durability, reason: why } = record.status();
      return {
        mode: config.mode,
        mission: mission.name,
        record: record.kind,
        writable,
        durability,
        ...(why === undefined ? {} : { reason: why }),
      };
    },
    answer() {
      const why = reason();
      return {
        status: why === undefined ? 'ok' : 'failing',
        ...(why === undefined ? {} : { reason: why }),
        record: record.kind,
        durability: record.status().durability,
        writable: record.status().writable,
        lagMs: Math.round(Math.min(lagMs(), nowMs() - begunMs)),
        mode: config.mode,
        mission: mission.name,
        epoch: record.epoch,
        seq: picture().seq,
        passedOver: picture().passedOver,
        version,
      };
    },
  };
}
