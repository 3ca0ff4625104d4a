import { readFileSync } from 'node:fs';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Config } from './config.ts';
import { type createHealth } from './web/health.ts';
import { type Logger } from './diagnostics/logger.ts';
import { type Metrics } from './diagnostics/metrics.ts';
import { type Fanout } from './fanout/fanout.ts';
import { osmandRoutes, type LastFix } from './feeds/osmand.ts';
import { owntracksRoutes } from './feeds/owntracks.ts';
import { type Identity } from './identity/identity.ts';
import { preferenceShelf } from './identity/preferences.ts';
import type { Mission } from './mission/mission.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { RecordRoom } from './record/record.ts';
import type { Picture } from './picture/picture.ts';
import { activityRoutes } from './web/activity-routes.ts';
import { createApp } from './web/app.ts';
import { pageRoutes } from './web/page-routes.ts';
import type { RoadGraph } from './roads/road-graph.ts';
import type { Router } from './roads/router.ts';
import { createSearch } from './search/search.ts';
import { prewarningRoutes } from './web/prewarning-routes.ts';
import { positionRoutes } from './web/position-routes.ts';
import { readingRoutes } from './web/reading-routes.ts';
import { searchRoutes } from './web/search-routes.ts';
import { serviceRoutes } from './web/service-routes.ts';
import { sessionRoutes } from './web/session-routes.ts';
import { thingRoutes } from './web/thing-routes.ts';
import { tiles } from './web/tile-routes.ts';
import { trackRoutes } from './web/track-routes.ts';
import { wallRoutes } from './web/wall-routes.ts';
import { welcomeFor } from './web/welcome.ts';
import { whoAsks } from './web/who-asks.ts';
import type { Surroundings } from './surroundings.ts';
import type { AllDoors } from './open-doors.ts';
import type { Intake } from './open-intake.ts';
import { responderRouter } from './open-responders.ts';
import { villageRouter } from './open-villages.ts';
import { watchRouters } from './open-watch.ts';

export interface WebRooms {
  readonly config: Config;
  readonly around: Surroundings;
  readonly log: Logger;
  readonly record: RecordRoom;
  readonly mission: Mission;
  readonly livePicture: LivePicture;
  readonly picture: () => Picture;
  readonly doors: AllDoors;
  readonly fanout: Fanout;
  readonly identity: Identity;
  readonly health: ReturnType<typeof createHealth>;
  readonly metrics: Metrics;
  readonly intake: Intake;
  readonly roads: RoadGraph;
  readonly router: Router | undefined;
  /** Names of the walls that this server serves now. */
  readonly walls: () => readonly string[];
}

/** Part of the composition in main.ts: everything that answers HTTP, in the order in which it is asked. */
export function webApp(rooms: WebRooms): ReturnType<typeof createApp> {
  const {
    config,
    around,
    log,
    record,
    mission,
    livePicture,
    picture,
    doors,
    fanout,
    identity,
    health,
    metrics,
  } = rooms;
  const { nowMs } = around;
  const asks = whoAsks(identity, config);
  const preferences = preferenceShelf(record.shelf);
  const secure = config.tls !== undefined || (config.publicUrl?.startsWith('https:') ?? false);
  const search = createSearch({ livePicture, mission, nowMs });
  const tileParts = {
    builtDir: around.tilesDir,
    built: around.builtPacks,
    basemaps: config.basemaps,
  };
  const { routes: tileRoutes, packs } = tiles(tileParts);
  const lastFix = (unit: string): LastFix | undefined => picture().units.get(unit)?.live;
  const count = (verdict: string): void => metrics.fixes.inc({ verdict });
  return createApp({
    secure,
    behindProxy: config.behindProxy,
    metrics,
    log,
    quickRouters: [
      positionRoutes(doors.positions, asks),
      osmandRoutes({ identity, positions: doors.positions, nowMs, lastFix, count }),
      owntracksRoutes({ identity, positions: doors.positions, nowMs, count }),
    ],
    routers: [
      sessionRoutes({
        identity,
        whoAsks: asks,
        origin: config,
        secureCookie: secure,
        behindProxy: config.behindProxy,
        nowMs,
        welcome: welcomeFor(mission, config.mode, packs, preferences),
        preferences,
      }),
      // Before the steps of alerts, whose address takes any name.
      ...rooms.intake.routers({ identity, whoAsks: asks, fanout }),
      prewarningRoutes({ whoAsks: asks, prewarnings: doors.prewarnings, fanout }),
      thingRoutes({ fanout, whoAsks: asks, ...doors }),
      readingRoutes({ reader: rooms.intake.reader, whoAsks: asks, nowMs }),
      searchRoutes({ search, whoAsks: asks }),
      villageRouter({ livePicture, mission, nowMs, search, whoAsks: asks, villages: doors.villages }),
      activityRoutes({ picture, mission, whoAsks: asks, nowMs }),
      trackRoutes({ fanout, picture, mission, whoAsks: asks, nowMs }),
      ...watchRouters({ submit: doors.submit, picture, mission, mode: config.mode, nowMs, whoAsks: asks }),
      responderRouter({
        picture,
        mission,
        roads: rooms.roads,
        nowMs,
        whoAsks: asks,
        router: rooms.router,
      }),
      wallRoutes({ submit: doors.submit, whoAsks: asks, walls: rooms.walls, log }),
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

/** The HTTP server, over TLS where certificate and key are set. */
export function createWebServer({ tls }: Config): HttpServer {
  const http = tls
    ? createHttps({ cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) })
    : createHttp();
  // A body that trickles in is given up; an idle line to a proxy stays open a little longer than proxies keep theirs.
  http.requestTimeout = 30_000;
  http.headersTimeout = 15_000;
  http.keepAliveTimeout = 65_000;
  return http;
}

/** Opens the port, or says in one line why it cannot be. */
export function listen(http: HttpServer, { port, host }: Config): Promise<void> {
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

/** Address under which operators reach the server. */
export function addressOf(http: HttpServer, config: Config): string {
  if (config.publicUrl !== undefined) return config.publicUrl.replace(/\/$/, '');
  const { port } = http.address() as AddressInfo; // listening on TCP
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return `${config.tls ? 'https' : 'http'}://${host}:${port}`;
}
