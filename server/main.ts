import type { PlaceIn } from '../shared/model/place.ts';
import { isOpen } from '../shared/model/alert-steps.ts';
import type { Config } from './config.ts';
import { openControl } from './control/control.ts';
import { createHealth } from './web/health.ts';
import { createLogger, type Logger } from './diagnostics/logger.ts';
import { createMetrics, type Metrics } from './diagnostics/metrics.ts';
import { Fanout } from './fanout/fanout.ts';
import { WireFanout } from './fanout/wire/wire-fanout.ts';
import { createIdentity } from './identity/identity.ts';
import { startHeartbeat } from './ingest/heartbeat.ts';
import { defaultMission, loadMission } from './mission/load-mission.ts';
import type { Mission } from './mission/mission.ts';
import { sealWords } from './ingest/seal-words.ts';
import { seedMission } from './ingest/seed-mission.ts';
import { openLivePicture, type LivePicture } from './picture/live-picture.ts';
import type { Picture } from './picture/picture.ts';
import { openRecord } from './record/open-record.ts';
import type { CopyableRecord } from './record/copying.ts';
import type { RecordRoom } from './record/record.ts';
import { placesOf } from './ingest/places-body.ts';
import { countedPositions, openDoors, type AllDoors } from './open-doors.ts';
import { mustHaveSourceKey, openIntake, openSourceStore } from './open-intake.ts';
import { openLive } from './open-live.ts';
import { openVillagesDoor } from './open-villages.ts';
import { wayDuty } from './open-ways.ts';
import { buildRoadGraph } from './roads/road-graph.ts';
import { createRouter } from './roads/router.ts';
import { openStandingWork, type StandingWork } from './open-standing-work.ts';
import { addressOf, createWebServer, listen, webApp } from './open-web.ts';
import { OpenConnections, stopServing } from './stop-serving.ts';
import type { Surroundings } from './surroundings.ts';

/** A running server, and the rooms that an exercise or a test works with. */
export interface NightflashServer {
  readonly url: string;
  readonly mission: Mission;
  readonly record: CopyableRecord;
  readonly livePicture: LivePicture;
  readonly doors: AllDoors;
  readonly log: Logger;
  stop(): Promise<void>;
}

