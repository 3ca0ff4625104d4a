import { randomUUID } from 'node:crypto';
import { audienceOf, viewOf } from './audience/audience.ts';
import type { ViewContext } from './audience/view-context.ts';
import type { EventBody } from '../shared/model/entry.ts';
import type { Metrics } from './diagnostics/metrics.ts';
import { createAlertsDoor, type AlertsDoor } from './ingest/alerts.ts';
import type { Principal } from '../shared/role.ts';
import type { PositionsAnswer } from '../shared/model/position.ts';
import { createEscalationsDoor, type EscalationsDoor } from './ingest/escalations.ts';
import { createPositionsDoor, type PackedPositionsDoor, type PositionsDoor } from './ingest/positions.ts';
import { createPrewarningsDoor, type PrewarningsDoor } from './ingest/prewarnings.ts';
import { createSubmit, type Submit } from './ingest/submit.ts';
import { createThreatsDoor, type ThreatsDoor } from './ingest/threats.ts';
import { createUnitsDoor, type UnitsDoor } from './ingest/units.ts';
import type { VillagesDoor } from './ingest/villages.ts';
import type { Mission } from './mission/mission.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { Alert, Picture } from './picture/picture.ts';
import type { RecordRoom } from './record/record.ts';

export type AllPositions = PositionsDoor & PackedPositionsDoor;

/** Every way in, as HTTP, sockets, feeds and the exercise use them. */
export interface Doors {
  readonly escalations: EscalationsDoor;
  readonly prewarnings: PrewarningsDoor;
  readonly submit: Submit;
  readonly positions: AllPositions;
  readonly alerts: AlertsDoor;
  readonly threats: ThreatsDoor;
  readonly units: UnitsDoor;
}

/** The same with those that need the source store, which needs the others. */
export interface AllDoors extends Doors {
  readonly villages: VillagesDoor;
}

interface DoorParts {
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly nowMs: () => number;
  readonly sealed: (body: EventBody) => Promise<EventBody>;
}

/** Part of the composition in main.ts: the doors of `ingest`, which ask `audience` what a caller may see. */
export function openDoors({ record, livePicture, picture, mission, nowMs, sealed }: DoorParts): Doors {
  const submit = createSubmit({ record, livePicture, bootId: randomUUID(), sealed });
  const context = (): ViewContext => ({ mission, picture: picture(), atMs: nowMs() });
  const newId = (): string => randomUUID();
  const maySee = (principal: Principal, alert: Alert): boolean =>
    viewOf.alerts(alert, audienceOf(principal), context()) !== undefined;
  return {
    submit,
    escalations: createEscalationsDoor({ submit, picture, maySee }),
    prewarnings: createPrewarningsDoor({ submit, picture, maySee }),
    positions: createPositionsDoor({ submit, picture, nowMs }),
    alerts: createAlertsDoor({
      submit,
      picture,
      mission,
      newId,
      maySee,
    }),
    threats: createThreatsDoor({
      submit,
      picture,
      mission,
      newId,
      maySee: (principal, threat) => viewOf.threats(threat, audienceOf(principal), context()) !== undefined,
    }),
    units: createUnitsDoor(submit, picture),
  };
}

/** Counts the verdicts of every batch, whatever door it came through. */
export function countedPositions(positions: AllPositions, metrics: Metrics): AllPositions {
  const counted = (answer: PositionsAnswer): PositionsAnswer => {
    if (answer.accepted > 0) metrics.fixes.inc({ verdict: 'accepted' }, answer.accepted);
    if (answer.duplicates > 0) metrics.fixes.inc({ verdict: 'duplicate' }, answer.duplicates);
    for (const { code } of answer.rejected) metrics.fixes.inc({ verdict: code });
    return answer;
  };
  return {
    take: async (principal, candidates) => counted(await positions.take(principal, candidates)),
    takePacked: async (principal, bytes) => counted(await positions.takePacked(principal, bytes)),
  };
}
