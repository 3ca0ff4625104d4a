import { randomUUID } from 'node:crypto';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Place } from '../shared/model/place.ts';
import type { Principal } from '../shared/role.ts';
import { isOpen } from '../shared/model/alert-steps.ts';
import { audienceOf, viewOf } from './audience/audience.ts';
import type { Config } from './config.ts';
import { openControl, type Control } from './control/control.ts';
import { createHealth } from './web/health.ts';
import { createLogger, type Logger } from './diagnostics/logger.ts';
import { createMetrics, type Metrics } from './diagnostics/metrics.ts';
import { Fanout } from './fanout/fanout.ts';
import { openGateway, type Gateway } from './fanout/gateway.ts';
import { osmandRoutes, type LastFix } from './feeds/osmand.ts';
import { owntracksRoutes } from './feeds/owntracks.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { createAlertsDoor, type AlertsDoor } from './ingest/alerts.ts';
import { startHeartbeat } from './ingest/heartbeat.ts';
import { createPositionsDoor, type PositionsDoor } from './ingest/positions.ts';
import { createSubmit, type Submit } from './ingest/submit.ts';
import { createThreatsDoor, type ThreatsDoor } from './ingest/threats.ts';
import { createUnitsDoor, type UnitsDoor } from './ingest/units.ts';
import { defaultMission, loadMission } from './mission/load-mission.ts';
import type { Mission } from './mission/mission.ts';
import { seedMission } from './ingest/seed-mission.ts';
import { openLivePicture, type LivePicture } from './picture/live-picture.ts';
import type { Picture } from './picture/picture.ts';
import { keepSnapshots } from './picture/keep-snapshots.ts';
import { openRecord } from './record/open-record.ts';
import type { CopyableRecord } from './record/copying.ts';
import type { RecordRoom } from './record/record.ts';
import { createApp } from './web/app.ts';
import { pageRoutes } from './web/page-routes.ts';
import { placesOf } from './ingest/places-body.ts';
import { positionList } from './ingest/position-list.ts';
import { positionRoutes } from './web/position-routes.ts';
import { serviceRoutes } from './web/service-routes.ts';
import { sessionRoutes } from './web/session-routes.ts';
import { thingRoutes } from './web/thing-routes.ts';
import { tiles } from './web/tile-routes.ts';
import { trackRoutes } from './web/track-routes.ts';
import { welcomeFor } from './web/welcome.ts';
import { whoAsks } from './web/who-asks.ts';

/** Length of a fan-out round. */
const tickMs = 100;

/** What a server is given besides its settings; tests give their own. */
export interface Surroundings {
  readonly nowMs: () => number;
  /** Folder of the built client, and of the map packs that ship. */
  readonly clientDir: string;
  readonly tilesDir: string;
  readonly builtPacks: readonly string[];
  readonly version: string;
  readonly mission?: Mission;
  readonly log?: Logger;
  readonly recheckEveryMs?: number;
}

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

