import { randomUUID } from 'node:crypto';
import { villageSeen } from './audience/village-view.ts';
import { createVillagesDoor, type VillagesDoor } from './ingest/villages.ts';
import type { Submit } from './ingest/submit.ts';
import type { Mission } from './mission/mission.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { Search } from './search/search.ts';
import { VillageList } from './search/village-list.ts';
import type { Sources } from './sources/sources.ts';
import { villageRoutes } from './web/village-routes.ts';
import type { WhoAsks } from './web/who-asks.ts';

interface DoorParts {
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly submit: Submit;
  readonly sources: Sources;
  readonly nowMs: () => number;
}

/** Part of the composition in main.ts: the door of contacts with villages. */
export function openVillagesDoor({ livePicture, mission, submit, sources, nowMs }: DoorParts): VillagesDoor {
  return createVillagesDoor({
    submit,
    sources,
    nowMs,
    picture: () => livePicture.picture,
    maySee: (principal, record) => villageSeen(record, principal, mission),
    newId: () => randomUUID(),
  });
}

interface Parts {
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly search: Search;
  readonly villages: VillagesDoor;
  readonly whoAsks: WhoAsks;
  readonly nowMs: () => number;
}

/** Part of the composition in main.ts: the registry of villages. */
export function villageRouter(parts: Parts): ReturnType<typeof villageRoutes> {
  const { whoAsks, villages } = parts;
  return villageRoutes({ whoAsks, villages, list: new VillageList(parts) });
}
