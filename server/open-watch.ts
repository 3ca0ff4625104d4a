import { randomUUID } from 'node:crypto';
import { audienceOf, viewOf } from './audience/audience.ts';
import { linkSeen } from './audience/log-links.ts';
import type { ViewContext } from './audience/view-context.ts';
import { logLineView } from './audience/watch-log-view.ts';
import type { Submit } from './ingest/submit.ts';
import { createWatchLogDoor } from './ingest/watch-log.ts';
import type { Mission } from './mission/mission.ts';
import type { Picture } from './picture/picture.ts';
import type { Mode } from './record/record.ts';
import { rumourVisible } from './audience/rumour-view.ts';
import { createCrisisDoor } from './ingest/crisis.ts';
import { createHandoversDoor } from './ingest/handovers.ts';
import { createReportsDoor } from './ingest/reports.ts';
import { createRumoursDoor } from './ingest/rumours.ts';
import { draftBrief } from './reports/handover-brief.ts';
import { draftContent } from './reports/reports.ts';
import { crisisRoutes } from './web/crisis-routes.ts';
import { handoverRoutes } from './web/handover-routes.ts';
import { impactRoutes } from './web/impact-routes.ts';
import { paperRoutes } from './web/paper-routes.ts';
import { rumourRoutes } from './web/rumour-routes.ts';
import { reportRoutes } from './web/report-routes.ts';
import { watchLogRoutes } from './web/watch-log-routes.ts';
import type { WhoAsks } from './web/who-asks.ts';

interface Parts {
  readonly submit: Submit;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly mode: Mode;
  readonly nowMs: () => number;
  readonly whoAsks: WhoAsks;
}

/** Part of the composition in main.ts: what the watch itself does, its doors and the routes that lead to them. */
export function watchRouters({
  submit,
  picture,
  mission,
  mode,
  nowMs,
  whoAsks,
}: Parts): Array<ReturnType<typeof watchLogRoutes>> {
  const context = (): ViewContext => ({ mission, picture: picture(), atMs: nowMs() });
  const newId = (): string => randomUUID();
  const watchLog = createWatchLogDoor({
    submit,
    newId,
    seesLink: (principal, link) => linkSeen(principal, context(), link),
    seesLine: (principal, id) => logLineView(principal, context(), id) !== undefined,
  });
  const reports = createReportsDoor({
    submit,
    content: (subject, principal) => draftContent(subject, principal, context()),
  });
  const handovers = createHandoversDoor({
    submit,
    newId,
    brief: (principal) => draftBrief(principal, context()),
  });
  const rumours = createRumoursDoor({
    submit,
    picture,
    newId,
    maySeeAlert: (principal, alert) => viewOf.alerts(alert, audienceOf(principal), context()) !== undefined,
    maySee: (principal, rumour) => rumourVisible(rumour, principal, context()),
  });
  const isExercise = mode === 'exercise';
  return [
    watchLogRoutes({ whoAsks, watchLog, context }),
    reportRoutes({ whoAsks, reports, context, isExercise }),
    handoverRoutes({ whoAsks, handovers, context }),
    impactRoutes({ whoAsks, context }),
    paperRoutes({ whoAsks, context, isExercise }),
    rumourRoutes({ whoAsks, rumours, context }),
    crisisRoutes({ whoAsks, crisis: createCrisisDoor({ submit, newId }), context }),
  ];
}