/** Builds the rooms from left to right, starts them, and stops them from right to left. */
export async function startServer(config: Config, around: Surroundings): Promise<NightflashServer> {
  const log = around.log ?? createLogger(config.logLevel);
  const { nowMs } = around;
  const mission =
    around.mission ??
    (config.missionFile === undefined ? defaultMission() : await loadMission(config.missionFile, readPlaces));
  mustHaveSourceKey(config);
  const record = await openRecord({ ...config, nowMs });
  const sources = await openSourceStore({ config, record, mission, log });
  const livePicture = await openLivePicture(record, sources.words);
  const picture = (): Picture => livePicture.picture;
  const sealed = sealWords(sources.words, picture);
  const doors = openDoors({ record, livePicture, picture, mission, nowMs, sealed });
  const intake = openIntake({
    ...{ config, record, sources, mission, livePicture, picture, nowMs, log },
    ...{ submit: doors.submit, threats: doors.threats },
  });
  // Before the port opens: a graph of a country takes a second, which nobody who asks in an alert should wait.
  const roads = buildRoadGraph(mission.roads);
  const router = config.routerUrl === undefined ? undefined : createRouter(config.routerUrl, { nowMs });
  const fanout = new Fanout({ livePicture, mission, nowMs });
  const wire = new WireFanout({
    livePicture,
    mission,
    nowMs,
    onFault: (err) => log.error({ err }, 'a viewer could not be served'),
  });
  const identity = createIdentity(record.shelf, nowMs);
  const standing = openStandingWork({
    record,
    livePicture,
    nowMs,
    log,
    mission,
    submit: doors.submit,
    config,
    duties: [...intake.duties, wayDuty({ roads, mission, picture, submit: doors.submit, nowMs })],
  });
  const health = createHealth({
    record,
    livePicture,
    mission,
    config,
    sources,
    router,
    leads: standing.leads,
    version: around.version,
    build: around.build,
    nameOf: identity.nameOf,
    nowMs,
  });
  const metrics = metricsOf({
    livePicture,
    fanout,
    wire,
    record,
    standing,
    nowMs,
    tookMs: () => live.tookMs,
  });
  const counted = countedPositions(doors.positions, metrics);
  const villages = openVillagesDoor({ livePicture, mission, submit: doors.submit, sources, nowMs });
  const allDoors: AllDoors = { ...doors, positions: counted, villages };

  const rooms = {
    config,
    around,
    log,
    record,
    mission,
    livePicture,
    picture,
    doors: allDoors,
    fanout,
    identity,
    health,
    metrics,
    intake,
    roads,
    router,
    walls: () => live.walls(),
  };
  const http = createWebServer(config);
  const connections = new OpenConnections(http);
  http.on('request', webApp(rooms));
  const live = openLive(http, {
    config,
    record,
    livePicture,
    fanout,
    wire,
    identity,
    positions: counted,
    takePacked: counted.takePacked,
    status: health.status,
    lookAtFeeds: health.lookAtFeeds,
    nowMs,
    log,
    recheckEveryMs: around.recheckEveryMs,
    pingEveryMs: around.pingEveryMs,
  });
  const control = await openControl({ dataDir: config.dataDir, record, mode: config.mode, nowMs, log });
  const seed = (): Promise<void> =>
    seedMission(mission, doors.submit, picture).catch((err: unknown) =>
      log.warn({ err }, 'units and places of the mission file are not in the record yet'),
    );
  await seed();
  livePicture.onNews(({ fresh }) => {
    // A record that was replaced knows nothing of the mission file yet.
    if (fresh) void seed();
  });

  const heartbeat = startHeartbeat(doors.submit, nowMs);
  await listen(http, config);
  const url = addressOf(http, config);
  log.info({ url, mode: config.mode, record: record.kind, mission: mission.name }, 'serving');

  const stop = async (): Promise<void> => {
    live.stopTicking();
    heartbeat.stop();
    await stopServing(http, connections, [live, control]);
    await standing.stop();
    await livePicture.stop();
    await record.close();
    log.info('stopped');
  };
  return { url, mission, record, livePicture, doors: allDoors, log, stop };
}

/** Every place of the file must be right: a mission that begins with half its villages is not noticed in time. */
function readPlaces(text: string, fileName: string): readonly PlaceIn[] {
  const { places, rejected } = placesOf(
    text,
    fileName.endsWith('.csv') ? 'text/csv' : 'application/geo+json',
  );
  const first = rejected[0];
  if (first) throw new Error(`item ${first.index}: ${first.field}: ${first.message}`);
  return places;
}

interface MetricsParts {
  readonly livePicture: LivePicture;
  readonly fanout: Fanout;
  readonly wire: WireFanout;
  readonly record: RecordRoom;
  readonly standing: StandingWork;
  readonly nowMs: () => number;
  readonly tookMs: () => number;
}

function metricsOf({ livePicture, fanout, wire, record, standing, nowMs, tookMs }: MetricsParts): Metrics {
  return createMetrics({
    viewers: () => fanout.viewerCount + wire.viewerCount,
    deliveries: () => fanout.counters.deliveries + wire.deliveries,
    frames: () => wire.counters.frames,
    frameBytes: () => wire.counters.bytes,
    mended: () => wire.counters.mended,
    stalls: () => fanout.counters.stalled + wire.counters.stalled,
    cuts: () => fanout.counters.cut + wire.counters.cut,
    lastTickMs: tookMs,
    lagMs: () => nowMs() - (livePicture.picture.heartbeat?.timeMs ?? nowMs()),
    writable: () => record.status().writable,
    leads: standing.leads,
    seq: () => livePicture.picture.seq,
    units: () => livePicture.picture.units.size,
    openAlerts: () =>
      [...livePicture.picture.alerts.values()].filter(({ state, restricted }) => !restricted && isOpen(state))
        .length,
    passedOver: () => livePicture.picture.passedOver,
  });
}
