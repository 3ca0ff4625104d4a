import { audienceOf, viewOf } from './audience/audience.ts';
import { sectorOfUnit, unitSight } from './audience/unit-sight.ts';
import { unitView } from './audience/unit-view.ts';
import type { ViewContext } from './audience/view-context.ts';
import { Failure } from '../shared/failure.ts';
import type { ResponderOut } from '../shared/model/responder.ts';
import type { Principal } from '../shared/role.ts';
import { mustMay } from './ingest/may.ts';
import type { Mission } from './mission/mission.ts';
import type { Picture } from './picture/picture.ts';
import { rankByRouter } from './responders/ask-router.ts';
import { rankResponders, type Asking, type Call } from './responders/rank.ts';
import type { RoadGraph } from './roads/road-graph.ts';
import type { Router } from './roads/router.ts';
import { responderRoutes } from './web/responder-routes.ts';
import type { WhoAsks } from './web/who-asks.ts';

interface Parts {
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly roads: RoadGraph;
  readonly nowMs: () => number;
  readonly whoAsks: WhoAsks;
  /** An OSRM or Valhalla server, where the mission has one. */
  readonly router: Router | undefined;
}

/** Part of the composition in main.ts: who can get there, over the roads of the mission. */
export function responderRouter({
  picture,
  mission,
  roads,
  nowMs,
  whoAsks,
  router,
}: Parts): ReturnType<typeof responderRoutes> {
  const context = (): ViewContext => ({ mission, picture: picture(), atMs: nowMs() });
  return responderRoutes({
    whoAsks,
    responders: (principal, alertId) => responders(principal, alertId, context(), roads, router),
  });
}

/** Ranks by what the asking person may see of the alert: of a restricted one, the area. */
async function responders(
  principal: Principal,
  alertId: string,
  context: ViewContext,
  roads: RoadGraph,
  router: Router | undefined,
): Promise<readonly ResponderOut[]> {
  mustMay(principal, 'read-responders', 'ask who can get there');
  const { picture, atMs } = context;
  const known = picture.alerts.get(alertId);
  const alert = known && viewOf.alerts(known, audienceOf(principal), context);
  if (!alert) throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'id' });
  const place = alert.placeId === undefined ? undefined : picture.places.get(alert.placeId)?.place;
  const { lon, lat } = alert.lon === undefined || alert.lat === undefined ? (place ?? {}) : alert;
  if (lon === undefined || lat === undefined)
    throw new Failure('conflict', 'nobody knows yet where this alert is', { field: 'place' });
  const call: Call = { alert, lon, lat, languages: place?.languages ?? [] };
  const asking: Asking = {
    picture,
    roads,
    atMs,
    sees: (unit) =>
      unitSight(unit, principal, context) === 'full' &&
      (principal.role !== 'sector' || principal.sectors.includes(sectorOfUnit(unit, context) ?? '')),
    stateOf: (unit) => {
      const seen = unitView(unit, principal, context);
      return { state: seen?.state ?? 'lost', ageS: seen?.ageS ?? null };
    },
  };
  return router ? rankByRouter(call, asking, router) : rankResponders(call, asking);
}
