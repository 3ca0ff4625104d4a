import { randomUUID } from 'node:crypto';
import { villageSeen } from './audience/village-view.ts';
import { createVillagesDoor } from './ingest/villages.ts';
import type { Submit } from './ingest/submit.ts';
import type { Mission } from './mission/mission.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { Search } from './search/search.ts';
import { VillageList } from './search/village-list.ts';
import type { Sources } from './sources/sources.ts';
import { villageRoutes } from './web/village-routes.ts';
import type { WhoAsks } from './web/who-asks.ts';

interface Parts {
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly search: Search;
  readonly submit: Submit;
  readonly sources: Sources;
  readonly whoAsks: WhoAsks;
  readonly nowMs: () => number;
}

/** Part of the composition in main.ts: the registry of villages. */
export function villageRouter(parts: Parts): ReturnType<typeof villageRoutes> {
  const { livePicture, mission, submit, sources, whoAsks, nowMs } = parts;
  const villages = createVillagesDoor({
    submit,
    sources,
    nowMs,
    picture: () => livePicture.picture,
    maySee: (principal, record) => villageSeen(record, principal, mission),
    newId: () => randomUUID(),
  });
  return villageRoutes({ whoAsks, villages, list: new VillageList(parts) });
}
