import { type Server as HttpServer } from 'node:http';
import type { Place } from '../shared/model/place.ts';
import { isOpen } from '../shared/model/alert-steps.ts';
import type { Config } from './config.ts';
import { openControl, type Control } from './control/control.ts';
import { createHealth } from './web/health.ts';
import { createLogger, type Logger } from './diagnostics/logger.ts';
import { createMetrics, type Metrics } from './diagnostics/metrics.ts';
import { Fanout } from './fanout/fanout.ts';
import { openGateway, type Gateway } from './fanout/gateway.ts';
import { createIdentity } from './identity/identity.ts';
import { startHeartbeat } from './ingest/heartbeat.ts';
import { defaultMission, loadMission } from './mission/load-mission.ts';
import type { Mission } from './mission/mission.ts';
import { seedMission } from './ingest/seed-mission.ts';
import { openLivePicture, type LivePicture } from './picture/live-picture.ts';
import type { Picture } from './picture/picture.ts';
import { keepSnapshots } from './picture/keep-snapshots.ts';
import { openRecord } from './record/open-record.ts';
import type { CopyableRecord } from './record/copying.ts';
import type { RecordRoom } from './record/record.ts';
import { placesOf } from './ingest/places-body.ts';
import { positionList } from './ingest/position-list.ts';
import { countedPositions, openDoors, type Doors } from './open-doors.ts';
import { addressOf, createWebServer, listen, webApp } from './open-web.ts';
import type { Surroundings } from './surroundings.ts';

/** Length of a fan-out round. */
const tickMs = 100;

/** A running server, and the rooms that an exercise or a test works with. */
export interface NightflashServer {
  readonly url: string;
  readonly mission: Mission;
  readonly record: CopyableRecord;
  readonly livePicture: LivePicture;
  readonly doors: Doors;
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
  const record = await openRecord({ ...config, nowMs });
  const livePicture = await openLivePicture(record);
  const picture = (): Picture => livePicture.picture;
  const doors = openDoors({ record, livePicture, picture, mission, nowMs });
  const fanout = new Fanout({ livePicture, mission, nowMs });
  const identity = createIdentity(record.shelf, nowMs);
  const health = createHealth({ record, livePicture, mission, config, version: around.version, nowMs });
  const metrics = metricsOf(livePicture, fanout, record, nowMs);
  const counted = countedPositions(doors.positions, metrics);

  const rooms = {
    config,
    around,
    log,
    mission,
    livePicture,
    picture,
    doors: { ...doors, positions: counted },
    fanout,
    identity,
    health,
    metrics,
  };
  const http = createWebServer(config);
  http.on('request', webApp(rooms));
  const gateway = openGateway(http, {
    fanout,
    identity,
    origin: config,
    status: health.status,
    takePositions: (principal, body) => counted.take(principal, positionList(body)),
    nowMs,
    log,
    recheckEveryMs: around.recheckEveryMs,
  });
  record.onStatus(() => gateway.announce(health.status()));
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

  const ticking = setInterval(() => runTick(fanout, log), tickMs);
  const heartbeat = startHeartbeat(doors.submit, nowMs);
  const snapshots = keepSnapshots(livePicture, log);
  await listen(http, config);
  const url = addressOf(http, config);
  log.info({ url, mode: config.mode, record: record.kind, mission: mission.name }, 'serving');

  const stop = async (): Promise<void> => {
    clearInterval(ticking);
    heartbeat.stop();
    snapshots.stop();
    await closeAll(http, gateway, control);
    await livePicture.saveSnapshot().catch((err: unknown) => log.warn({ err }, 'no snapshot was written'));
    await livePicture.stop();
    await record.close();
    log.info('stopped');
  };
  return { url, mission, record, livePicture, doors: { ...doors, positions: counted }, log, stop };
}

async function closeAll(http: HttpServer, gateway: Gateway, control: Control): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await gateway.close();
  http.closeAllConnections();
  await Promise.all([closed, control.close()]);
}

/** Every place of the file must be right: a mission that begins with half its villages is not noticed in time. */
function readPlaces(text: string, fileName: string): readonly Place[] {
  const { places, rejected } = placesOf(
    text,
    fileName.endsWith('.csv') ? 'text/csv' : 'application/geo+json',
  );
  const first = rejected[0];
  if (first) throw new Error(`item ${first.index}: ${first.field}: ${first.message}`);
  return places;
}

function metricsOf(
  livePicture: LivePicture,
  fanout: Fanout,
  record: RecordRoom,
  nowMs: () => number,
): Metrics {
  return createMetrics({
    viewers: () => fanout.viewerCount,
    deliveries: () => fanout.counters.deliveries,
    stalls: () => fanout.counters.stalled,
    cuts: () => fanout.counters.cut,
    lastTickMs: () => fanout.counters.lastTickMs,
    lagMs: () => nowMs() - (livePicture.picture.heartbeat?.timeMs ?? nowMs()),
    writable: () => record.status().writable,
    seq: () => livePicture.picture.seq,
    units: () => livePicture.picture.units.size,
    openAlerts: () =>
      [...livePicture.picture.alerts.values()].filter(({ state, restricted }) => !restricted && isOpen(state))
        .length,
    passedOver: () => livePicture.picture.passedOver,
  });
}

function runTick(fanout: Fanout, log: Logger): void {
  try {
    fanout.tick();
  } catch (err) {
    log.error({ err }, 'a round of patches failed');
  }
}