export interface Doors {
  readonly submit: Submit;
  readonly positions: PositionsDoor;
  readonly alerts: AlertsDoor;
  readonly threats: ThreatsDoor;
  readonly units: UnitsDoor;
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
  const health = createHealth({ record, picture, mission, config, version: around.version, nowMs });
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
  await seedMission(mission, doors.submit, picture);
  livePicture.onNews(({ fresh }) => {
    // A record that was replaced knows nothing of the mission file yet.
    if (fresh)
      seedMission(mission, doors.submit, picture).catch((err: unknown) =>
        log.warn({ err }, 'the mission was not seeded'),
      );
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

interface DoorParts {
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly nowMs: () => number;
}

function openDoors({ record, livePicture, picture, mission, nowMs }: DoorParts): Doors {
  const submit = createSubmit({ record, livePicture, bootId: randomUUID() });
  const context = () => ({ mission, picture: picture(), atMs: nowMs() });
  const newId = (): string => randomUUID();
  return {
    submit,
    positions: createPositionsDoor({ submit, picture, nowMs }),
    alerts: createAlertsDoor({
      submit,
      picture,
      mission,
      newId,
      maySee: (principal: Principal, alert) =>
        viewOf.alerts(alert, audienceOf(principal), context()) !== undefined,
    }),
    threats: createThreatsDoor({
      submit,
      picture,
      newId,
      maySee: (principal: Principal, threat) =>
        viewOf.threats(threat, audienceOf(principal), context()) !== undefined,
    }),
    units: createUnitsDoor(submit, picture),
  };
}

interface WebRooms {
  readonly config: Config;
  readonly around: Surroundings;
  readonly log: Logger;
  readonly mission: Mission;
  readonly picture: () => Picture;
  readonly doors: Doors;
  readonly fanout: Fanout;
  readonly identity: Identity;
  readonly health: ReturnType<typeof createHealth>;
  readonly metrics: Metrics;
}

function webApp(rooms: WebRooms): ReturnType<typeof createApp> {
  const { config, around, log, mission, picture, doors, fanout, identity, health, metrics } = rooms;
  const { nowMs } = around;
  const asks = whoAsks(identity, config);
  const secure = config.tls !== undefined || (config.publicUrl?.startsWith('https:') ?? false);
  const tileParts = {
    builtDir: around.tilesDir,
    built: around.builtPacks,
    ...(config.basemap === undefined ? {} : { basemap: config.basemap }),
  };
  const { routes: tileRoutes, packs } = tiles(tileParts);
  const lastFix = (unit: string): LastFix | undefined => picture().units.get(unit)?.live;
  const count = (verdict: string): void => metrics.fixes.inc({ verdict });
  return createApp({
    secure,
    behindProxy: config.behindProxy,
    metrics,
    log,
    routers: [
      positionRoutes(doors.positions, asks),
      osmandRoutes({ identity, positions: doors.positions, nowMs, lastFix, count }),
      owntracksRoutes({ identity, positions: doors.positions, nowMs, count }),
      sessionRoutes({
        identity,
        whoAsks: asks,
        origin: config,
        secureCookie: secure,
        behindProxy: config.behindProxy,
        nowMs,
        welcome: welcomeFor(mission, config.mode, packs),
      }),
      thingRoutes({ fanout, whoAsks: asks, ...doors }),
      trackRoutes({ fanout, picture, whoAsks: asks, nowMs }),
      serviceRoutes({
        health: health.answer,
        metrics,
        whoAsks: asks,
        behindProxy: config.behindProxy,
        version: around.version,
      }),
      tileRoutes,
      pageRoutes(around.clientDir),
    ],
  });
}

/** Counts the verdicts of every batch, whatever door it came through. */
function countedPositions(positions: PositionsDoor, metrics: Metrics): PositionsDoor {
  return {
    async take(principal, candidates) {
      const answer = await positions.take(principal, candidates);
      if (answer.accepted > 0) metrics.fixes.inc({ verdict: 'accepted' }, answer.accepted);
      if (answer.duplicates > 0) metrics.fixes.inc({ verdict: 'duplicate' }, answer.duplicates);
      for (const { code } of answer.rejected) metrics.fixes.inc({ verdict: code });
      return answer;
    },
  };
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
    openAlerts: () => [...livePicture.picture.alerts.values()].filter(({ state }) => isOpen(state)).length,
    passedOver: () => livePicture.picture.passedOver,
  });
}

function createWebServer({ tls }: Config): HttpServer {
  const http = tls
    ? createHttps({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) })
    : createHttp();
  // A body that trickles in is given up; an idle line to a proxy stays open a little longer than proxies keep theirs.
  http.requestTimeout = 30_000;
  http.headersTimeout = 15_000;
  http.keepAliveTimeout = 65_000;
  return http;
}

function runTick(fanout: Fanout, log: Logger): void {
  try {
    fanout.tick();
  } catch (err) {
    log.error({ err }, 'a round of patches failed');
  }
}

function listen(http: HttpServer, { port, host }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (cause: NodeJS.ErrnoException) => {
      const why =
        cause.code === 'EADDRINUSE'
          ? 'is in use by another program'
          : `cannot be opened (${cause.code ?? cause.message})`;
      reject(new Error(`PORT: ${host}:${port} ${why}`, { cause }));
    });
    http.listen(port, host, resolve);
  });
}

function addressOf(http: HttpServer, config: Config): string {
  if (config.publicUrl !== undefined) return config.publicUrl.replace(/\/$/, '');
  const { port } = http.address() as AddressInfo; // listening on TCP
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`;
}

async function closeAll(http: HttpServer, gateway: Gateway, control: Control): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await gateway.close();
  http.closeAllConnections();
  await Promise.all([closed, control.close()]);
}
