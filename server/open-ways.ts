import { sceneRadiusM } from '../shared/rules/scene.ts';
import { lowered, loweredRadiusM } from './audience/lowered.ts';
import { servicePrincipal } from './ingest/heartbeat.ts';
import type { Submit } from './ingest/submit.ts';
import type { Duty } from './leader/standing-work.ts';
import type { Mission } from './mission/mission.ts';
import type { Alert, Picture } from './picture/picture.ts';
import type { RoadGraph } from './roads/road-graph.ts';
import { createWayWatch, type Scene } from './watches/ways.ts';

const lookEveryMs = 15_000;

interface Parts {
  readonly roads: RoadGraph;
  readonly mission: Pick<Mission, 'staleAfterS'>;
  readonly picture: () => Picture;
  readonly submit: Submit;
  readonly nowMs: () => number;
}

/** Part of the composition in main.ts: the watch over those who were sent, run by the leader. */
export function wayDuty({ roads, mission, picture, submit, nowMs }: Parts): Duty {
  const look = createWayWatch({ roads, staleAfterS: mission.staleAfterS, sceneOf });
  return {
    name: 'watching those on their way',
    everyMs: lookEveryMs,
    async run() {
      await Promise.all(look(picture(), nowMs()).map((noted) => submit.event(servicePrincipal, noted)));
    },
  };
}

/**
 * Where units are sent, as far as what is found of them may say it: of a restricted record the area that everybody
 * gets, so that no distance or time leads to the place itself.
 */
export function sceneOf({ report, restricted }: Alert, picture: Picture): Scene | undefined {
  const place = report.placeId ? picture.places.get(report.placeId)?.place : undefined;
  const lon = report.lon ?? place?.lon;
  const lat = report.lat ?? place?.lat;
  if (typeof lon !== 'number' || typeof lat !== 'number') return undefined;
  if (restricted) return { ...lowered(lon, lat), radiusM: loweredRadiusM };
  const precision = report.precision ?? (typeof report.lon === 'number' ? 'exact' : 'village');
  return { lon, lat, radiusM: sceneRadiusM({ precision, radiusM: report.radiusM }) };
}
